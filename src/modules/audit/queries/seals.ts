import { sql, type Db, type Queryable, type Tx } from '../../../platform/db/index.ts'
import { WRITING } from './trail.ts'

/** A sealed stretch of the trail (封存). */
export type Seal = { readonly sealId: number; readonly fromId: number; readonly toId: number; readonly rows: number; readonly digest: string; readonly at: Date }

const SEALING = 7_143_002

// The database's own text of a row: the same on every version, and computed where the rows are.
const rowText = sql`jsonb_build_array(trail_id, ref, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), actor, department, roles, permission, reach, session_id, address, method, route, kind, outcome,
  subject_ids, record_ids, asked, rows, purpose, ms)::text`
/** What stands in a row's text, in order. */
export const ROW_COLUMNS = ['trail_id', 'ref', 'at', 'actor', 'department', 'roles', 'permission', 'reach', 'session_id', 'address', 'method', 'route', 'kind', 'outcome', 'subject_ids', 'record_ids', 'asked', 'rows', 'purpose', 'ms']
const rowHash = sql`sha256(convert_to(${rowText}, 'UTF8'))`
const leavesOf = sql`coalesce(string_agg(int8send(trail_id) || ${rowHash}, ''::bytea order by trail_id), ''::bytea)`

/** The number up to which the trail is complete: no line with a lower one will come. */
export async function completeUpTo(db: Db): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${WRITING})`.execute(tx)
    const { rows } = await sql<{ last: number }>`select coalesce(max(trail_id), 0) as last from audit.trail`.execute(tx)
    return rows[0]!.last
  })
}

/** Seals the next stretch of at most so many lines, up to `last`; null when there is nothing new. */
export async function insertSeal(tx: Tx, last: number, most: number, at: Date): Promise<Seal | null> {
  await sql`select pg_advisory_xact_lock(${SEALING})`.execute(tx)
  const { rows } = await sql<Seal>`with new as (
      select * from audit.trail where trail_id > (select coalesce(max(to_id), 0) from audit.seal) and trail_id <= ${last} order by trail_id limit ${most}),
    stretch as (select (select coalesce(max(to_id), 0) + 1 from audit.seal) as from_id, max(trail_id) as to_id, count(*) as rows, ${leavesOf} as leaves from new)
    insert into audit.seal (seal_id, from_id, to_id, rows, digest, leaves, at)
    select nextval('audit.seal_id'), from_id, to_id, rows, encode(sha256(leaves), 'hex'), leaves, ${at}::timestamptz from stretch where rows > 0
    returning seal_id as "sealId", from_id as "fromId", to_id as "toId", rows, digest, at`.execute(tx)
  return rows[0] ?? null
}

/** Of each seal what its rows come to now; where they went into an archive and are gone, what was kept of them when they were sealed. */
export async function recomputeSeals(db: Queryable, ids: readonly number[]): Promise<Seal[]> {
  const { rows } = await sql<Seal>`select seal_id as "sealId", from_id as "fromId", to_id as "toId", case when gone then octet_length(seal.leaves) / 40 else now.rows end as rows, encode(sha256(case when gone then seal.leaves else now.leaves end), 'hex') as digest, seal.at
    from audit.seal, lateral (select count(*) as rows, ${leavesOf} as leaves from audit.trail where trail_id between from_id and to_id) as now,
      lateral (select now.rows = 0 and exists (select 1 from audit.archive where archive.seal_id = seal.seal_id) as gone) as archived where seal_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** The text of each line of a stretch, in order: what its seal covers. */
export async function listRowTexts(db: Queryable, { fromId, toId }: Pick<Seal, 'fromId' | 'toId'>): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`select ${rowText} as line from audit.trail where trail_id between ${fromId} and ${toId} order by trail_id`.execute(db)
  return rows.map(({ line }) => line)
}

/** Number and digest of each line of a stretch as they were sealed; null when there is no such seal. */
export async function findLeaves(db: Queryable, sealId: number): Promise<Uint8Array | null> {
  const { rows } = await sql<{ leaves: Uint8Array }>`select leaves from audit.seal where seal_id = ${sealId}`.execute(db)
  return rows[0]?.leaves ?? null
}

/** The lines of a sealed stretch that are not what was sealed: changed, removed, or slipped in. */
export async function listMisfits(db: Queryable, sealId: number, limit: number): Promise<{ trailId: number; what: 'changed' | 'removed' | 'added' }[]> {
  const { rows } = await sql<{ trailId: number; what: 'changed' | 'removed' | 'added' }>`with seal as (select from_id, to_id, rows, leaves from audit.seal where seal_id = ${sealId}),
    sealed as (select ('x' || encode(substring(leaves from at * 40 + 1 for 8), 'hex'))::bit(64)::bigint as id, substring(leaves from at * 40 + 9 for 32) as hash
      from seal, generate_series(0, octet_length(leaves) / 40 - 1) as at),
    now as (select trail_id as id, ${rowHash} as hash from audit.trail where trail_id between (select from_id from seal) and (select to_id from seal))
    select coalesce(sealed.id, now.id) as "trailId", case when sealed.id is null then 'added' when now.id is null then 'removed' else 'changed' end as what
    from sealed full join now on now.id = sealed.id where sealed.hash is distinct from now.hash order by 1 limit ${limit}`.execute(db)
  return rows
}
