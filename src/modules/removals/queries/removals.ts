import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { HeldOfPerson } from '../../../engines/procedure/index.ts'
import type { RemovalAct, RemovalState } from '../procedure.ts'

/** A request to remove a person's data (删除申请). `idSealed`: the number of the identity document, until nothing more is done with it. */
export type Removal = {
  readonly removalId: number; readonly idSealed: string | null; readonly accountId: number | null; readonly askedBy: 'person' | 'office'; readonly askedOn: Day; readonly ground: string; readonly words: string
  readonly dueOn: Day; readonly filedAt: Date; readonly filedBy: string; readonly state: RemovalState
}
/** One step of it. `found`: what was held when it was removed. */
export type RemovalStep = { readonly stepId: number; readonly removalId: number; readonly act: RemovalAct; readonly words: string; readonly remedy: string | null; readonly found: readonly HeldOfPerson[] | null; readonly at: Date; readonly actor: string; readonly actorName: string }

const columns = sql`removal_id as "removalId", id_sealed as "idSealed", account_id as "accountId", asked_by as "askedBy", asked_on as "askedOn", ground, words, due_on as "dueOn", filed_at as "filedAt", filed_by as "filedBy", state`
const stepColumns = sql`step_id as "stepId", removal_id as "removalId", act, words, remedy, found, at, actor, actor_name as "actorName"`

/** A page of requests, those that wait first, by day due. */
export async function listRemovals(db: Queryable, { state, accountId, open }: { readonly state?: RemovalState | undefined; readonly accountId?: number | undefined; readonly open?: boolean | undefined }, { offset, limit }: { readonly offset: number; readonly limit: number }): Promise<{ rows: Removal[]; total: number }> {
  const where = sql`(${state ?? null}::text is null or state = ${state ?? null}) and (${accountId ?? null}::bigint is null or account_id = ${accountId ?? null}) and (not ${open ?? false} or state in ('filed', 'approved'))`
  const { rows } = await sql<Removal>`select ${columns} from removals.removal where ${where} order by state not in ('filed', 'approved'), due_on, removal_id desc offset ${offset} limit ${limit}`.execute(db)
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from removals.removal where ${where}`.execute(db)
  return { rows, total: count!.total }
}

/** How many wait, and how many of them are late or due soon. */
export async function countRemovals(db: Queryable, today: Day, soonUntil: Day): Promise<{ total: number; late: number; dueSoon: number }> {
  const { rows } = await sql<{ total: number; late: number; dueSoon: number }>`select count(*) as total, count(*) filter (where due_on < ${today}) as late, count(*) filter (where due_on between ${today} and ${soonUntil}) as "dueSoon"
    from removals.removal where state in ('filed', 'approved')`.execute(db)
  return rows[0]!
}

/** Requests by number. */
export async function findRemovals(db: Queryable, ids: readonly number[]): Promise<Removal[]> {
  const { rows } = await sql<Removal>`select ${columns} from removals.removal where removal_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Holds a request for this transaction; null when there is none. */
export async function holdRemoval(tx: Tx, removalId: number): Promise<Removal | null> {
  const { rows } = await sql<Removal>`select ${columns} from removals.removal where removal_id = ${removalId} for update`.execute(tx)
  return rows[0] ?? null
}

/** The number for a new request, which its sealed value is bound to. */
export async function nextRemovalId(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: number }>`select nextval('removals.removal_id') as id`.execute(tx)
  return rows[0]!.id
}

/** Files a request. */
export async function insertRemoval(tx: Tx, one: Removal): Promise<void> {
  await sql`insert into removals.removal (removal_id, id_sealed, account_id, asked_by, asked_on, ground, words, due_on, filed_at, filed_by, state)
    values (${one.removalId}, ${one.idSealed}, ${one.accountId}, ${one.askedBy}, ${one.askedOn}, ${one.ground}, ${one.words}, ${one.dueOn}, ${one.filedAt}, ${one.filedBy}, ${one.state})`.execute(tx)
}

/** Where a request stands after a step; with its end the number of the document goes. */
export async function moveRemoval(tx: Tx, removalId: number, state: RemovalState, ended: boolean): Promise<void> {
  await sql`update removals.removal set state = ${state}, id_sealed = case when ${ended} then null else id_sealed end where removal_id = ${removalId}`.execute(tx)
}

/** Writes a step. */
export async function insertStep(tx: Tx, one: Omit<RemovalStep, 'stepId'>): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into removals.step (step_id, removal_id, act, words, remedy, found, at, actor, actor_name)
    values (nextval('removals.step_id'), ${one.removalId}, ${one.act}, ${one.words}, ${one.remedy}, ${one.found && JSON.stringify(one.found)}::jsonb, ${one.at}, ${one.actor}, ${one.actorName}) returning step_id as id`.execute(tx)
  return rows[0]!.id
}

/** The steps of requests, in order. */
export async function listSteps(db: Queryable, removalIds: readonly number[]): Promise<RemovalStep[]> {
  const { rows } = await sql<RemovalStep>`select ${stepColumns} from removals.step where removal_id = any(${[...removalIds]}::bigint[]) order by step_id`.execute(db)
  return rows
}

/** Steps by number, for witnesses. */
export async function findSteps(db: Queryable, ids: readonly number[]): Promise<RemovalStep[]> {
  const { rows } = await sql<RemovalStep>`select ${stepColumns} from removals.step where step_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Files that still have to go. */
export async function listFilesToGo(db: Queryable): Promise<string[]> {
  const { rows } = await sql<{ digest: string }>`select digest from removals.file where gone_at is null order by digest`.execute(db)
  return rows.map(({ digest }) => digest)
}

/** Says that a file is gone. */
export async function markFileGone(db: Queryable, digest: string, at: Date): Promise<void> {
  await sql`update removals.file set gone_at = ${at} where digest = ${digest}`.execute(db)
}

/** Departments that sent records about these subjects. */
export async function listSenders(db: Queryable, subjectIds: readonly number[]): Promise<string[]> {
  const { rows } = await sql<{ department: string }>`select distinct department from records.fact where subject_id = any(${[...subjectIds]}::bigint[]) order by 1`.execute(db)
  return rows.map(({ department }) => department)
}
