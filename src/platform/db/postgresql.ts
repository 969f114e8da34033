import { Kysely, PostgresDialect, type DatabaseConnection } from 'kysely'
import pg from 'pg'
import type { Database, NoTables } from './db.ts'
import { dressed, wardrobe } from './dress.ts'

const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.DATE, (text: string) => text)
types.setTypeParser(pg.types.builtins.INT8, (text: string) => Number(text))
const DATE_ARRAY = 1182
const BIGINT_ARRAY = 1016
const textArray = pg.types.getTypeParser(1009 as never) as (text: string) => string[]
types.setTypeParser(DATE_ARRAY as never, textArray)
types.setTypeParser(BIGINT_ARRAY as never, (text: string) => textArray(text).map(Number))

/** Opens PostgreSQL (15 or newer) by its URL, e.g. `postgres://user:password@host/database`. */
export function openPostgresql(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, types, max: 10, options: '-c TimeZone=Asia/Shanghai', application_name: 'xinheng' })
  // Without a listener an idle connection that the server ends would end the process.
  pool.on('error', () => undefined)
  // The same holds for one that is lent out and between two statements: its next statement fails, which is told to whoever asks.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const dialect = new PostgresDialect({ pool })
  const db = new Kysely<NoTables>({ dialect })
  const worn = new WeakMap<DatabaseConnection, string>()
  return { db: dressed(db, dialect, worn, null), kind: 'postgresql', as: wardrobe((dress) => dressed(db, dialect, worn, dress)), close: () => db.destroy() }
}
