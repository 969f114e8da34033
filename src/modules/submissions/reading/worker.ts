import { once } from 'node:events'
import { serialize } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../../kernel/refusal.ts'
import { readFile } from './read-file.ts'
import { PIECES_AHEAD, type Reading, type ReadingNews } from './reading.ts'

const port = parentPort!
const tell = (news: ReadingNews, handedOver: ArrayBuffer[] = []) => port.postMessage(news, handedOver)

// Every message from the other side says that a piece was taken.
let ahead = 0
port.on('message', () => (ahead -= 1))

try {
  for await (const { rows, share } of readFile(workerData as Reading)) {
    const bytes = serialize(rows)
    tell({ bytes, share }, [bytes.buffer])
    ahead += 1
    while (ahead >= PIECES_AHEAD) await once(port, 'message')
  }
  tell({ done: true })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  tell({ refused: error.parts })
}
