import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Actor, World } from '../../engines/procedure/index.ts'
import type { Day } from '../../kernel/day.ts'
import { importBatch, receiveBatch } from './acts.ts'
import type { BatchCounts } from './batch.ts'
import type { AnyKind } from './desk.ts'
import { lawFor } from './reading/law.ts'
import { readFile } from './reading/read-file.ts'
import { layoutOf } from './reading/recognise.ts'

/** Rows that a program hands over instead of a file: cells by field of the standard. */
export type SubmittedRows = { readonly department: string; readonly receivedOn: Day; readonly name: string; readonly rows: readonly Readonly<Record<string, string>>[] }

/**
 * Takes in rows as if they had come in a file: they are kept as one, read and checked by the same rules, and stored with their batch in one transaction.
 * Refuses like an import. For some hundreds of rows; a large file belongs to the desk.
 */
export async function submitRows(world: World, actor: Actor, kind: AnyKind, { department, receivedOn, name, rows }: SubmittedRows): Promise<BatchCounts & { batchId: number }> {
  const { digest, size } = await world.files.keep(Readable.from([csvOf(rows)]), Number.MAX_SAFE_INTEGER)
  const path = world.files.pathOf(digest)
  const spool = `${path}.${Buffer.from(world.randomness.bytes(6)).toString('hex')}.rows`
  try {
    await readFile({ path, name, receivedOn, department, spool, law: await lawFor(world, kind, { receivedOn, department }) }, () => undefined)
    const layout = await layoutOf(world.policy, kind, path, name)
    const taken = await world.db.transaction().execute(async (tx) => {
      const { batchId } = await receiveBatch.performIn(tx, world, actor, { kind: kind.kind, fileName: name, fileDigest: digest, fileSize: size, department, receivedOn, layout })
      const counts = await importBatch.performIn(tx, world, actor, { batchId, job: { kind, spool, report: () => undefined } })
      return { batchId, ...counts! }
    })
    world.wake()
    return taken
  } finally {
    await rm(spool, { force: true })
  }
}

function csvOf(rows: SubmittedRows['rows']): Buffer {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const quoted = (value = '') => `"${value.replaceAll('"', '""')}"`
  return Buffer.from([fields.join(','), ...rows.map((row) => fields.map((field) => quoted(row[field])).join(','))].join('\n'))
}
