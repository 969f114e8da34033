import { on } from 'node:events'
import { stat } from 'node:fs/promises'
import { deserialize } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { Refusal } from '../../../kernel/refusal.ts'
import type { CheckedRows } from './checked-row.ts'
import { readFile } from './read-file.ts'
import type { Reading, ReadingNews } from './reading.ts'

/** Files of fewer bytes are small: starting a thread takes longer than reading so little. */
export const SMALL_FILE = 150_000

/**
 * Reads and checks a file in a thread of its own, a few pieces ahead of whoever stores them: pages answer meanwhile, and two cores are busy.
 * Throws the file's Refusal, however late it shows, or a fault. Whoever stops asking ends the thread.
 */
export async function* readInThread(reading: Reading): AsyncGenerator<CheckedRows, void, undefined> {
  if ((await stat(reading.path)).size < SMALL_FILE) return yield* readFile(reading)
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: reading })
  // An error after the last piece was taken is nobody's business; without a listener it would end the process.
  worker.on('error', () => undefined)
  try {
    for await (const [news] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[ReadingNews]>) {
      if ('done' in news) return
      if ('refused' in news) throw new Refusal(news.refused)
      worker.postMessage('taken')
      yield { rows: deserialize(news.bytes) as CheckedRows['rows'], share: news.share }
    }
    throw new Error('the reading thread ended by itself')
  } finally {
    await worker.terminate()
  }
}
