// @clause 4.2
import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import { act, mustBeWithin, type ActContext, type Said } from '../../engines/procedure/index.ts'
import { basis } from '../../kernel/basis.ts'
import { day } from '../../kernel/day.ts'
import { daySchema, textSchema } from '../../kernel/endpoint.ts'
import type { Problem } from '../../kernel/refusal.ts'
import type { BatchCounts, KeptLayout } from './batch.ts'
import { submissionKindSchema } from './contract.ts'
import type { AnyKind } from './kind.ts'
import { flaggedDigest, importedWitness, receivedWitness, refusedWitness } from './entries.ts'
import type { BatchInHand, RowOutcome } from './kind.ts'
import { endBatchDone, endBatchesDone, endBatchRefused, holdAllUnfinished, holdUnfinished, insertBatch } from './queries/batches.ts'
import { hasOpenRejections, insertFlagged, settleRejections } from './queries/flagged.ts'
import { reportDueOn } from './report-due.ts'
import { allKnownBy, knownBy, withoutPersons } from './persons.ts'
import { cellsOf, type CheckedRow, type CheckedRows } from './reading/checked-row.ts'

const duty = basis('law', 'gbf-2019-35', '第十五项')

/** 接收报送文件. Writes the batch; from now on the file will be taken in, whatever is killed when. */
export const receiveBatch = act({
  name: 'submissions.receive', permission: 'submissions.import', basis: duty,
  input: z.object({ kind: submissionKindSchema, fileName: z.string(), fileDigest: z.string(), fileSize: z.number(), department: z.string(), receivedOn: daySchema, layout: z.custom<KeptLayout>() }),
  async run({ tx, now, actor, enter }, { layout, ...sent }) {
    mustBeWithin(actor, 'submissions.import', sent.department)
    const batch = { ...sent, receivedOn: day(sent.receivedOn), receivedAt: now, actor: actor.id }
    const batchId = await insertBatch(tx, batch, layout)
    await enter([{ name: 'batch.received', subjectId: null, aboutId: batchId, body: receivedWitness(batch) }])
    return { batchId }
  },
})

/** What is handed to the act beside the number: who takes the rows in, and the rows, which may still be being read. When reading them throws, nothing was stored. */
export type ImportJob = { readonly kind: AnyKind; readonly checked: AsyncIterable<CheckedRows> }

/** 报送数据入库. Takes in all rows of a batch in one transaction: the whole file, or nothing of it. A batch that is finished already stays as it is. */
export const importBatch = act({
  name: 'submissions.import', permission: 'submissions.import', basis: duty,
  input: z.object({ batchId: z.number(), job: z.custom<ImportJob>() }),
  async run(context, { batchId, job }) {
    const { tx, enter, world } = context
    const held = await holdUnfinished(tx, batchId)
    if (!held) return null
    const batch = { batchId, ...held }
    const counts = noCounts()
    const digest = flaggedDigest()
    const settles = await hasOpenRejections(tx, held.department, held.kind)
    let storing = Promise.resolve()
    try {
      for await (const { rows } of job.checked) {
        const take = await ahead(context, batch, job.kind, rows)
        await storing
        storing = take().then(async (outcomes) => digest.add(await keepFlagged(context, batch, judged(rows, outcomes, counts), counts, settles)))
        // It is waited for further down, and may fail before.
        storing.catch(() => undefined)
        await breathe()
      }
      await storing
    } catch (error) {
      // No statement may come after the transaction is undone; and what failed first is what is told.
      await storing
      throw error
    }
    await endBatchDone(tx, batchId, counts, world.clock.now())
    await enter([{ name: 'batch.imported', subjectId: null, aboutId: batchId, body: importedWitness(counts, digest.value()) }])
    return counts
  },
})

/** What is handed to the act that takes in several small files: whose kind it is, each batch with all its checked rows, and who throws when the work is laid down. */
export type JobsTogether = { readonly kind: AnyKind; goOn(): void; readonly batches: readonly { readonly batchId: number; readonly rows: readonly CheckedRow[] }[] }

/**
 * 合并入库. Takes in several small files of one sender and kind in one transaction, with the statements of one: each keeps its own batch, counts and entry.
 * When it fails, nothing of any was stored: the caller takes in each by itself then. Batches that are finished already stay as they are.
 */
export const importTogether = act({
  name: 'submissions.import-together', permission: 'submissions.import', basis: duty,
  input: z.object({ jobs: z.custom<JobsTogether>() }),
  async run(context, { jobs: { kind, goOn, batches } }) {
    const { tx, enter, world } = context
    const held = await holdAllUnfinished(tx, batches.map(({ batchId }) => batchId))
    const lots = batches.flatMap(({ batchId, rows }) => {
      const batch = held.get(batchId)
      return batch ? [{ batch: { batchId, ...batch }, rows, counts: noCounts() }] : []
    })
    if (lots.length === 0) return null
    const settling = new Set<string>()
    for (const department of new Set(lots.map(({ batch }) => batch.department))) if (await hasOpenRejections(tx, department, kind.kind)) settling.add(department)
    const taken = await kind.takeTogether!(context, lots.map(({ batch, rows }) => ({ batch, rows: inHandOf(rows) })))
    goOn()
    const said: Said[] = []
    for (const [at, { batch, rows, counts }] of lots.entries()) {
      const digest = flaggedDigest()
      digest.add(await keepFlagged(context, batch, judged(rows, taken[at]!, counts), counts, settling.has(batch.department)))
      if (counts.rejected > 0) settling.add(batch.department)
      said.push({ name: 'batch.imported', subjectId: null, aboutId: batch.batchId, body: importedWitness(counts, digest.value()) })
    }
    await endBatchesDone(tx, lots.map(({ batch, counts }) => ({ batchId: batch.batchId, counts })), world.clock.now())
    await enter(said)
    return null
  },
})

/** 退回报送文件. Ends a batch whose file cannot be read; nothing of it was stored. */
export const refuseBatch = act({
  name: 'submissions.refuse', permission: 'submissions.import', basis: duty,
  input: z.object({ batchId: z.number(), refusal: z.object({ code: z.string(), message: textSchema, fix: textSchema }) }),
  async run({ tx, now, enter }, { batchId, refusal }) {
    if (!(await holdUnfinished(tx, batchId))) return null
    await endBatchRefused(tx, batchId, refusal, now)
    await enter([{ name: 'batch.refused', subjectId: null, aboutId: batchId, body: refusedWitness(refusal) }])
    return null
  },
})

type Counts = { -readonly [K in keyof BatchCounts]: number }

const noCounts = (): Counts => ({ read: 0, accepted: 0, unchanged: 0, corrected: 0, rejected: 0, warned: 0 })

type Batch = BatchInHand & { readonly kind: string }
type JudgedRow = CheckedRow & { readonly rejected: boolean }

/** The rows that are in order, as their kind takes them in. */
function inHandOf(rows: readonly CheckedRow[]) {
  return rows.filter(({ fields, repeated }) => fields !== null && !repeated).map(({ rowNumber, fields, problems }) => ({ rowNumber, fields, warnings: problems }))
}

/** Begins with the rows that are in order; what it gives takes them in. */
async function ahead(context: ActContext, batch: Batch, kind: AnyKind, rows: readonly CheckedRow[]): Promise<() => Promise<readonly RowOutcome[]>> {
  const inHand = inHandOf(rows)
  if (inHand.length === 0) return async () => []
  return kind.ahead ? kind.ahead(context, batch, inHand) : () => kind.take(context, batch, inHand)
}

/** The rows with what became of them, counted. */
function judged(rows: readonly CheckedRow[], taken: readonly RowOutcome[], counts: Counts): JudgedRow[] {
  const outcomes = new Map(taken.map((outcome) => [outcome.rowNumber, outcome]))
  return rows.map((row) => {
    const { outcome, problems } = judge(row, outcomes.get(row.rowNumber))
    counts.read++
    counts[outcome]++
    if (outcome !== 'rejected' && problems.length > 0) counts.warned++
    return { ...row, problems, rejected: outcome === 'rejected' }
  })
}

/** Keeps rows with problems, and settles what was rejected before and came again. Ids of persons are sealed in the cells, masked in what is said of them, and known again by their digest. */
async function keepFlagged(context: ActContext, batch: Batch, rows: readonly JudgedRow[], counts: Counts, settles: boolean) {
  const flagged = rows.filter(({ problems }) => problems.length > 0).map((row) => ({
    ...withoutPersons(context, batch, cellsOf(row), row.problems), rowNumber: row.rowNumber, rejected: row.rejected, about: knownBy(context, batch, row),
    dueOn: row.rejected && row.about.decidedOn !== null ? reportDueOn(context.policy, row.about.decidedOn) : null,
  }))
  await insertFlagged(context.tx, batch.batchId, flagged)
  if (settles || counts.rejected > 0) {
    await settleRejections(context.tx, batch, rows.filter(({ about }) => about.partyCode !== null || about.partyName !== null).flatMap((row) => allKnownBy(context, batch, row).map((about) => ({ ...about, taken: !row.rejected }))))
  }
  return flagged
}

function judge(row: CheckedRow, outcome: RowOutcome | undefined): { outcome: RowOutcome['outcome']; problems: readonly Problem[] } {
  if (row.fields === null) return { outcome: 'rejected', problems: row.problems }
  if (row.repeated) return { outcome: 'unchanged', problems: row.problems }
  if (!outcome) throw new Error(`nobody said what became of row ${row.rowNumber}`)
  if (outcome.outcome === 'rejected') return { outcome: 'rejected', problems: [...outcome.problems, ...row.problems.filter((one) => !outcome.problems.includes(one))] }
  return { outcome: outcome.outcome, problems: [...row.problems, ...(outcome.warnings ?? []).filter((one) => !row.problems.includes(one))] }
}
