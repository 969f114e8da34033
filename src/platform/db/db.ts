import type { Kysely, Transaction } from 'kysely'
import type { Dress } from './dress.ts'

/** No table is known by type: SQL is written as SQL, and each query states the shape of its rows. */
export type NoTables = Record<never, never>
/** The database. */
export type Db = Kysely<NoTables>
/** An open transaction. Pass it on; the outer `Db` waits for it on the embedded database. */
export type Tx = Transaction<NoTables>
/** Whatever can be asked. */
export type Queryable = Db | Tx

/** An open database with what is to be known about it. `db` works as the login itself, `as` under a role and within a reach. */
export type Database = { readonly db: Db; readonly kind: 'embedded' | 'postgresql'; as(dress: Dress): Db; close(): Promise<void> }
