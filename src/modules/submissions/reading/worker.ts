import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../../kernel/refusal.ts'
import { readFile } from './read-file.ts'
import type { ReadingNews, ReadingParts } from './reading.ts'

const tell = (news: ReadingNews) => parentPort!.postMessage(news)

try {
  tell({ done: await readFile(workerData as ReadingParts, (share, rows) => tell({ share, rows })) })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  tell({ refused: error.parts })
}
