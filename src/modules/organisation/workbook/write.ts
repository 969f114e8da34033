// @clause 12.1
import { Readable } from 'node:stream'
import { writeMarkedSheet, writeWorkbook, type SheetValue } from '../../../platform/sheets/index.ts'
import type { FileAnswer } from '../../../platform/http/index.ts'
import type { Standing } from './draft.ts'
import { KINDS, LAYOUTS, layoutOf, PARTS, type SheetKey } from './layout.ts'
import type { ReadWorkbook, RowProblem } from './read.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const yes = (value: boolean): string => (value ? '是' : '否')

/** The organisation as it stands, in the layout in which it is imported; null: the empty template. A last sheet says what goes into each column. */
export async function organisationWorkbook(standing: Standing | null): Promise<FileAnswer> {
  const values = standing ? valuesOf(standing) : null
  const sheets = LAYOUTS.map(({ key, name, columns }) => ({ name, columns: columns.map(({ heading }) => ({ heading })), rows: values?.[key] ?? [] }))
  const help = LAYOUTS.flatMap(({ name, columns }) => columns.map(({ heading, required, hint }) => [name, heading, required ? '必填' : '', hint]))
  const bytes = await writeWorkbook([...sheets, { name: '填写说明', columns: ['工作表', '列', '必填', '怎么填'].map((heading) => ({ heading })), rows: help }])
  return { fileName: standing ? '组织机构.xlsx' : '组织机构-模板.xlsx', contentType: XLSX, stream: Readable.from([bytes], { objectMode: false }) }
}

function valuesOf({ departments, sections, posts, officers, certificates, duties }: Standing): Record<SheetKey, SheetValue[][]> {
  const standing = new Set(departments.filter(({ closedOn }) => closedOn === null).map(({ key }) => key))
  const open = <Row extends { readonly department: string }>(rows: readonly Row[]) => rows.filter(({ department }) => standing.has(department))
  return {
    departments: departments.filter(({ key }) => standing.has(key)).map(({ key, zh, en, uscc, kind, parent, sector, role }) => [key, zh, en, uscc, KINDS[kind], parent, sector, yes(role === 'credit-office')]),
    sections: open(sections).filter(({ closedOn }) => closedOn === null).map(({ department, key, zh, en }) => [department, key, zh, en]),
    posts: open(posts).filter(({ closedOn }) => closedOn === null).map(({ department, section, zh, en, leads, roles }) => [department, section, zh, en, yes(leads), roles.join('、')]),
    officers: open(officers).filter(({ leftOn }) => leftOn === null).map(({ officerId, number, name, department, section, post, joinedOn }) => {
      const held = certificates.findLast((one) => one.officerId === officerId && one.withdrawnOn === null)
      return [number, name, department, section, post, joinedOn, held?.number, held?.issuedOn, held?.untilOn, '否']
    }),
    duties: open(duties).filter(({ part }) => part !== 'ended').map(({ clause, sector, department, part, status, note }) => [clause, sector, department, PARTS[part], yes(status === 'confirmed'), note]),
  }
}

/** The rows of a sheet with problems, the wrong cells coloured, cause and fix beside them in both languages (问题行). */
export function problemsSheet(sheet: SheetKey, { rows }: ReadWorkbook, problems: readonly RowProblem[]): FileAnswer {
  const { name, columns } = layoutOf(sheet)
  const own = problems.filter((one) => one.sheet === sheet)
  const lines = (list: readonly RowProblem[], say: (one: RowProblem) => string) => list.map(say).join('\n')
  const values = rows.filter((one) => one.sheet === sheet && own.some(({ row }) => row === one.row)).map(({ row, cells }) => {
    const wrong = own.filter((one) => one.row === row)
    return {
      values: [...columns.map(({ field }) => cells[field] ?? null), String(row), lines(wrong, ({ message }) => `${message.zh}\n${message.en}`), lines(wrong, ({ fix }) => `${fix.zh}\n${fix.en}`)],
      marked: new Set(columns.flatMap(({ field }, at) => (wrong.some((one) => one.field === field) ? [at] : []))),
    }
  })
  const headings = [...columns.map(({ heading }) => ({ heading })), { heading: '原行号' }, { heading: '问题', width: 50, kind: 'mark' as const }, { heading: '怎么改', width: 50, kind: 'mark' as const }]
  return { fileName: `组织机构-${name}-问题行.xlsx`, contentType: XLSX, stream: writeMarkedSheet(headings, values, { sheetName: name }) }
}
