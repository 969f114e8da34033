import { given, sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Department, DepartmentKind, Post, Section } from '../organisation.ts'

/** A department as it was set once, with whoever set it (null: the policy folder). */
export type DepartmentRow = Department & { readonly departmentId: number; readonly setBy: string | null; readonly reason: string | null }
/** A section as it was set once. */
export type SectionRow = Section & { readonly sectionId: number }
/** A post as it was set once. */
export type PostRow = Post & { readonly postId: number }

const columns = sql`department_id as "departmentId", key, uscc, zh, en, sector, role, coalesce(kind, 'department') as kind, parent, closed_on as "closedOn", merged_into as "mergedInto", set_by as "setBy", reason`

/** The departments as they stand, in the order in which they came; those that are no more are among them. */
export async function listDepartments(db: Queryable): Promise<DepartmentRow[]> {
  const { rows } = await sql<DepartmentRow>`select ${columns} from organisation.department as d
    where department_id = (select max(department_id) from organisation.department as later where later.key = d.key) order by (select min(department_id) from organisation.department as first where first.key = d.key)`.execute(db)
  return rows
}

/** The departments as the policy folder last set them. */
export async function listSeededDepartments(db: Queryable): Promise<DepartmentRow[]> {
  const { rows } = await sql<DepartmentRow>`select ${columns} from organisation.department as d
    where department_id = (select max(department_id) from organisation.department as later where later.key = d.key and later.set_by is null)`.execute(db)
  return rows
}

/** Every version of one department, the first first. */
export async function listVersions(db: Queryable, key: string): Promise<(DepartmentRow & { readonly setAt: Date })[]> {
  const { rows } = await sql<DepartmentRow & { setAt: Date }>`select ${columns}, set_at as "setAt" from organisation.department where key = ${key} order by department_id`.execute(db)
  return rows
}

/** Departments as they were set, by number. */
export async function findDepartments(db: Queryable, ids: readonly number[]): Promise<DepartmentRow[]> {
  const { rows } = await sql<DepartmentRow>`select ${columns} from organisation.department where department_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** The kind of an organisation; `department` where it does not stand. */
export async function kindOfDepartment(db: Queryable, key: string): Promise<DepartmentKind> {
  const { rows: [row] } = await sql<{ kind: DepartmentKind | null }>`select kind from organisation.department where key = ${key} order by department_id desc limit 1`.execute(db)
  return row?.kind ?? 'department'
}

/** Sets departments; gives their numbers in order. `by` is null for the policy folder. */
export async function insertDepartments(tx: Tx, rows: readonly Department[], at: Date, by: string | null, reason: string | null = null): Promise<number[]> {
  const { rows: made } = await sql<{ id: number }>`insert into organisation.department (key, uscc, zh, en, sector, role, kind, parent, closed_on, merged_into, set_at, set_by, reason)
    select key, uscc, zh, en, sector, role, nullif(kind, 'department'), parent, closed_on, merged_into, ${at}::timestamptz, ${by}::text, ${reason}::text from ${given({
    key: ['text', rows.map(({ key }) => key)], uscc: ['text', rows.map(({ uscc }) => uscc)], zh: ['text', rows.map(({ zh }) => zh)], en: ['text', rows.map(({ en }) => en)],
    sector: ['text', rows.map(({ sector }) => sector)], role: ['text', rows.map(({ role }) => role)], kind: ['text', rows.map(({ kind }) => kind)], parent: ['text', rows.map(({ parent }) => parent)],
    closed_on: ['date', rows.map(({ closedOn }) => closedOn)], merged_into: ['text', rows.map(({ mergedInto }) => mergedInto)],
  })} returning department_id as id`.execute(tx)
  return made.map(({ id }) => id)
}

const sectionColumns = sql`section_id as "sectionId", department, key, zh, en, closed_on as "closedOn"`

/** All sections as they stand. */
export async function listSections(db: Queryable): Promise<SectionRow[]> {
  const { rows } = await sql<SectionRow>`select ${sectionColumns} from organisation.section as s
    where section_id = (select max(section_id) from organisation.section as later where later.department = s.department and later.key = s.key) order by section_id`.execute(db)
  return rows
}

/** Sections as they were set, by number. */
export async function findSections(db: Queryable, ids: readonly number[]): Promise<SectionRow[]> {
  const { rows } = await sql<SectionRow>`select ${sectionColumns} from organisation.section where section_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Sets a section. */
export async function insertSection(tx: Tx, { department, key, zh, en, closedOn }: Section, at: Date, by: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into organisation.section (department, key, zh, en, closed_on, set_at, set_by) values (${department}, ${key}, ${zh}, ${en}, ${closedOn}, ${at}, ${by}) returning section_id as id`.execute(tx)
  return rows[0]!.id
}

const postColumns = sql`post_id as "postId", department, section, zh, en, leads, roles, closed_on as "closedOn"`

/** All posts as they stand, by department, section and name. */
export async function listPosts(db: Queryable): Promise<PostRow[]> {
  const { rows } = await sql<PostRow>`select ${postColumns} from organisation.post as p
    where post_id = (select max(post_id) from organisation.post as later where later.department = p.department and later.section is not distinct from p.section and later.zh = p.zh) order by post_id`.execute(db)
  return rows
}

/** Posts as they were set, by number. */
export async function findPosts(db: Queryable, ids: readonly number[]): Promise<PostRow[]> {
  const { rows } = await sql<PostRow>`select ${postColumns} from organisation.post where post_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Sets a post. */
export async function insertPost(tx: Tx, { department, section, zh, en, leads, roles, closedOn }: Post, at: Date, by: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into organisation.post (department, section, zh, en, leads, roles, closed_on, set_at, set_by)
    values (${department}, ${section}, ${zh}, ${en}, ${leads}, ${[...roles]}::text[], ${closedOn}, ${at}, ${by}) returning post_id as id`.execute(tx)
  return rows[0]!.id
}
