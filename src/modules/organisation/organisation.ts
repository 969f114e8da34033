import type { PolicyBook } from '../../engines/policy/index.ts'
import type { Day } from '../../kernel/day.ts'

/** What an organisation of the tree is: the district's government (区政府), a department (部门), an association (行业协会商会), a credit agency (信用服务机构). */
export type DepartmentKind = 'government' | 'department' | 'association' | 'credit-agency'
/** A department as the policy folder seeds it. `sector` is the one of the eight sectors that it supervises, if any. */
export type SeededDepartment = { readonly key: string; readonly zh: string; readonly en: string; readonly uscc: string; readonly sector: string | null; readonly role: 'department' | 'credit-office' }
/**
 * A department (部门) of the district as it stands. `parent` is the key of the one above; from `closedOn` on it is no more, and `mergedInto` answers
 * for what it did: records keep its key.
 */
export type Department = SeededDepartment & { readonly kind: DepartmentKind; readonly parent: string | null; readonly closedOn: Day | null; readonly mergedInto: string | null }
/** A section (科室) of a department. */
export type Section = { readonly department: string; readonly key: string; readonly zh: string; readonly en: string; readonly closedOn: Day | null }
/** A post (岗位): of a section, or of the whole department. `roles` are what it asks for; whoever `leads` takes over what others leave behind. */
export type Post = { readonly department: string; readonly section: string | null; readonly zh: string; readonly en: string; readonly leads: boolean; readonly roles: readonly string[]; readonly closedOn: Day | null }
/** A duty (职责): which department leads or supports a clause of the plan (`4`, `11`), for one sector or for all. */
export type Duty = { readonly clause: string; readonly department: string; readonly sector: string | null; readonly part: 'lead' | 'support' | 'ended'; readonly status: 'confirmed' | 'unconfirmed'; readonly note: string | null }
/** One of the sectors (行业领域) in which grades steer supervision. */
export type Sector = { readonly key: string; readonly zh: string; readonly en: string }
/** The district (辖区) that runs the system, by its GB/T 2260 code. */
export type District = { readonly code: string; readonly zh: string; readonly en: string }

/** The departments with which the district begins, from `departments.yaml`. What stands now is in the database: `listDepartments`. */
export function departmentsOf(book: PolicyBook): readonly SeededDepartment[] {
  return book.file<{ departments: SeededDepartment[] }>('departments').departments
}

/** The duties with which the district begins, from `duties.yaml`; none where there is no such file. */
export function dutiesOf(book: PolicyBook): readonly Duty[] {
  if (!book.parts.data.some(({ name }) => name === 'duties')) return []
  const { duties } = book.file<{ duties: { clause: string; part: 'lead' | 'support'; departments: string[]; sector?: string; status: Duty['status']; note?: string }[] }>('duties')
  return duties.flatMap(({ departments, sector, note, ...duty }) => departments.map((department) => ({ ...duty, department, sector: sector ?? null, note: note ?? null })))
}

/** The eight sectors of clause (六), from `sectors.yaml`. */
export function sectorsOf(book: PolicyBook): readonly Sector[] {
  return book.file<{ sectors: Sector[] }>('sectors').sectors
}

/** The district, from `places.yaml`. */
export function districtOf(book: PolicyBook): District {
  return book.file<{ district: District }>('places').district
}

/** Whether people of such an organisation come from outside the administration: they have no console. */
export function isOutside(kind: DepartmentKind): boolean {
  return kind === 'association' || kind === 'credit-agency'
}
