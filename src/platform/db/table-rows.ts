// @clause X.5
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Queryable, Tx } from './db.ts'

/** A table of ours as the catalog describes it: columns in order with their types, and which of them are the primary key. Generated columns are left out. */
export type TableShape = { readonly schema: string; readonly name: string; readonly columns: readonly { readonly name: string; readonly type: string }[]; readonly key: readonly string[] }
/** Where a sequence stands. */
export type SequenceState = { readonly schema: string; readonly name: string; readonly lastValue: number; readonly isCalled: boolean }
/** Rows of one table: each line is the JSON array of its values in PostgreSQL's own text form, null where there is none. */
export type RowPage = { readonly lines: readonly string[] }

const OURS = sql`n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname !~ '^(pg_|citus|columnar)'`
const FIRST_PAGE = 500
const LARGEST_PAGE = 20_000
const PAGE_BYTES = 4_194_304

/** Every table of ours, by schema and name. Throws when one has no primary key: its rows could not be read in pages. */
export async function listTables(db: Queryable): Promise<TableShape[]> {
  const { rows } = await sql<TableShape>`select n.nspname as schema, c.relname as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      coalesce((select json_agg(a.attname order by k.place) from pg_index x, unnest(x.indkey::smallint[]) with ordinality as k(attnum, place), pg_attribute a
        where x.indrelid = c.oid and x.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum), '[]') as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and not c.relispartition and ${OURS}
    order by n.nspname collate "C", c.relname collate "C"`.execute(db)
  const keyless = rows.find(({ key }) => key.length === 0)
  if (keyless) throw new Error(`table ${keyless.schema}.${keyless.name} has no primary key`)
  return rows
}

/** Where every sequence of ours stands. Sequences know no snapshot: read them after the rows, so that none stands before its rows. */
export async function listSequences(db: Queryable): Promise<SequenceState[]> {
  const { rows: names } = await sql<{ schema: string; name: string }>`select n.nspname as schema, c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${OURS} order by n.nspname collate "C", c.relname collate "C"`.execute(db)
  const states: SequenceState[] = []
  for (const { schema, name } of names) {
    const { rows } = await sql<{ last: number; called: boolean }>`select last_value as last, is_called as called from ${sql.id(schema, name)}`.execute(db)
    states.push({ schema, name, lastValue: rows[0]!.last, isCalled: rows[0]!.called })
  }
  return states
}

/** Sets a sequence to where it stood. */
export async function setSequence(db: Queryable, { schema, name, lastValue, isCalled }: SequenceState): Promise<void> {
  await sql`select setval(${`${quoted(schema)}.${quoted(name)}`}::regclass, ${lastValue}, ${isCalled})`.execute(db)
}

/** All rows of a table in the order of its key, page by page; memory stays flat however wide the rows are. Hand in a transaction that sees one snapshot. */
export async function* readRows(db: Queryable, { schema, name, columns, key }: TableShape): AsyncGenerator<RowPage> {
  const values = sql.join(columns.map((column) => sql`${sql.id(column.name)}::text`))
  const keys = sql.join(key.map((column) => sql.id(column)))
  const places = key.map((column) => columns.findIndex((one) => one.name === column))
  let after: (string | null)[] | null = null
  for (let limit = FIRST_PAGE; ;) {
    const from = after === null ? sql`` : sql`where (${keys}) > (${sql.join(after.map((value, at) => sql`${value}::text::${sql.raw(columns[places[at]!]!.type)}`))})`
    const { rows } = await sql<{ line: string }>`select json_build_array(${values})::text as line from ${sql.id(schema, name)} ${from} order by ${keys} limit ${limit}`.execute(db)
    if (rows.length > 0) yield { lines: rows.map(({ line }) => line) }
    if (rows.length < limit) return
    const last = JSON.parse(rows.at(-1)!.line) as (string | null)[]
    after = places.map((place) => last[place]!)
    const bytes = rows.reduce((sum, { line }) => sum + line.length, 0)
    limit = Math.max(100, Math.min(LARGEST_PAGE, Math.floor((PAGE_BYTES * rows.length) / bytes)))
  }
}

/** Writes a page of rows into a table of the same shape. */
export async function writeRows(tx: Tx, { schema, name, columns }: TableShape, { lines }: RowPage): Promise<void> {
  const names = sql.join(columns.map((column) => sql.id(column.name)))
  const values = sql.join(columns.map((column, at) => sql`(value ->> ${sql.lit(at)})::${sql.raw(column.type)}`))
  await sql`insert into ${sql.id(schema, name)} (${names}) select ${values} from (select line::json as value from unnest(${[...lines]}::text[]) as line) as given`.execute(tx)
}

/**
 * Runs `load` with nothing in the way of rows that come in any order: tables emptied, foreign keys and triggers off. Both are back, and the keys
 * checked, before it returns. All in the caller's transaction.
 */
export async function refill(tx: Tx, tables: readonly TableShape[], load: () => Promise<void>): Promise<void> {
  const { rows: links } = await sql<{ schema: string; name: string; constraint: string; definition: string }>`select n.nspname as schema, c.relname as name, k.conname as constraint,
      pg_get_constraintdef(k.oid) as definition from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where k.contype = 'f' and k.conparentid = 0 and ${OURS}`.execute(tx)
  const { rows: watched } = await sql<{ schema: string; name: string }>`select distinct n.nspname as schema, c.relname as name
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and ${OURS}`.execute(tx)
  for (const { schema, name, constraint } of links) await sql`alter table ${sql.id(schema, name)} drop constraint ${sql.id(constraint)}`.execute(tx)
  for (const { schema, name } of watched) await sql`alter table ${sql.id(schema, name)} disable trigger user`.execute(tx)
  await sql`truncate ${sql.join(tables.map(({ schema, name }) => sql.id(schema, name)))}`.execute(tx)
  await load()
  for (const { schema, name } of watched) await sql`alter table ${sql.id(schema, name)} enable trigger user`.execute(tx)
  for (const { schema, name, constraint, definition } of links) await sql`alter table ${sql.id(schema, name)} add constraint ${sql.id(constraint)} ${sql.raw(definition)}`.execute(tx)
}

/** A digest of a set of rows that does not depend on their order (databases sort text differently): the sum of the lines' SHA-256, modulo 2²⁵⁶. */
export class RowsDigest {
  rows = 0
  private sum = 0n
  add({ lines }: RowPage): void {
    for (const line of lines) this.sum += BigInt(`0x${createHash('sha256').update(line).digest('hex')}`)
    this.sum &= (1n << 256n) - 1n
    this.rows += lines.length
  }
  hex(): string {
    return this.sum.toString(16).padStart(64, '0')
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
