import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { TestContext } from 'node:test'
import { parse } from 'yaml'
import { usccFrom } from '../../../../kernel/codes/index.ts'
import { day } from '../../../../kernel/day.ts'
import { openSheet, writeSheet } from '../../../../platform/sheets/index.ts'
import type { Cell, SheetRow, SheetValue } from '../../../../platform/sheets/index.ts'
import { kindTableFrom, readRow, recogniseHeadings, standardFrom } from '../index.ts'
import type { IntakeContext, Recognition, RowRead } from '../index.ts'

const policy = join(import.meta.dirname, '../../../../../policy/national')
const data = (name: string) => parse(readFileSync(join(policy, `${name}.yaml`), 'utf8'))

export const licenceStandard = standardFrom(data('standards/administrative-licence'))
export const penaltyStandard = standardFrom(data('standards/administrative-penalty'))
export const subjectStandard = standardFrom(data('standards/subject'))
export const publicGradeStandard = standardFrom(data('standards/public-grade'))
export const standards = [licenceStandard, penaltyStandard, subjectStandard, publicGradeStandard]

export const context: IntakeContext = {
  receivedOn: day('2026-11-22'), earliestDecision: day('2023-05-01'),
  penaltyKinds: kindTableFrom(data('penalty-kinds')), licenceKinds: kindTableFrom(data('licence-kinds')), sectors: kindTableFrom(data('sectors')),
}

export const FIRM = usccFrom('91460200', 'MA5T0X12')
export const SHOP = usccFrom('92460202', 'MA5T0X3A')
export const BUREAU = usccFrom('11460202', 'MB9XH001')

/** A penalty as a careful department sends it, by field id. */
export const PENALTY: Readonly<Record<string, SheetValue>> = {
  CF_XDR_MC: '三亚海棠湾镕鑫商贸有限公司', CF_XDR_LB: '法人及非法人组织', CF_XDR_SHXYM: FIRM, CF_FRDB: '陈海生', CF_WSH: '三海综执罚决字〔2026〕第12号', CF_WFXW: '超范围经营',
  CF_SY: '当事人于2026年2月超出登记的经营范围从事经营活动。', CF_YJ: '《市场主体登记管理条例》', CF_CFLB: '警告;罚款', CF_NR: '警告，并处罚款人民币5000元', CF_NR_FK: '0.5',
  CF_JDRQ: '2026-03-05', CF_YXQ: '2027-03-05', CF_CFJG: '海棠区市场监督管理局', CF_CFJGDM: BUREAU, CF_SJLY: '海棠区市场监督管理局', CF_SJLYDM: BUREAU,
}

/** A licence as a careful department sends it. */
export const LICENCE: Readonly<Record<string, SheetValue>> = {
  XK_XDR_MC: '海棠湾林旺小食店', XK_XDR_LB: '个体工商户', XK_XDR_SHXYM: SHOP, XK_FRDB: '林小燕', XK_XKWS: '食品经营许可决定书', XK_WSH: '海食许〔2026〕33号', XK_XKLB: '普通', XK_NR: '热食类食品制售',
  XK_JDRQ: '2026-10-08', XK_YXQZ: '2026-10-08', XK_YXQZI: '2031-10-07', XK_XKJG: '海棠区市场监督管理局', XK_XKJGDM: BUREAU, XK_ZT: '1', XK_LYDW: '海棠区市场监督管理局', XK_LYDWDM: BUREAU,
}

/** A row of the register as a careful officer sends it. */
export const SUBJECT: Readonly<Record<string, SheetValue>> = { ZT_TYSHXYDM: FIRM, ZT_MC: '三亚海棠湾镕鑫商贸有限公司', ZT_LX: '企业', ZT_ZT: '存续', ZT_HYDM: 'F52', ZT_LY: '市场监管；旅游', ZT_CLRQ: '2019-04-01' }

/** A file read to its end: what it was recognised to be, and each row below the headings with its number. */
export type Imported = { readonly recognition: Recognition; readonly rows: readonly (RowRead & { readonly number: number; readonly cells: readonly Cell[] })[] }

/** Reads a file as an import does. */
export async function imported(path: string, given: Partial<IntakeContext> = {}): Promise<Imported> {
  const sheet = await openSheet(path, { name: 'test' })
  const all: SheetRow[] = []
  for await (const chunk of sheet.rows) all.push(...chunk)
  const recognition = recogniseHeadings(all, standards)
  const { standard, headingRow, columns } = recognition
  if (standard === null) return { recognition, rows: [] }
  const rows = all.filter((row) => row.number > headingRow!).map((row) => ({ ...readRow(row.cells, columns, standard, { ...context, ...given }), number: row.number, cells: row.cells }))
  return { recognition, rows }
}

/** Reads a table (first the headings) sent as a workbook. */
export async function importedWorkbook(test: TestContext, table: readonly (readonly SheetValue[])[], given: Partial<IntakeContext> = {}): Promise<Imported> {
  const [first, ...rest] = table
  const width = Math.max(...table.map((row) => row.length))
  const columns = Array.from({ length: width }, (_, at) => ({ heading: String(first![at] ?? ''), kind: 'number' as const }))
  const path = join(folder(test), 'f')
  await pipeline(writeSheet(columns, rest, { sheetName: 's' }), createWriteStream(path))
  return imported(path, given)
}

/** Reads a text sent as CSV. */
export function importedText(test: TestContext, text: string | Uint8Array, given: Partial<IntakeContext> = {}): Promise<Imported> {
  const path = join(folder(test), 'f')
  writeFileSync(path, text)
  return imported(path, given)
}

/** Reads one row given by field ids. */
export function oneRow(row: Readonly<Record<string, Cell | number | undefined>>, given: Partial<IntakeContext> = {}): RowRead {
  const ids = Object.keys(row)
  const standard = ids.some((id) => id.startsWith('CF_')) ? penaltyStandard : ids.some((id) => id.startsWith('XK_')) ? licenceStandard : ids.some((id) => id.startsWith('PJ_')) ? publicGradeStandard : subjectStandard
  const cells = ids.map((id): Cell => { const cell = row[id]; return typeof cell === 'number' ? { number: cell, text: String(cell) } : (cell ?? null) })
  return readRow(cells, new Map(ids.map((id, at) => [id, { columns: [at], unit: 'wan-yuan' as const }])), standard, { ...context, ...given })
}

/** The codes of the problems of a row, errors first. */
export function codesOf(row: RowRead): string[] {
  return [...row.problems].sort((one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning')).map(({ code, field }) => (field ? `${code} ${field}` : code))
}

/** A folder for the files of one test, removed at its end. */
export function folder(test: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'intake-'))
  test.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}
