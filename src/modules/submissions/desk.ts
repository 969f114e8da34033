import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises'
import type { Actor, World } from '../../engines/procedure/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { servesMany } from '../../platform/db/index.ts'
import { importBatch, importTogether, refuseBatch } from './acts.ts'
import type { Batch, BatchProgress, BatchRefusal } from './batch.ts'
import type { AnyKind } from './kind.ts'
import { listBatches, listUnfinished, markReading } from './queries/batches.ts'
import type { CheckedRows } from './reading/checked-row.ts'
import { lawFor, type ReadingLaw } from './reading/law.ts'
import { readFile } from './reading/read-file.ts'
import { readInThread, SMALL_FILE } from './reading/thread.ts'

/** The desk at which files are taken in (报送入库): one after the other, small ones that wait together, in the background, with their progress in memory. */
export type ImportDesk = {
  readonly kinds: readonly AnyKind[]
  /** Puts a received batch into the queue; twice is once. */
  enqueue(world: World, batch: Batch): void
  /** A batch that waits or runs, with its progress, without asking the database: an open import holds the embedded one. */
  running(batchId: number): Batch | null
  /** The list as it stood before the running import began to store, with present progress; null when none is storing. */
  listWhileStoring(): { readonly rows: readonly Batch[]; readonly total: number } | null
  /** Takes up what a stop or a kill left unfinished. Returns how many batches. */
  resumeUnfinished(world: World): Promise<number>
  /** Waits until the queue is empty. */
  settled(): Promise<void>
  /** Lays down the work: the running import is undone, and it and all that wait are taken up at the next start. */
  stop(): Promise<void>
}

type Job = { batch: Batch; stage: BatchProgress['stage']; fraction: number | null; rows: number; startedMs: number }

const ATTEMPTS = 3
const LISTED = 500
// So many small files share a transaction at most, and so many bytes: it stays as short as that of one middling file.
const TOGETHER = 100
const TOGETHER_BYTES = SMALL_FILE

/** Makes a desk for the kinds that the modules supply. */
export function makeImportDesk(kinds: readonly AnyKind[]): ImportDesk {
  const jobs = new Map<number, Job>()
  const waiting: { readonly world: World; readonly job: Job }[] = []
  let working: Promise<void> | null = null
  let stopping = false
  let before: { rows: readonly Batch[]; total: number } | null = null

  const shown = (job: Job): Batch => {
    const seconds = (performance.now() - job.startedMs) / 1000
    const rowsPerSecond = job.stage === 'waiting' || seconds < 0.2 ? 0 : Math.round(job.rows / seconds)
    return { ...job.batch, state: job.stage === 'waiting' ? 'received' : 'reading', read: job.rows, progress: { stage: job.stage, fraction: job.fraction, rowsPerSecond } }
  }

  const goOn = (): void => {
    if (stopping) throw new Stopped()
  }

  const kindOf = ({ batch: { kind } }: Job): AnyKind => {
    const found = kinds.find((one) => one.kind === kind)
    if (!found) throw new Error(`no module takes in ${kind}`)
    return found
  }

  const begin = (job: Job) => Object.assign(job, { stage: 'reading', rows: 0, fraction: 0, startedMs: performance.now() })

  async function takeIn(world: World, job: Job): Promise<void> {
    const { batch } = job
    const kind = kindOf(job)
    begin(job)
    try {
      await markReading(world.db, [batch.batchId])
      // Whatever the law of the file needs from the database is asked before the transaction: the embedded one has a single connection.
      const law = await lawFor(world, kind, batch)
      if (!servesMany(world.db)) before = await listBatches(world.db, { offset: 0, limit: LISTED })
      await world.files.withCopy(batch.fileDigest, (path) =>
        importBatch.perform(world, asReceived(batch), { batchId: batch.batchId, job: { kind, checked: watched(job, readInThread({ path, name: batch.fileName, law })) } }))
    } finally {
      before = null
    }
  }

  /**
   * Small files of one kind and sender in one transaction: systems that send record by record wait for one commit, not for one after the other. They are read
   * before it; what cannot be read is left out. When storing fails, nothing of any is stored. Gives those that are to be taken in by themselves.
   */
  async function takeInTogether(world: World, small: readonly Job[]): Promise<readonly Job[]> {
    const alone: Job[] = []
    try {
      goOn()
      const kind = kindOf(small[0]!)
      small.forEach(begin)
      // Nothing waits for this note: where it comes after the end of the batch it says nothing any more.
      const noted = markReading(world.db, small.map(({ batch }) => batch.batchId))
      noted.catch(() => undefined)
      const laws = new Map<string, Promise<ReadingLaw>>()
      const lawOf = (batch: Batch) => {
        const key = `${batch.department} ${batch.receivedOn}`
        return laws.get(key) ?? laws.set(key, lawFor(world, kind, batch)).get(key)!
      }
      const read = await Promise.all(small.map(async (job) => {
        const { batch } = job
        try {
          const law = await lawOf(batch)
          const pieces = await world.files.withCopy(batch.fileDigest, (path) => Array.fromAsync(readFile({ path, name: batch.fileName, law })))
          return [{ batchId: batch.batchId, rows: pieces.flatMap(({ rows }) => rows) }]
        } catch {
          alone.push(job)
          return []
        }
      }))
      goOn()
      for (const job of small) job.stage = 'storing'
      if (!servesMany(world.db)) before = await listBatches(world.db, { offset: 0, limit: LISTED })
      await importTogether.perform(world, asReceived(small[0]!.batch), { jobs: { kind, goOn, batches: read.flat() } })
      await noted
      return alone
    } catch {
      // Whichever is at fault is found, told and tried again where each is taken in by itself.
      return small
    } finally {
      before = null
    }
  }

  /** The rows on their way into the transaction: a stop ends them, and so undoes it; when more are asked for, those before are stored. */
  async function* watched(job: Job, pieces: AsyncIterable<CheckedRows>): AsyncGenerator<CheckedRows, void, undefined> {
    for await (const piece of pieces) {
      goOn()
      job.stage = 'storing'
      yield piece
      goOn()
      Object.assign(job, { rows: job.rows + piece.rows.length, fraction: piece.share })
    }
  }

  async function run(world: World, job: Job): Promise<void> {
    for (let attempt = 1; ;) {
      try {
        goOn()
        return await takeIn(world, job)
      } catch (error) {
        if (stopping) return
        const refusal = error instanceof Refusal ? { code: error.code, message: error.parts.message, fix: error.parts.fix } : attempt >= ATTEMPTS ? fault(job.batch.batchId) : null
        if (!(error instanceof Refusal)) console.error(`taking in batch ${job.batch.batchId} failed (attempt ${attempt} of ${ATTEMPTS})`, error)
        try {
          if (refusal) return await refuse(world, job, refusal)
        } catch (another) {
          if (attempt > ATTEMPTS) throw another
        }
      }
      await wait(500 * attempt)
      if (!(await waitedForDatabase(world))) attempt++
    }
  }

  /** A database that is away is no fault of the file: it is waited for. Answers whether that was so. */
  async function waitedForDatabase({ db }: World): Promise<boolean> {
    for (let tries = 0; ; tries++) {
      try {
        await listUnfinished(db)
        return tries > 0
      } catch (error) {
        if (stopping) return true
        if (tries % 60 === 0) console.error('the database does not answer; imports wait for it', error)
        await wait(500)
      }
    }
  }

  const refuse = async (world: World, { batch }: Job, refusal: BatchRefusal): Promise<void> => void (await refuseBatch.perform(world, asReceived(batch), { batchId: batch.batchId, refusal }))

  /** The next of the queue: one file, or small ones that stand in a row and are of one kind and sender. */
  function nextOnes(): { readonly world: World; readonly together: boolean; readonly ones: readonly Job[] } {
    const [first] = waiting as [typeof waiting[number]]
    const canBeTaken = kinds.find(({ kind }) => kind === first.job.batch.kind)?.takeTogether !== undefined
    let [count, bytes] = [0, 0]
    for (const { world, job: { batch } } of canBeTaken ? waiting : []) {
      bytes += batch.fileSize
      if (world !== first.world || batch.kind !== first.job.batch.kind || batch.actor !== first.job.batch.actor || bytes >= TOGETHER_BYTES || count === TOGETHER) break
      count += 1
    }
    return { world: first.world, together: count > 0, ones: waiting.splice(0, Math.max(count, 1)).map(({ job }) => job) }
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      // Whatever comes in the same turn waits with it.
      await breathe()
      const { world, together, ones } = nextOnes()
      for (const job of together ? await takeInTogether(world, ones) : ones) {
        await run(world, job).catch((error: unknown) => console.error(`batch ${job.batch.batchId} stays unfinished until the next start`, error))
      }
      for (const { batch } of ones) jobs.delete(batch.batchId)
    }
    working = null
  }

  const desk: ImportDesk = {
    kinds,
    enqueue(world, batch) {
      if (jobs.has(batch.batchId)) return
      const job: Job = { batch, stage: 'waiting', fraction: 0, rows: 0, startedMs: performance.now() }
      jobs.set(batch.batchId, job)
      waiting.push({ world, job })
      working ??= work()
    },
    running(batchId) {
      const job = jobs.get(batchId)
      return job ? shown(job) : null
    },
    listWhileStoring: () => before && { total: before.total, rows: before.rows.map((batch) => desk.running(batch.batchId) ?? batch) },
    async resumeUnfinished(world) {
      const unfinished = await listUnfinished(world.db)
      for (const batch of unfinished) desk.enqueue(world, batch)
      return unfinished.length
    },
    async settled() {
      while (working !== null) await working
    },
    stop() {
      stopping = true
      return desk.settled()
    },
  }
  return desk
}

/** Thrown into the running import, so that its transaction is undone. */
class Stopped extends Error {}

/** Whoever sent the file in: the permission was checked when it was received, and may be gone when a restart takes it up again. */
function asReceived({ actor, department }: Batch): Actor {
  return { id: actor, name: actor, department, may: () => true, scope: () => 'all' }
}

function fault(batchId: number): BatchRefusal {
  return {
    code: 'batch.fault', message: text('系统内部出错，这个文件没有入库，也没有部分入库', 'The server failed; nothing of this file was stored'),
    fix: text(`请重新导入；如仍不行，请把批次号 ${batchId} 告诉系统管理员`, `Import it again; if it stays, give the number of the batch, ${batchId}, to the administrator`),
  }
}
