// @clause 12.1
import { createHash } from 'node:crypto'
import type { PolicyBook } from '../../../engines/policy/index.ts'
import { canonicalJson, type Json } from '../../../kernel/json.ts'
import { sectorsOf } from '../organisation.ts'
import { rolesOf } from '../roles.ts'
import type { Draft, PlannedRow, Standing, Step } from './draft.ts'
import type { SheetKey } from './layout.ts'
import { planOfficers } from './plan-officers.ts'
import { planDepartments, planDuties, planPosts, planSections } from './plan-parts.ts'
import type { ReadWorkbook, RowProblem } from './read.ts'

/** 导入计划: what would be done, what becomes of every row, what is wrong. `digest` is of all that would be done. */
export type Plan = { readonly steps: readonly Step[]; readonly rows: readonly PlannedRow[]; readonly problems: readonly RowProblem[]; readonly digest: string; readonly roles: number }

/** Compares a workbook with the organisation as it stands. Pure: nothing is stored. */
export function planOf(policy: PolicyBook, standing: Standing, { rows, problems }: ReadWorkbook): Plan {
  const draft: Draft = {
    standing, sectors: new Map(sectorsOf(policy).flatMap(({ key, zh, en }) => [[key, key], [zh, key], [en.toLowerCase(), key]])),
    roles: new Map(rolesOf(policy).roles.filter(({ kind }) => kind !== 'base').flatMap((role) => [[role.key, role], [role.zh, role]])),
    departments: new Map(standing.departments.filter(({ closedOn }) => closedOn === null).map((one) => [one.key, one])),
    sections: standing.sections.filter(({ closedOn }) => closedOn === null), posts: standing.posts.filter(({ closedOn }) => closedOn === null),
    steps: [], rows: [], problems: [...problems], roleCount: 0,
  }
  // A row in which a needed cell is missing is told so once, and looked at no further.
  const wrong = new Set(problems.map(({ sheet, row }) => `${sheet}/${row}`))
  const of = (sheet: SheetKey) => rows.filter((one) => one.sheet === sheet && !wrong.has(`${sheet}/${one.row}`))
  planDepartments(draft, of('departments'))
  planSections(draft, of('sections'))
  planPosts(draft, of('posts'))
  planOfficers(draft, of('officers'))
  planDuties(draft, of('duties'))
  const digest = createHash('sha256').update(canonicalJson(JSON.parse(JSON.stringify(draft.steps)) as Json)).digest('hex')
  return { steps: draft.steps, rows: draft.rows, problems: draft.problems.toSorted((one, other) => one.sheet.localeCompare(other.sheet) || one.row - other.row), digest, roles: draft.roleCount }
}
