import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Actor, World } from '../../engines/procedure/index.ts'
import type { Day } from '../../kernel/day.ts'
import { importBatch, receiveBatch } from './acts.ts'
import type { BatchCounts } from './batch.ts'
import type { AnyKind } from './kind.ts'
import { lawFor } from './reading/law.ts'
import { readFile } from './reading/read-file.ts'
import { layoutOf } from './reading/recognise.ts'

/** Rows that a program hands over instead of a file: cells by field of the standard. */
export type SubmittedRows = { readonly kind: AnyKind; readonly department: string; readonly receivedOn: Day; readonly name: string; readonly rows: readonly Readonly<Record<string, string>>[] }

type Read = Parameters<typeof receiveBatch.performIn>[3] & { readonly taking: AnyKind; readonly spool: string }

/**
 * Takes in rows as if they had come in files: each set is kept as one, read and checked by the same rules, and all are stored with their batches
 * in one transaction, in their order. Refuses like an import. For some hundreds of rows; a large file belongs to the desk.
 */
export async function submitRows(world: World, actor: Actor, sets: readonly SubmittedRows[]): Promise<(BatchCounts & { batchId: number })[]> {
  const read: Read[] = []
  try {
    for (const one of sets) read.push(await readSet(world, one))
    const taken = await world.db.transaction().execute(async (tx) => {
      const outcomes: (BatchCounts & { batchId: number })[] = []
      for (const { taking, spool, ...batch } of read) {
        const { batchId } = await receiveBatch.performIn(tx, world, actor, batch)
        const counts = await importBatch.performIn(tx, world, actor, { batchId, job: { kind: taking, spool, report: () => undefined } })
        outcomes.push({ batchId, ...counts! })
      }
      return outcomes
    })
    world.wake()
    return taken
  } finally {
    await Promise.all(read.map(({ spool }) => rm(spool, { force: true })))
  }
}

async function readSet(world: World, { kind, department, receivedOn, name, rows }: SubmittedRows): Promise<Read> {
  const { digest, size } = await world.files.keep(Readable.from([csvOf(rows)]), Number.MAX_SAFE_INTEGER)
  const path = world.files.pathOf(digest)
  const spool = world.files.scratch(`${Buffer.from(world.randomness.bytes(12)).toString('hex')}.rows`)
  await readFile({ path, name, receivedOn, department, spool, law: await lawFor(world, kind, { receivedOn, department }) }, () => undefined)
  return { taking: kind, spool, kind: kind.kind, fileName: name, fileDigest: digest, fileSize: size, department, receivedOn, layout: await layoutOf(world.policy, kind, path, name) }
}

function csvOf(rows: SubmittedRows['rows']): Buffer {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const quoted = (value = '') => `"${value.replaceAll('"', '""')}"`
  return Buffer.from([fields.join(','), ...rows.map((row) => fields.map((field) => quoted(row[field])).join(','))].join('\n'))
}
