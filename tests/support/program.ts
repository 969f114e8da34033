import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { boot, type Xinheng } from '../../src/app/boot.ts'
import { serverOf } from '../../src/app/server.ts'
import type { Endpoint, InputOf, OutputOf } from '../../src/kernel/endpoint.ts'
import { getBatch, importFile, recogniseFile } from '../../src/modules/submissions/contract.ts'
import { freshDatabase } from './database.ts'

/** A refusal as it came over HTTP. */
export class HttpRefusal extends Error {
  readonly status: number
  readonly problem: { code: string; message: { zh: string; en: string }; fix: { zh: string; en: string } }
  constructor(status: number, body: string) {
    super(body)
    this.status = status
    this.problem = JSON.parse(body) as HttpRefusal['problem']
  }
}

/** The whole program on an empty data folder, asked over HTTP without a socket. */
export async function startProgram() {
  const data = mkdtempSync(join(tmpdir(), 'xinheng-program-'))
  const database = process.env.XINHENG_TEST_DATABASE_URL ? await freshDatabase() : null
  const xinheng: Xinheng = await boot({ data, databaseUrl: database?.url })
  await xinheng.follow()
  const server: FastifyInstance = await serverOf(xinheng, { demo: false, filling: () => null })

  async function send(endpoint: Endpoint, input: object, upload?: Uint8Array) {
    const rest: Record<string, unknown> = { ...input }
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
      const value = rest[name]
      delete rest[name]
      return encodeURIComponent(String(value))
    })
    const inQuery = endpoint.method === 'GET' || upload !== undefined
    const query = new URLSearchParams(Object.entries(rest).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)] as [string, string]))
    const response = await server.inject({
      method: endpoint.method, url: `/api${path}${inQuery ? `?${query}` : ''}`,
      headers: { 'content-type': upload ? 'application/octet-stream' : 'application/json' }, payload: upload ? Readable.from([Buffer.from(upload)]) : inQuery ? undefined : JSON.stringify(rest),
    })
    if (response.statusCode >= 400) throw new HttpRefusal(response.statusCode, response.body)
    return response
  }

  const program = {
    xinheng, server, data,
    async call<E extends Endpoint>(endpoint: E, input: InputOf<E>, upload?: Uint8Array): Promise<OutputOf<E>> {
      return endpoint.output.parse((await send(endpoint, input as object, upload)).json()) as OutputOf<E>
    },
    async download<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<Buffer> {
      return (await send(endpoint, input as object)).rawPayload
    },
    /** Uploads, imports and waits for the outcome. */
    async import(kind: InputOf<typeof importFile>['kind'], bytes: Uint8Array, department: string, receivedOn?: string) {
      const name = `${kind}.file`
      const { file } = await program.call(recogniseFile, { name }, bytes)
      const { batchId } = await program.call(importFile, { file, name, kind, department, receivedOn })
      for (;;) {
        const batch = await program.call(getBatch, { batchId })
        if (batch.state === 'done' || batch.state === 'refused') return batch
        await setTimeout(20)
      }
    },
    async close() {
      await server.close()
      await xinheng.close()
      await database?.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
  return program
}
