import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'

const port = parentPort!
const { folder, image } = workerData as { folder?: string; image?: Uint8Array }

const DATE = 1082
const BIGINT = 20

const pglite = PGlite.create({
  ...(folder === undefined ? {} : { dataDir: folder }),
  ...(image === undefined ? {} : { loadDataDir: new Blob([image as Uint8Array<ArrayBuffer>]) }),
  parsers: { [DATE]: (text: string) => text, [BIGINT]: (text: string) => Number(text) },
})

port.on('message', async (message: { id: number; sql?: string; parameters?: unknown[]; close?: true; dump?: true }) => {
  const { id } = message
  try {
    const database = await pglite
    if (message.close) {
      await database.close()
      return port.postMessage({ id })
    }
    if (message.dump) {
      const blob = await database.dumpDataDir('none')
      return port.postMessage({ id, rows: [new Uint8Array(await blob.arrayBuffer())] })
    }
    // Several statements at once (a migration) go by the simple protocol, which takes no parameters.
    if (message.parameters!.length === 0 && message.sql!.includes(';')) {
      const results = await database.exec(message.sql!)
      const last = results.at(-1)
      return port.postMessage({ id, rows: last?.rows ?? [], affected: last?.affectedRows })
    }
    const { rows, affectedRows } = await database.query(message.sql!, message.parameters)
    port.postMessage({ id, rows, affected: affectedRows })
  } catch (error) {
    const { message: text, code, detail, constraint } = error as { message: string; code?: string; detail?: string; constraint?: string }
    port.postMessage({ id, error: { message: text, code, detail, constraint } })
  }
})
