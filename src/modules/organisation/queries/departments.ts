import { given, sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Department } from '../organisation.ts'

/** A department as it was set once. */
export type DepartmentRow = Department & { readonly departmentId: number }
/** A section (科室) of a department. */
export type SectionRow = { readonly sectionId: number; readonly department: string; readonly key: string; readonly zh: string; readonly en: string }
/** A duty (职责): which department leads or supports a clause, for one sector or for all. */
export type Duty = { readonly clause: string; readonly department: string; readonly sector: string | null; readonly part: 'lead' | 'support' }
/** A duty as it was set. */
export type DutyRow = Duty & { readonly dutyId: number }

const columns = sql`department_id as "departmentId", key, uscc, zh, en, sector, role`

/** The departments as they stand. */
export async function listDepartments(db: Queryable): Promise<DepartmentRow[]> {
  const { rows } = await sql<DepartmentRow>`select ${columns} from organisation.department as d
    where department_id = (select max(department_id) from organisation.department as later where later.key = d.key) order by (select min(department_id) from organisation.department as first where first.key = d.key)`.execute(db)
  return rows
}

/** Departments as they were set, by number. */
export async function findDepartments(db: Queryable, ids: readonly number[]): Promise<DepartmentRow[]> {
  const { rows } = await sql<DepartmentRow>`select ${columns} from organisation.department where department_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Sets departments; gives their numbers in order. */
export async function insertDepartments(tx: Tx, rows: readonly Department[], at: Date): Promise<number[]> {
  const { rows: made } = await sql<{ id: number }>`insert into organisation.department (key, uscc, zh, en, sector, role, set_at) select key, uscc, zh, en, sector, role, ${at}::timestamptz from ${given({
    key: ['text', rows.map(({ key }) => key)], uscc: ['text', rows.map(({ uscc }) => uscc)], zh: ['text', rows.map(({ zh }) => zh)], en: ['text', rows.map(({ en }) => en)],
    sector: ['text', rows.map(({ sector }) => sector)], role: ['text', rows.map(({ role }) => role)],
  })} returning department_id as id`.execute(tx)
  return made.map(({ id }) => id)
}

/** All sections. */
export async function listSections(db: Queryable): Promise<SectionRow[]> {
  const { rows } = await sql<SectionRow>`select section_id as "sectionId", department, key, zh, en from organisation.section order by section_id`.execute(db)
  return rows
}

const dutyColumns = sql`duty_id as "dutyId", clause, department, sector, part`

/** The duty table (职责分工). */
export async function listDuties(db: Queryable): Promise<DutyRow[]> {
  const { rows } = await sql<DutyRow>`select ${dutyColumns} from organisation.duty order by clause, part, department, sector`.execute(db)
  return rows
}

/** Duties by number. */
export async function findDuties(db: Queryable, ids: readonly number[]): Promise<DutyRow[]> {
  const { rows } = await sql<DutyRow>`select ${dutyColumns} from organisation.duty where duty_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}
