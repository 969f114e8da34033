// @clause X.5
import { Worker } from 'node:worker_threads'
import { CompiledQuery, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type DatabaseConnection, type Dialect, type Driver } from 'kysely'
import type { Database, NoTables } from './db.ts'
import { dressed, wardrobe } from './dress.ts'

type Answer = { id: number; rows?: unknown[]; affected?: number; error?: { message: string; code?: string; detail?: string; constraint?: string } }
type Ask = (sql: string, parameters: readonly unknown[]) => Promise<{ rows: unknown[]; affected?: number }>

/** An error of the database as the worker sent it: the fields that a PostgreSQL error has. */
export class EmbeddedDatabaseError extends Error {
  readonly code: string | undefined
  readonly constraint: string | undefined
  constructor(parts: NonNullable<Answer['error']>) {
    super(parts.detail ? `${parts.message} (${parts.detail})` : parts.message)
    this.name = 'EmbeddedDatabaseError'
    this.code = parts.code
    this.constraint = parts.constraint
  }
}

/**
 * Opens the embedded database (PGlite) in a folder, or in memory without one. It runs in a worker thread, because it blocks
 * its event loop while it works. It has one connection: Kysely queues whoever comes while a transaction is open.
 * The folder must be held by a lock: two processes would lose each other's writes.
 */
export async function openEmbedded(folder?: string, image?: Uint8Array): Promise<Database & { dump(): Promise<Uint8Array> }> {
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), { workerData: { folder, image } })
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: unknown): void }>()
  let failed: unknown = null
  let count = 0
  worker.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.resolve(answer)
    waiting.delete(answer.id)
  })
  const fail = (error: unknown) => {
    failed ??= error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the embedded database is closed')))
  const send = (message: object) =>
    new Promise<Answer>((resolve, reject) => {
      if (failed) return reject(failed)
      const id = (count += 1)
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, ...message })
    })
  const ask: Ask = async (sql, parameters) => {
    const answer = await send({ sql, parameters })
    if (answer.error) throw new EmbeddedDatabaseError(answer.error)
    return { rows: answer.rows ?? [], affected: answer.affected }
  }
  await ask("set timezone to 'Asia/Shanghai'", [])
  const one = dialect(ask)
  const db = new Kysely<NoTables>({ dialect: one })
  const worn = new WeakMap<DatabaseConnection, string>()
  return {
    db: dressed(db, one, worn, null),
    as: wardrobe((dress) => dressed(db, one, worn, dress)),
    kind: 'embedded',
    async dump() {
      return (await send({ dump: true })).rows![0] as Uint8Array
    },
    async close() {
      await db.destroy()
      if (failed) return
      await send({ close: true }).catch(() => undefined)
      await worker.terminate()
    },
  }
}

class OneConnectionAdapter extends PostgresAdapter {
  override get supportsMultipleConnections() {
    return false
  }
}

function dialect(ask: Ask): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery) {
      const { rows, affected } = await ask(query.sql, query.parameters)
      return { rows: rows as Row[], numAffectedRows: affected === undefined ? undefined : BigInt(affected) }
    },
    // oxlint-disable-next-line require-yield
    async *streamQuery() {
      throw new Error('the embedded database does not stream: page through the rows by key')
    },
  }
  const run = (statement: string) => async () => void (await ask(statement, []))
  const driver: Driver = {
    init: async () => undefined,
    acquireConnection: async () => connection,
    beginTransaction: run('begin'),
    commitTransaction: run('commit'),
    rollbackTransaction: run('rollback'),
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  }
  return {
    createAdapter: () => new OneConnectionAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}
