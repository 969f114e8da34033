// @clause 12.1
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { usccFrom } from '../../../kernel/codes/index.ts'
import { writeWorkbook } from '../../../platform/sheets/index.ts'
import { HttpRefusal, startProgram } from '../../../../tests/support/program.ts'
import * as organisation from '../contract.ts'
import { LAYOUTS, type SheetKey } from './layout.ts'
import { readWorkbook } from './read.ts'

const program = await startProgram()
const folder = mkdtempSync(join(tmpdir(), 'xinheng-workbook-'))
after(async () => { await program.close(); rmSync(folder, { recursive: true, force: true }) })
const refuses = (code: string, status?: number) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code && (status === undefined || error.status === status)
const system = (await program.officer(['system-administrator'])).cookie
const security = (await program.officer(['security-administrator'])).cookie
const asSystem = { as: system }

type Rows = Partial<Record<SheetKey, (string | null)[][]>>
const workbook = (rows: Rows) => writeWorkbook(LAYOUTS.filter(({ key }) => rows[key]).map(({ key, name, columns }) => ({ name, columns: columns.map(({ heading }) => ({ heading })), rows: rows[key]! })))
const preview = async (rows: Rows) => program.call(organisation.previewImport, { name: '组织.xlsx' }, { upload: await workbook(rows), ...asSystem })
const apply = ({ file, plan }: Awaited<ReturnType<typeof preview>>) => program.call(organisation.applyImport, { file, plan, name: '组织.xlsx' }, asSystem)

const harbour: Rows = {
  departments: [
    ['harbour-patrol', '海棠区海岸巡查大队', 'Harbour Patrol', usccFrom('12460202', 'XHHP0001'), '部门', 'harbour', '水务', '否'],
    ['harbour', '海棠区海洋局', 'Ocean Bureau', usccFrom('11460202', 'XHHB0001'), '', '', '', ''],
  ],
  sections: [['harbour', 'law', '执法科', 'Law section']],
  posts: [['harbour', 'law', '科长', 'Head', '是', '执法检查人员、部门经办人'], ['harbour', null, '办事员', 'Clerk', '否', '']],
  officers: [['H001', '林海', 'harbour', '执法科', '科长', '2026-01-05', '琼B-9001', '2026-01-05', '2031-01-04', ''], ['H002', '王浪', 'harbour', null, '办事员', null, null, null, null, null]],
  duties: [['4', null, 'harbour', '配合', '是', '试点'], ['6', '水务', 'harbour-patrol', '牵头', '', '']],
}

test('a preview says of every row what it would do, and stores nothing', async () => {
  const seen = await preview(harbour)
  assert.deepEqual([seen.added, seen.changed, seen.same, seen.roles, seen.problems], [9, 0, 0, 2, []])
  assert.ok(!(await program.call(organisation.getOrganisation, {})).departments.some(({ key }) => key === 'harbour'))
})

test('what was shown is done in one act: departments above first, officers with posts and certificates, roles to be confirmed', async () => {
  const answer = await apply(await preview(harbour))
  assert.deepEqual([answer.added, answer.changed, answer.roles], [9, 0, 2])
  const { departments, sections, posts, duties } = await program.call(organisation.getOrganisation, {})
  assert.equal(departments.find(({ key }) => key === 'harbour-patrol')!.parent, 'harbour')
  assert.ok(sections.some(({ department, key }) => department === 'harbour' && key === 'law') && posts.some(({ zh, leads }) => zh === '科长' && leads))
  assert.ok(duties.some(({ clause, department, part, status }) => clause === '4' && department === 'harbour' && part === 'support' && status === 'confirmed'))
  const { rows } = await program.call(organisation.listOfficers, { department: 'harbour' })
  assert.deepEqual(rows.map(({ number, section, certificates, grants }) => [number, section, certificates.map((one) => one.number), grants.length]), [['H001', 'law', ['琼B-9001'], 0], ['H002', null, [], 0]], 'nobody holds a role before the security administrator says so')
  const proposals = (await program.call(organisation.listProposals, {}, { as: security })).rows.filter(({ number }) => number === 'H001')
  assert.deepEqual(proposals.map(({ role }) => role).sort(), ['department-officer', 'inspector'])
  for (const { proposalId } of proposals) await program.call(organisation.decideProposal, { proposalId, decision: 'confirmed' }, { as: security })
})

test('the same workbook again changes nothing, and says so', async () => {
  const again = await preview(harbour)
  assert.deepEqual([again.added, again.changed, again.same], [0, 0, 9])
  assert.equal((await apply(again)).importId, null)
})

test('a changed workbook changes what it says and leaves the rest: transfer, renewal, departure, another name', async () => {
  const changed: Rows = {
    departments: [['harbour', '海棠区海洋和渔业局', 'Ocean and Fishery Bureau', harbour.departments![1]![3]!, '部门', null, null, '否']],
    officers: [['H001', '林海', 'harbour', 'law', '科长', null, '琼B-9001', '2026-11-01', '2031-10-31', null], ['H002', '王浪', 'harbour', null, '办事员', null, null, null, null, '是'], ['H003', '新人', 'water', null, null, null, null, null, null, null]],
  }
  const seen = await preview(changed)
  assert.deepEqual([seen.added, seen.changed, seen.same], [1, 3, 0])
  assert.deepEqual(seen.rows.find(({ key }) => key === 'harbour')!.changes.map(({ field, from, to }) => [field.zh, from, to])[0], ['名称', '海棠区海洋局', '海棠区海洋和渔业局'])
  await apply(seen)
  const { rows } = await program.call(organisation.listOfficers, { department: 'harbour' })
  assert.equal(rows.find(({ number }) => number === 'H001')!.certificates[0]!.untilOn, '2031-10-31')
  assert.notEqual(rows.find(({ number }) => number === 'H002')!.leftOn, null)
})

test('a plan that no longer holds is not done: whoever looked at the preview decided about something else', async () => {
  const seen = await preview({ officers: [['H009', '后来', 'harbour', null, null, null, null, null, null, null]] })
  await program.call(organisation.appointOfficer, { number: 'H009', name: '后来', department: 'harbour' }, asSystem)
  await assert.rejects(apply(seen), refuses('organisation-import.changed', 409))
  await assert.rejects(apply({ ...seen, plan: 'made up' }), refuses('organisation-import.changed', 409))
})

test('every wrong row is told with cause and fix, and nothing is imported until all are mended', async () => {
  const seen = await preview({
    departments: [['Big', '甲', 'A', '1', '', '', '', ''], ['good-one', '乙', 'B', usccFrom('11460202', 'XHGD0001'), '公司', '', '', ''], ['good-one', '丙', 'C', usccFrom('11460202', 'XHGD0002'), '', 'nowhere', '渔业', '也许']],
    sections: [['nowhere', 'aa', '科', 'S'], ['harbour', 'X', '科', 'S']],
    posts: [['harbour', 'none', '岗', 'P', '', ''], ['harbour', '', '岗', 'P', '', '皇帝'], ['harbour', '', '会员', 'P', '', '行业协会工作人员']],
    officers: [['H001', '别人', 'harbour', '', '', '', '', '', '', ''], ['H002', '王浪', 'harbour', '', '', '', '', '', '', ''], ['H010', '甲', 'harbour', '', '没有的岗位', '', '', '', '', ''], ['H011', '甲', 'harbour', '', '', '昨天', '', '', '', ''], ['H012', '甲', 'harbour', '', '', '', '琼B-9001', '', '', ''], ['H013', '甲', 'harbour', '', '', '', '', '2026-01-01', '', ''], ['H014', '', 'harbour', '', '', '', '', '', '', '']],
    duties: [['15', '', 'harbour', '牵头', '', ''], ['4', '', 'harbour', '围观', '', '']],
  })
  const told = seen.problems.map(({ sheet, row, field }) => `${sheet}/${row}/${field}`)
  assert.deepEqual(told, ['departments/2/key', 'departments/3/kind', 'departments/4/null', 'duties/2/clause', 'duties/3/part', 'officers/2/number', 'officers/3/number', 'officers/4/post', 'officers/5/joinedOn', 'officers/6/certificate', 'officers/7/certificate', 'officers/8/name',
    'posts/2/section', 'posts/3/roles', 'posts/4/roles', 'sections/2/department', 'sections/3/key'])
  for (const { message, fix } of seen.problems) assert.ok(message.zh && message.en && fix.zh && fix.en)
  await assert.rejects(apply(seen), refuses('organisation-import.problems', 409))
  const path = join(folder, 'problems.xlsx')
  writeFileSync(path, await program.download(organisation.downloadImportProblems, { file: seen.file, sheet: 'officers' }, asSystem))
  const back = await readWorkbook(path, 'problems.xlsx')
  assert.equal(back.rows.length, 7, 'the rows with problems come back in the same layout')
})

test('what is exported can be imported as it is, and changes nothing; the template holds the five sheets', async () => {
  const path = join(folder, 'out.xlsx')
  writeFileSync(path, await program.download(organisation.downloadOrganisation, {}, asSystem))
  const seen = await program.call(organisation.previewImport, { name: 'out.xlsx' }, { upload: readFileSync(path), ...asSystem })
  assert.deepEqual([seen.problems, seen.added, seen.changed], [[], 0, 0])
  assert.ok(seen.same > 30)
  writeFileSync(path, await program.download(organisation.downloadOrganisation, { empty: 'true' }, asSystem))
  assert.deepEqual(await readWorkbook(path, 'template.xlsx'), { rows: [], problems: [] })
})

test('what is no workbook of an organisation is refused with the way out', async () => {
  const none = await writeWorkbook([{ name: '别的', columns: [{ heading: '甲' }], rows: [['乙']] }])
  await assert.rejects(program.call(organisation.previewImport, { name: 'a.xlsx' }, { upload: none, ...asSystem }), refuses('organisation-import.no-sheet'))
  const headings = await writeWorkbook([{ name: '人员', columns: [{ heading: '甲' }], rows: [['乙']] }])
  await assert.rejects(program.call(organisation.previewImport, { name: 'a.xlsx' }, { upload: headings, ...asSystem }), refuses('organisation-import.headings'))
})
