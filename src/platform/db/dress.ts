// @clause X.4
import { CompiledQuery, Kysely, type DatabaseConnection, type Dialect, type Driver, type TransactionSettings } from 'kysely'
import type { Db, NoTables } from './db.ts'

/** The roles under which the program works in the database; none of them may change the schema. `district` and `part` serve requests about business data that reach everything, or a part of it. */
export const ROLES = ['worker', 'keeper', 'auditor', 'district', 'part'] as const
/** One of them. */
export type Role = (typeof ROLES)[number]
/** The data of some departments, of subjects in some sectors, of some subjects. All lists empty: nothing. */
export type Part = { readonly departments: readonly string[]; readonly sectors: readonly string[]; readonly subjects: readonly number[] }
/** As whom a connection is used, and how far it reaches: what may be seen (`part` only; the other roles see what their grants name), and for which departments and subjects something may be written. */
export type Dress = { readonly role: Role; readonly sees?: Part; readonly does?: 'all' | Part; readonly actor?: string }

/** The role's name in the database. It holds for a whole server with many databases: it has no rights of its own but in databases that grant them. */
export const roleName = (role: Role): string => `xinheng_${role}`

/**
 * A database whose every connection, also in a transaction, is first put on: role and reach. Whoever takes a connection afterwards puts on their own, so nothing is left over.
 * `null` is the login itself. `worn` remembers what each connection has on: one for all that share the connections.
 */
export function dressed(db: Db, dialect: Dialect, worn: WeakMap<DatabaseConnection, string>, dress: Dress | null): Db {
  const { statement, key } = putOn(dress)
  const base = db.getExecutor()
  const executor = base.withConnectionProvider({
    provideConnection: (consumer, options) => base.provideConnection(async (connection) => {
      if ((worn.get(connection) ?? '') !== key) {
        // When it fails halfway nobody knows what is on: the next one puts everything on anew.
        worn.set(connection, '?')
        await connection.executeQuery(statement)
        worn.set(connection, key)
      }
      return consumer(connection)
    }, options),
  })
  return new Kysely<NoTables>({ config: { dialect }, dialect, executor, driver } as never)
}

const MOST_KEPT = 500

/** Keeps what was made for the same role and reach: whatever remembers by the database then remembers within one reach. */
export function wardrobe(make: (dress: Dress) => Db): (dress: Dress) => Db {
  const kept = new Map<string, Db>()
  return (dress) => {
    const { key } = putOn(dress)
    const made = kept.get(key) ?? make(dress)
    kept.delete(key)
    kept.set(key, made)
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
    return made
  }
}

function putOn(dress: Dress | null): { statement: CompiledQuery; key: string } {
  if (dress === null) return { statement: setting('none', '', '', '', '', '', '', ''), key: '' }
  const { role, sees, does, actor = '' } = dress
  const parts = [roleName(role), ...listsOf(sees), ...(does === 'all' ? ['*', '', ''] : listsOf(does)), actor]
  return { statement: setting(...parts), key: JSON.stringify(parts) }
}

const SETTINGS = ['role', 'xinheng.departments', 'xinheng.sectors', 'xinheng.subjects', 'xinheng.do_departments', 'xinheng.do_sectors', 'xinheng.do_subjects', 'xinheng.actor']
const PUT_ON = `select ${SETTINGS.map((name, at) => `set_config('${name}', $${at + 1}, false)`).join(', ')}`

function setting(...values: readonly string[]): CompiledQuery {
  return CompiledQuery.raw(PUT_ON, [...values])
}

function listsOf(part: Part | undefined): string[] {
  return [part?.departments, part?.sectors, part?.subjects].map((list) => list?.join(',') ?? '')
}

// Begins and ends transactions on the connection that was put on; connections come from the executor alone.
const run = (text: string) => async (connection: DatabaseConnection): Promise<void> => void (await connection.executeQuery(CompiledQuery.raw(text)))
const driver: Driver = {
  init: async () => undefined,
  acquireConnection: () => Promise.reject(new Error('connections come from the executor')),
  releaseConnection: async () => undefined,
  async beginTransaction(connection: DatabaseConnection, { isolationLevel, accessMode }: TransactionSettings) {
    await run(['start transaction', isolationLevel === undefined ? '' : `isolation level ${isolationLevel}`, accessMode ?? ''].filter(Boolean).join(' '))(connection)
  },
  commitTransaction: run('commit'),
  rollbackTransaction: run('rollback'),
  destroy: async () => undefined,
}
