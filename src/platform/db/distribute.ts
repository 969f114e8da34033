// @clause X.5
import { sql } from 'kysely'
import type { Db, Queryable } from './db.ts'

/** Where a table goes on Citus: spread by subject, copied to every node, or kept on the coordinator. */
export type Place = 'distributed' | 'reference' | 'coordinator'
/** What is done to one table, and why. `standing`: it is so already. */
export type PlacedTable = { readonly table: string; readonly place: Place; readonly reason: string; readonly standing: boolean }
/** What it takes to distribute a database. `problems` must be empty before it is run. */
export type DistributionPlan = { readonly tables: readonly PlacedTable[]; readonly statements: readonly string[]; readonly problems: readonly string[] }

/** The column by which tables about a subject are spread. */
const BY = 'subject_id'

type Column = { readonly name: string; readonly type: string }
type CatalogTable = {
  readonly table: string
  readonly schema: string
  readonly key: readonly string[]
  readonly by: Column | null
  /** Unique indexes, the primary key's too, by the columns that they hold. */
  readonly unique: readonly { readonly name: string; readonly columns: readonly string[] }[]
  readonly triggers: readonly string[]
  /** Row security policies whose text tests for null, which Citus refuses to propagate. */
  readonly nullTests: readonly string[]
}
type Link = { readonly from: string; readonly to: string; readonly name: string; readonly definition: string }

/**
 * Decides from the catalog how each table stands on Citus:
 * a table whose primary key begins with `subject_id` is distributed by it, all of them side by side; another table in a schema with such tables is looked up
 * by them and becomes a reference table; all others (ledger, submissions, platform, organisation …) stay on the coordinator, and are made known to the nodes
 * only when a foreign key ties them to a reference table. Names what Citus could not carry instead of failing half way.
 */
export async function planDistribution(db: Queryable): Promise<DistributionPlan> {
  const [tables, links, standing] = [await listCatalog(db), await listLinks(db), await listStanding(db)]
  const keyed = (one: CatalogTable): boolean => one.key[0] === BY
  const subjectSchemas = new Set(tables.filter(keyed).map(({ schema }) => schema))
  const placed = tables.map((one): PlacedTable => {
    const place: Place = keyed(one) ? 'distributed' : subjectSchemas.has(one.schema) ? 'reference' : 'coordinator'
    const reason = { distributed: `its primary key begins with ${BY}`, reference: `schema ${one.schema} holds tables about subjects, and this one is looked up by them`, coordinator: `schema ${one.schema} holds no table about a subject` }[place]
    return { table: one.table, place, reason, standing: standing.get(one.table) === place }
  })
  const placeOf = new Map(placed.map(({ table, place }) => [table, place]))
  const apart = (link: Link): boolean => placeOf.get(link.from) !== 'coordinator' || placeOf.get(link.to) !== 'coordinator'
  const problems = [...tables.filter(keyed).flatMap(problemsOf), ...links.flatMap((link) => problemsOfLink(link, placeOf)), ...placed.flatMap((one) => movedProblem(one, standing))]
  return { tables: placed, statements: statementsOf(placed, links.filter(apart), placeOf, tables.find(({ key }) => key.length === 1 && key[0] === BY)?.table), problems }
}

function statementsOf(placed: readonly PlacedTable[], links: readonly Link[], placeOf: ReadonlyMap<string, Place>, subjects: string | undefined): string[] {
  const todo = placed.filter(({ place, standing }) => place !== 'coordinator' && !standing)
  const moving = new Set(todo.map(({ table }) => table))
  const untied = links.filter(({ from, to }) => moving.has(from) || moving.has(to))
  const known = new Set(untied.flatMap(({ from, to }) => [from, to]).filter((table) => placeOf.get(table) === 'coordinator'))
  const distributed = placed.filter(({ place }) => place === 'distributed')
  // All others stand beside the table of the subjects themselves.
  const first = distributed.find(({ standing }) => standing) ?? distributed.find(({ table }) => table === subjects) ?? distributed[0]
  const spread = todo.filter(({ place }) => place === 'distributed').sort((one, other) => Number(other === first) - Number(one === first))
  return [
    ...untied.map(({ from, name }) => `alter table ${from} drop constraint ${name}`),
    ...[...known].sort().map((table) => `select citus_add_local_table_to_metadata('${table}')`),
    ...todo.filter(({ place }) => place === 'reference').map(({ table }) => `select create_reference_table('${table}')`),
    ...spread.map(({ table }) => `select create_distributed_table('${table}', '${BY}', colocate_with => '${table === first!.table ? 'none' : first!.table}')`),
    ...todo.map(({ table }) => `select truncate_local_data_after_distributing_table('${table}')`),
    ...untied.map(({ from, name, definition }) => `alter table ${from} add constraint ${name} ${definition}`),
  ]
}

function problemsOf({ table, by, unique, triggers, nullTests }: CatalogTable): string[] {
  return [
    ...(by?.type === 'bigint' ? [] : [`${table}: ${BY} is ${by?.type ?? 'missing'}; tables stand side by side only by the same type, bigint`]),
    ...unique.filter(({ columns }) => !columns.includes(BY)).map(({ name }) => `${table}: ${name} is unique without ${BY}; keep uniqueness across subjects in a lookup table`),
    ...triggers.map((name) => `${table}: the trigger ${name} does not run on a distributed table`),
    ...nullTests.map((name) => `${table}: the policy ${name} tests for null, which Citus refuses to propagate; write it with coalesce`),
  ]
}

function problemsOfLink({ from, to, name, definition }: Link, placeOf: ReadonlyMap<string, Place>): string[] {
  const [one, other] = [placeOf.get(from), placeOf.get(to)]
  if (one === 'distributed' && other === 'distributed' && new RegExp(`^FOREIGN KEY \\([^)]*\\b${BY}\\b[^)]*\\) REFERENCES [^(]+\\([^)]*\\b${BY}\\b`).test(definition)) return []
  if (other === 'reference' || (one === 'coordinator' && other === 'coordinator') || (one === 'reference' && other === 'coordinator')) return []
  return [`${from}: the foreign key ${name} leads from a ${one} table to a ${other} one${one === 'distributed' && other === 'distributed' ? ` without ${BY}` : ''}`]
}

function movedProblem({ table, place }: PlacedTable, standing: ReadonlyMap<string, Place>): string[] {
  const now = standing.get(table)
  return now === undefined || now === place || now === 'coordinator' ? [] : [`${table} stands as a ${now} table and should be ${place}: undistribute it first`]
}

/** Whether the extension is installed in this database, and whether its coordinator is among the nodes, as local and reference tables together need. */
export async function citusState(db: Queryable): Promise<{ readonly installed: boolean; readonly coordinatorKnown: boolean; readonly workers: number }> {
  const { rows } = await sql`select 1 from pg_extension where extname = 'citus'`.execute(db)
  if (rows.length === 0) return { installed: false, coordinatorKnown: false, workers: 0 }
  const { rows: [nodes] } = await sql<{ coordinators: number; workers: number }>`select count(*) filter (where groupid = 0) as coordinators, count(*) filter (where groupid <> 0) as workers from pg_dist_node where isactive`.execute(db)
  return { installed: true, coordinatorKnown: nodes!.coordinators > 0, workers: nodes!.workers }
}

/** Runs a plan, all of it in one transaction, so that a failure leaves the database as it was. */
export async function distribute(db: Db, { statements }: DistributionPlan): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // A transaction that touches reference tables and shards must go shard by shard.
    await sql.raw(`set local citus.multi_shard_modify_mode to 'sequential'`).execute(tx)
    for (const statement of statements) await sql.raw(statement).execute(tx)
  })
}

const OURS = sql`n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname !~ '^(pg_|citus|columnar)'`
const NAME = sql`format('%I.%I', n.nspname, c.relname)`

async function listCatalog(db: Queryable): Promise<CatalogTable[]> {
  const columnsOf = sql`(select json_agg(a.attname order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum = any (x.indkey::smallint[]))`
  const { rows } = await sql<CatalogTable>`select ${NAME} as "table", n.nspname as schema,
      coalesce((select json_agg(a.attname order by k.place) from pg_index x, unnest(x.indkey::smallint[]) with ordinality as k(attnum, place), pg_attribute a
        where x.indrelid = c.oid and x.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum), '[]') as key,
      (select json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) from pg_attribute a where a.attrelid = c.oid and a.attname = ${BY} and not a.attisdropped) as by,
      coalesce((select json_agg(json_build_object('name', i.relname, 'columns', ${columnsOf}) order by i.relname) from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = c.oid and x.indisunique), '[]') as unique,
      coalesce((select json_agg(t.tgname order by t.tgname) from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal), '[]') as triggers,
      coalesce((select json_agg(p.polname order by p.polname) from pg_policy p where p.polrelid = c.oid
        and concat(pg_get_expr(p.polqual, c.oid), ' ', pg_get_expr(p.polwithcheck, c.oid)) ~* 'is (not )?null'), '[]') as "nullTests"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and not c.relispartition and ${OURS}
    order by n.nspname collate "C", c.relname collate "C"`.execute(db)
  return rows
}

async function listLinks(db: Queryable): Promise<Link[]> {
  const { rows } = await sql<Link>`select ${NAME} as "from", (select format('%I.%I', tn.nspname, t.relname) from pg_class t join pg_namespace tn on tn.oid = t.relnamespace where t.oid = k.confrelid) as "to",
      quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where k.contype = 'f' and k.conparentid = 0 and ${OURS} order by 1, 3`.execute(db)
  return rows
}

/** What Citus knows already: by it a second run does only what is new. */
async function listStanding(db: Queryable): Promise<Map<string, Place>> {
  if (!(await citusState(db)).installed) return new Map()
  const { rows } = await sql<{ table: string; method: string; replication: string }>`select ${NAME} as "table", p.partmethod::text as method, p.repmodel::text as replication
    from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid join pg_namespace n on n.oid = c.relnamespace`.execute(db)
  return new Map(rows.map(({ table, method, replication }) => [table, method === 'h' ? 'distributed' : replication === 't' ? 'reference' : 'coordinator']))
}
