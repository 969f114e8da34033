import { Readable } from 'node:stream'
import type { Actor, World } from '../../engines/procedure/index.ts'
import type { Day } from '../../kernel/day.ts'
import { importBatch, receiveBatch } from './acts.ts'
import type { BatchCounts } from './batch.ts'
import type { AnyKind } from './kind.ts'
import { lawFor } from './reading/law.ts'
import { readFile } from './reading/read-file.ts'
import type { CheckedRows } from './reading/checked-row.ts'
import { layoutOf } from './reading/recognise.ts'

/** Rows that a program hands over instead of a file: cells by field of the standard. */
export type SubmittedRows = { readonly kind: AnyKind; readonly department: string; readonly receivedOn: Day; readonly name: string; readonly rows: readonly Readonly<Record<string, string>>[] }

type Kept = Parameters<typeof receiveBatch.performIn>[3] & { readonly taking: AnyKind; readonly checked: readonly CheckedRows[] }

/**
 * Takes in rows as if they had come in files: each set is kept as one, read and checked by the same rules, and all are stored with their batches
 * in one transaction, in their order. Refuses like an import. For some hundreds of rows; a large file belongs to the desk.
 */
export async function submitRows(world: World, actor: Actor, sets: readonly SubmittedRows[]): Promise<(BatchCounts & { batchId: number })[]> {
  const kept: Kept[] = []
  for (const one of sets) kept.push(await keepSet(world, one))
  const taken = await world.db.transaction().execute(async (tx) => {
    const outcomes: (BatchCounts & { batchId: number })[] = []
    for (const { taking, checked, ...batch } of kept) {
      const { batchId } = await receiveBatch.performIn(tx, world, actor, batch)
      const counts = await importBatch.performIn(tx, world, actor, { batchId, job: { kind: taking, checked: Readable.from(checked) } })
      outcomes.push({ batchId, ...counts! })
    }
    return outcomes
  })
  world.wake()
  return taken
}

async function keepSet(world: World, { kind, department, receivedOn, name, rows }: SubmittedRows): Promise<Kept> {
  const { digest, size } = await world.files.keep(Readable.from([csvOf(rows)]), Number.MAX_SAFE_INTEGER, 'here')
  const law = await lawFor(world, kind, { receivedOn, department })
  const read = await world.files.withCopy(digest, async (path) => ({ layout: await layoutOf(world.policy, kind, path, name), checked: await Array.fromAsync(readFile({ path, name, law })) }))
  return { taking: kind, ...read, kind: kind.kind, fileName: name, fileDigest: digest, fileSize: size, department, receivedOn }
}

function csvOf(rows: SubmittedRows['rows']): Buffer {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const quoted = (value = '') => `"${value.replaceAll('"', '""')}"`
  return Buffer.from([fields.join(','), ...rows.map((row) => fields.map((field) => quoted(row[field])).join(','))].join('\n'))
}
