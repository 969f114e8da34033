// @clause 4.2, 4.4, 5.3, 6.1
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { decimal, scaled } from '../../src/kernel/money.ts'
import { getGrades } from '../../src/modules/grading/contract.ts'
import { listEntries } from '../../src/modules/evidence/contract.ts'
import { listRecords } from '../../src/modules/records/contract.ts'
import { listSubjects } from '../../src/modules/subjects/contract.ts'
import { getBatch, listBatches } from '../../src/modules/submissions/contract.ts'
import { openSheet, writeSheet } from '../../src/platform/sheets/index.ts'
import { openDemo } from './demo.ts'
import { chineseOn, held, sidewaysOf, visit } from './looking.ts'

const PENALISED = '三亚演示海棠湾餐饮管理有限公司'
const NUMBERS = ['9001', '9002', '9003', '9004', '9005'].map((number) => `琼三海市监罚〔2026〕${number}号`)

let demo: Awaited<ReturnType<typeof openDemo>>
let page: Page
/** The batch with the rejected rows, the business that was penalised, and its grades before. */
let batchId = 0
let subjectId = 0

before(async () => {
  demo = await openDemo(60, { fromNothing: true })
  page = await demo.openWindow()
  page.setDefaultTimeout(20_000)
})
after(() => demo?.close())

const go = (name: string) => page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name, exact: true }).click()

/** Drops a file on the page of imports, reads what it is recognised to be, and imports it as a department. Gives the batch. */
async function importThroughPage(path: string, kind: string, department: string): Promise<number> {
  await go('导入')
  const before = (await demo.ask(listBatches, { limit: 1 })).total
  await page.getByLabel(/把 XLSX 或 CSV 文件拖到这里/).setInputFiles(path)
  await page.getByText('尚未存入任何记录').waitFor()
  await page.getByRole('definition').filter({ hasText: new RegExp(`^${kind}$`) }).waitFor()
  assert.equal((await demo.ask(listBatches, { limit: 1 })).total, before, 'nothing is stored before the button is pressed')
  await page.getByLabel('报送部门').fill(department)
  await page.getByRole('option', { name: department }).first().waitFor({ state: 'attached' })
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.waitForURL(/\/imports\/\d+$/)
  await page.getByRole('heading', { name: /^读了 \d+ 行$/ }).waitFor()
  return Number(/\d+$/.exec(page.url())![0])
}

/** The figures of the result as the page shows them. */
async function resultShown(): Promise<Record<string, number>> {
  const words = await page.locator('dl.s-result > div').evaluateAll((parts) => parts.map((part) => [part.querySelector('dt')!.textContent, Number(part.querySelector('dd')!.textContent)]))
  return Object.fromEntries(words) as Record<string, number>
}

test('the desk opens while the demo district is filled, and says that all of it is fictional', async () => {
  let sent = 0
  page.on('requestfinished', (request) => void (/\.(js|css)$/.test(request.url()) && request.sizes().then(({ responseBodySize }) => (sent += responseBodySize))))
  await page.goto('/console', { waitUntil: 'networkidle' })
  await page.getByText('演示数据', { exact: true }).first().waitFor()
  await page.getByRole('heading', { name: '工作台' }).waitFor()
  assert.ok(sent > 50_000 && sent <= 450_000, `the first load of scripts and styles is ${Math.round(sent / 1000)} kB`)
  page.removeAllListeners('requestfinished')
  await demo.filled()
  await page.getByText(/所有主体、代码和决定均为虚构/).waitFor()
})

test('a register of subjects is recognised, then imported', async () => {
  await importThroughPage('docs/guide/samples/subjects.csv', '主体名录', '信用')
  assert.deepEqual(await resultShown(), { 新增: 3, 未变: 0, 更正: 0, 退回: 0 })
  const { rows: [found] } = await demo.ask(listSubjects, { find: PENALISED })
  subjectId = found!.subjectId
})

test('penalties with mistakes: two are taken in, three come back with the cell marked, the cause and what to do', async () => {
  const graded = async () => (await demo.ask(getGrades, { subjectId })).present.find(({ model }) => model === 'public-credit')
  for (let tries = 0; (await graded()) === undefined && tries < 50; tries += 1) await wait(100)
  const before = await graded()
  batchId = await importThroughPage('docs/guide/samples/penalties.xlsx', '行政处罚', '海棠区市场监督管理局')
  assert.deepEqual(await resultShown(), { 新增: 2, 未变: 0, 更正: 0, 退回: 3 })
  const rows = page.getByRole('region', { name: '问题行' })
  await rows.locator('td.s-wrong').nth(2).waitFor()
  assert.deepEqual(await rows.locator('td.s-wrong').allInnerTexts(), ['91460202XHYX00039A', '9.14602E+17', '（空）'])
  for (const problem of await rows.getByLabel('错误').locator('xpath=..').allInnerTexts()) assert.match(problem, /[：:].+→.+/s, 'cause → what to do')

  const { finishedAt } = await demo.ask(getBatch, { batchId })
  let now = await graded()
  for (let tries = 0; now!.gradeId === before!.gradeId && tries < 100; tries += 1) {
    await wait(100)
    now = await graded()
  }
  assert.notEqual(now!.grade, before!.grade)
  const late = now!.recordedAt.getTime() - finishedAt!.getTime()
  assert.ok(late < 1000, `the grade followed within a second, without a click: it took ${late} ms`)
})

test('the workbook of failed rows, corrected and imported again, doubles nothing', async () => {
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载失败行' }).click()
  const failed = join(demo.data, 'failed.xlsx')
  await (await saved).saveAs(failed)

  const cells: string[][] = []
  for await (const chunk of (await openSheet(failed, { name: 'failed.xlsx' })).rows) cells.push(...chunk.map((row) => row.cells.map((cell) => (cell === null ? '' : String(cell)))))
  const [headings, ...rows] = cells
  assert.equal(rows.length, 3)
  for (const [number, heading, value] of [['9003', '行政相对人代码_1', '91460202XHYX00039E'], ['9004', '行政相对人代码_1', '91460202XHYX00012N'], ['9005', '罚款金额', '3']] as const) {
    rows.find((row) => row.some((cell) => cell.includes(`〔2026〕${number}号`)))![headings!.findIndex((each) => each.startsWith(heading))] = value
  }
  const corrected = join(demo.data, 'corrected.xlsx')
  await writeFile(corrected, await buffer(writeSheet(headings!.map((heading) => ({ heading })), rows, { sheetName: '失败行' })))

  await importThroughPage(corrected, '行政处罚', '海棠区市场监督管理局')
  assert.deepEqual(await resultShown(), { 新增: 3, 未变: 0, 更正: 0, 退回: 0 })
  await importThroughPage(corrected, '行政处罚', '海棠区市场监督管理局')
  assert.deepEqual(await resultShown(), { 新增: 0, 未变: 3, 更正: 0, 退回: 0 })
  const { rows: records } = await demo.ask(listRecords, { find: '琼三海市监罚〔2026〕900', kind: 'penalty', limit: 50 })
  assert.deepEqual(records.map(({ documentNumber }) => documentNumber).sort(), NUMBERS)
})

test('the business shows its record as a time line, and a score whose lines add up, each with its article and the day on which it falls away', async () => {
  await go('主体')
  await page.getByLabel('查找主体', { exact: true }).fill('演示海棠湾')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: PENALISED }).click()
  await page.getByRole('heading', { name: PENALISED }).waitFor()
  await page.getByText('曾用名：三亚演示海棠湾海鲜餐厅有限公司').waitFor()

  const fact = page.getByRole('listitem').filter({ hasText: NUMBERS[0]! }).first()
  await fact.getByText('海棠区市场监督管理局').waitFor()
  await fact.getByRole('button', { name: /按时|迟 \d+ 个工作日/ }).waitFor()
  await fact.getByRole('img', { name: /公示中，还剩 \d+ 天/ }).waitFor()

  await page.getByRole('group', { name: '模型' }).getByRole('button', { name: /公共信用/ }).click()
  const score = page.getByRole('table', { name: /得分明细/ })
  await score.waitFor()
  const lines = await score.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.querySelector('td:last-child')!.textContent!.replace('−', '-').replace('+', '')))
  const total = lines.pop()!
  assert.ok(lines.length >= 3)
  assert.equal(decimal(lines.reduce((sum, points) => sum + scaled(points, 6)!, 0n), 6), total)
  assert.equal(await page.locator('.e-score').innerText(), total)
  await score.getByText(/不再计入\s*\d{4}-\d{2}-\d{2}/).first().waitFor()

  await score.getByRole('button', { name: /^依据：/ }).first().click()
  const article = page.getByRole('tooltip').filter({ has: page.locator('blockquote, div') }).first()
  assert.match(await article.innerText(), /法规|本机关政策|通行做法/)
  await page.keyboard.press('Escape')

  await page.getByRole('heading', { name: '等级带来什么' }).waitFor()
  await page.getByText('双随机抽查比例').first().waitFor()
  await page.getByText('检查频次').first().waitFor()
  await page.getByRole('heading', { name: '什么会改变它' }).waitFor()
})

test('the audit of the ledger says that all fits', async () => {
  await go('账本')
  await page.getByRole('button', { name: '开始核验' }).click()
  await page.getByRole('status').filter({ hasText: '全部吻合' }).waitFor({ timeout: 60_000 })
})

/** Every page with an address of its own, and the tabs behind it; lists are short, since one row is made as the next. */
async function addresses(): Promise<string[]> {
  const { rows: [record] } = await demo.ask(listRecords, { subjectId, kind: 'penalty', limit: 1 })
  const { rows: [entry] } = await demo.ask(listEntries, { limit: 1, name: 'record.filed' })
  return [
    '', '/work', '/imports?size=10', `/imports/${batchId}`, '/subjects?size=10', `/subjects/${subjectId}?model=public-credit`, '/records?size=10', `/subjects/${subjectId}/records/${record!.recordId}`, '/changes?size=10', '/league', '/models', '/models/market-regulation',
    '/models/market-regulation?tab=spread', '/models/market-regulation?tab=results&size=10', '/models/market-regulation?tab=evidence', '/organisation', '/security', '/policy?key=records%2Fpublicity-transition', '/policy?tab=texts', '/policy?tab=days', `/ledger?size=10&entry=${entry!.entryId}`, '/nowhere',
  ].map((path) => `/console${path}`)
}

test('every page on a desktop, light and in Chinese: nothing serious for people who use it with other means', { timeout: 300_000 }, async () => {
  const window = await demo.openWindow({ colorScheme: 'light' })
  const findings: string[] = []
  for (const path of await addresses()) {
    await visit(window, path)
    findings.push(...(await held(window, path)))
  }
  assert.deepEqual(findings, [])
})

test('every page on a phone, dark and in English: the same, no scrolling sideways, and no Chinese but names and data', { timeout: 300_000 }, async () => {
  const window = await demo.openWindow({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', english: true })
  const findings: string[] = []
  for (const path of await addresses()) {
    await visit(window, path)
    findings.push(...(await held(window, path)))
    const sideways = await sidewaysOf(window)
    if (sideways > 0) findings.push(`${path}: scrolls sideways by ${sideways} px`)
    findings.push(...(await chineseOn(window)).map((words) => `${path}: Chinese: ${words}`))
  }
  assert.deepEqual(findings, [])
})

test('no page failed, and none asked for what the content security policy forbids', () => {
  assert.deepEqual(demo.complaints.filter((complaint) => !complaint.startsWith('/console/nowhere')), [])
})
