import type { Day } from '../../../kernel/day.ts'
import type { Text } from '../../../kernel/text.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import { receivedTitle } from '../../grading/index.ts'
import type { Objected } from '../../subjects/index.ts'
import type { ObjectionAct, ObjectionState } from '../procedure.ts'

/** A file that came with an objection. */
export type ObjectionFile = { readonly digest: string; readonly fileName: string; readonly contentType: string; readonly size: number }
/** An objection (异议). */
export type Objection = {
  readonly subjectId: number; readonly objectionId: number; readonly about: 'record' | 'grade' | 'registration'; readonly recordId: number | null; readonly model: string | null; readonly grounds: string; readonly wish: string
  readonly files: readonly ObjectionFile[]; readonly repeats: number | null; readonly filedAt: Date; readonly filedBy: string; readonly filedByName: string
  readonly department: string; readonly state: ObjectionState; readonly dueOn: Day | null; readonly extended: boolean; readonly subjectName: string; readonly documentNumber: string | null; readonly modelTitle: Text | null
}
/** One step of an objection. */
export type Step = {
  readonly subjectId: number; readonly stepId: number; readonly objectionId: number; readonly act: ObjectionAct; readonly words: string; readonly remedy: string | null; readonly how: 'withdrawn' | 'ended' | 'corrected' | null
  readonly department: string; readonly toDepartment: string | null; readonly dueOn: Day | null; readonly at: Date; readonly actor: string; readonly actorName: string
}
type NewObjection = Omit<Objection, 'objectionId' | 'subjectName' | 'documentNumber' | 'modelTitle'>

const subjectName = sql`coalesce(s.name, o.subject_name, '')`
/** What the grade objected to is called, over `objections.objection as o`. */
export const modelTitle = sql`case when exists (select 1 from grading.grade as g where g.subject_id = o.subject_id and g.model_key = o.model and g.until_on is null and g.origin = 'received') then ${JSON.stringify(receivedTitle)}::jsonb
  else (select m.definition->'title' from evaluation.model as m where m.model_key = o.model order by m.adoption_id desc limit 1) end`
const columns = sql`o.subject_id as "subjectId", o.objection_id as "objectionId", o.about, o.record_id as "recordId", o.model, o.grounds, o.wish, o.files, o.repeats, o.filed_at as "filedAt", o.filed_by as "filedBy", o.filed_by_name as "filedByName",
  o.department, o.state, o.due_on as "dueOn", o.extended, ${subjectName} as "subjectName",
  (select document_number from records.standing as r where r.subject_id = o.subject_id and r.record_id = o.record_id and r.known_until = 'infinity' limit 1) as "documentNumber", ${modelTitle} as "modelTitle"`
const source = sql`objections.objection as o left join subjects.subject as s on s.subject_id = o.subject_id`
const open = sql`o.state in ('checking', 'answered', 'upheld', 'partly')`
const stepColumns = sql`subject_id as "subjectId", step_id as "stepId", objection_id as "objectionId", act, words, remedy, how, department, to_department as "toDepartment", due_on as "dueOn", at, actor, actor_name as "actorName"`

/** Which objections are wanted; null or missing is any. `departments`: only those that these have to handle; `find`: part of the name of the business. */
export type ObjectionFilter = {
  readonly subjectId?: number | undefined; readonly recordId?: number | undefined; readonly state?: ObjectionState | undefined; readonly open?: boolean | undefined; readonly about?: Objection['about'] | undefined; readonly department?: string | undefined
  readonly lateOn?: Day | undefined; readonly dueFrom?: string | undefined; readonly dueUntil?: string | undefined; readonly find?: string | undefined; readonly departments?: readonly string[] | null
}

function where({ subjectId, recordId, state, open: wanted, about, department, lateOn, dueFrom, dueUntil, find, departments = null }: ObjectionFilter) {
  const all = [sql`true`]
  if (subjectId !== undefined) all.push(sql`o.subject_id = ${subjectId}`)
  if (recordId !== undefined) all.push(sql`o.record_id = ${recordId}`)
  if (state !== undefined) all.push(sql`o.state = ${state}`)
  if (wanted !== undefined) all.push(wanted ? open : sql`not ${open}`)
  if (about !== undefined) all.push(sql`o.about = ${about}`)
  if (department !== undefined) all.push(sql`o.department = ${department}`)
  if (lateOn !== undefined) all.push(sql`${open} and o.due_on < ${lateOn}`)
  if (dueFrom !== undefined) all.push(sql`o.due_on >= ${dueFrom}::date`)
  if (dueUntil !== undefined) all.push(sql`o.due_on <= ${dueUntil}::date`)
  if (find) all.push(sql`${subjectName} ilike ${`%${find.replace(/[\\%_]/g, '\\$&')}%`}`)
  if (departments !== null) all.push(sql`o.department = any(${[...departments]}::text[])`)
  return sql.join(all, sql` and `)
}

/** A page of objections, the open ones first, by day due. */
export async function listObjections(db: Queryable, filter: ObjectionFilter, { offset, limit }: { readonly offset: number; readonly limit: number }): Promise<Objection[]> {
  const { rows } = await sql<Objection>`select ${columns} from ${source} where ${where(filter)} order by ${open} desc, case when ${open} then o.due_on end nulls last, o.objection_id desc offset ${offset} limit ${limit}`.execute(db)
  return rows
}

/** How many there are, and the subjects that they are about (the first few thousand). */
export async function countObjections(db: Queryable, filter: ObjectionFilter): Promise<{ readonly total: number; readonly subjectIds: readonly number[] }> {
  const { rows } = await sql<{ total: number; subjectIds: number[] }>`select count(*) as total, coalesce(to_jsonb((array_agg(distinct o.subject_id))[1:5000]), '[]') as "subjectIds" from ${source} where ${where(filter)}`.execute(db)
  return rows[0]!
}

/** The grades and registrations of some subjects to which an objection is pending, since when. */
export async function listPending(db: Queryable, subjectIds: readonly number[]): Promise<Objected[]> {
  const { rows } = await sql<Objected>`select o.subject_id as "subjectId", o.about, o.model, (o.filed_at at time zone 'Asia/Shanghai')::date as since
    from objections.objection as o where o.subject_id = any(${[...subjectIds]}::bigint[]) and o.about <> 'record' and ${open} order by o.objection_id`.execute(db)
  return rows
}

/** How many objections wait, and how many are late or due soon. */
export async function countOpen(db: Queryable, departments: readonly string[] | null, today: Day, soonUntil: Day): Promise<{ total: number; late: number; dueSoon: number }> {
  const { rows } = await sql<{ total: number; late: number; dueSoon: number }>`select count(*) as total, count(*) filter (where o.due_on < ${today}) as late, count(*) filter (where o.due_on between ${today} and ${soonUntil}) as "dueSoon"
    from ${source} where ${where({ open: true, departments })}`.execute(db)
  return rows[0]!
}

/** Objections by number. */
export async function findObjections(db: Queryable, ids: readonly number[]): Promise<Objection[]> {
  const { rows } = await sql<Objection>`select ${columns} from ${source} where o.objection_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Holds what is objected to for this transaction, so that two objections or steps follow one another. */
export async function holdObjections(tx: Tx, subjectId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`objections of ${subjectId}`}, 0))`.execute(tx)
}

/** Earlier objections to the same thing, the latest first. */
export async function listOfSame(db: Queryable, { subjectId, about, recordId, model }: Pick<Objection, 'subjectId' | 'about' | 'recordId' | 'model'>): Promise<Pick<Objection, 'objectionId' | 'state'>[]> {
  const { rows } = await sql<Pick<Objection, 'objectionId' | 'state'>>`select objection_id as "objectionId", state from objections.objection
    where subject_id = ${subjectId} and about = ${about} and record_id is not distinct from ${recordId}::bigint and model is not distinct from ${model}::text order by objection_id desc`.execute(db)
  return rows
}

/** Files an objection. */
export async function insertObjection(tx: Tx, one: NewObjection): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into objections.objection (subject_id, objection_id, about, record_id, model, grounds, wish, files, repeats, filed_at, filed_by, filed_by_name, department, state, due_on, extended, subject_name)
    values (${one.subjectId}, nextval('objections.objection_id'), ${one.about}, ${one.recordId}, ${one.model}, ${one.grounds}, ${one.wish}, ${JSON.stringify(one.files)}::jsonb, ${one.repeats}, ${one.filedAt}, ${one.filedBy}, ${one.filedByName},
      ${one.department}, ${one.state}, ${one.dueOn}, ${one.extended}, (select name from subjects.subject where subject_id = ${one.subjectId})) returning objection_id as id`.execute(tx)
  return rows[0]!.id
}

/** Writes a step. */
export async function insertStep(tx: Tx, one: Omit<Step, 'stepId'>): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into objections.step (subject_id, step_id, objection_id, act, words, remedy, how, department, to_department, due_on, at, actor, actor_name)
    values (${one.subjectId}, nextval('objections.step_id'), ${one.objectionId}, ${one.act}, ${one.words}, ${one.remedy}, ${one.how}, ${one.department}, ${one.toDepartment}, ${one.dueOn}, ${one.at}, ${one.actor}, ${one.actorName}) returning step_id as id`.execute(tx)
  return rows[0]!.id
}

/** Where an objection stands after a step. */
export async function moveObjection(tx: Tx, { subjectId, objectionId, state, dueOn, extended, department }: Pick<Objection, 'subjectId' | 'objectionId' | 'state' | 'dueOn' | 'extended' | 'department'>): Promise<void> {
  await sql`update objections.objection set state = ${state}, due_on = ${dueOn}, extended = ${extended}, department = ${department} where subject_id = ${subjectId} and objection_id = ${objectionId}`.execute(tx)
}

/** The steps follow the objection to the department that has it now, so that it reads them. */
export async function moveSteps(tx: Tx, subjectId: number, objectionId: number, department: string): Promise<void> {
  await sql`update objections.step set department = ${department} where subject_id = ${subjectId} and objection_id = ${objectionId}`.execute(tx)
}

/** The steps of objections, in order. */
export async function listSteps(db: Queryable, objectionIds: readonly number[]): Promise<Step[]> {
  const { rows } = await sql<Step>`select ${stepColumns} from objections.step where objection_id = any(${[...objectionIds]}::bigint[]) order by step_id`.execute(db)
  return rows
}

/** Steps by number, for witnesses. */
export async function findSteps(db: Queryable, ids: readonly number[]): Promise<Step[]> {
  const { rows } = await sql<Step>`select ${stepColumns} from objections.step where step_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** The department in which a subject is registered; null where none is known. */
export async function findDepartmentOf(db: Queryable, subjectId: number): Promise<string | null> {
  const { rows } = await sql<{ department: string | null }>`select department from subjects.subject where subject_id = ${subjectId}`.execute(db)
  return rows[0]?.department ?? null
}

/** Whether a grade by this model stands for the subject. */
export async function hasGrade(db: Queryable, subjectId: number, model: string): Promise<boolean> {
  const { rows } = await sql`select 1 from grading.grade where subject_id = ${subjectId} and model_key = ${model} and until_on is null limit 1`.execute(db)
  return rows.length > 0
}
