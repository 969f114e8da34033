import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { World } from '../../../engines/procedure/index.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { SubmissionKind } from '../kind.ts'
import { readFile } from './read-file.ts'
import { lawFor } from './law.ts'
import type { Reading, ReadingNews, ReadingParts } from './reading.ts'

// Starting a thread takes longer than reading so little.
const SMALL_FILE = 150_000

/**
 * Reads and checks a file in a thread of its own, so that pages answer at once meanwhile; checked rows go to the spool.
 * Rejects with the file's Refusal, or with a fault. `report` hears the share of the file that is read (null when unknown) and the rows; when it throws, the reading ends.
 */
export async function readInThread<Fields>(world: World, kind: SubmissionKind<Fields>, reading: Reading, report: (share: number | null, rows: number) => void): Promise<{ rows: number }> {
  const law = await lawFor(world, kind, reading)
  if ((await stat(reading.path)).size < SMALL_FILE) return readFile({ ...reading, law }, report)
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { ...reading, law } satisfies ReadingParts })
  try {
    return await new Promise((resolve, reject) => {
      worker.on('message', (news: ReadingNews) => {
        if ('done' in news) resolve(news.done)
        else if ('refused' in news) reject(new Refusal(news.refused))
        else {
          try {
            report(news.share, news.rows)
          } catch (error) {
            reject(error)
          }
        }
      })
      worker.on('error', reject)
      worker.on('exit', (code) => reject(new Error(`the reading thread ended by itself (${code})`)))
    })
  } finally {
    await worker.terminate()
  }
}
