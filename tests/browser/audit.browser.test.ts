// @clause 4.3
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { listRecords } from '../../src/modules/records/contract.ts'
import { openDemo } from './demo.ts'
import { chineseOn, held, sidewaysOf, visit } from './looking.ts'

let demo: Awaited<ReturnType<typeof openDemo>>
let record: { subjectId: number; recordId: number }

before(async () => {
  demo = await openDemo(20)
  await demo.filled()
  record = (await demo.ask(listRecords, { kind: 'penalty' } as never)).rows[0]!
  const water = await demo.openWindow({ as: 'water' })
  await visit(water, `/console/subjects/${record.subjectId}/records/${record.recordId}`)
  await visit(water, '/console/subjects')
  const [download] = await Promise.all([water.waitForEvent('download'), water.getByRole('button', { name: '导出', exact: true }).click()])
  assert.ok(readFileSync((await download.path())!, 'utf8').includes('名称'))
  await water.context().close()
})
after(() => demo?.close())

test('whoever may read the trail finds on subject and record who saw and who changed it, by person and day; nobody else is shown it', async () => {
  const page = await demo.openWindow({ as: 'auditor' })
  page.setDefaultTimeout(20_000)
  for (const path of [`/console/subjects/${record.subjectId}`, `/console/subjects/${record.subjectId}/records/${record.recordId}`]) {
    await visit(page, path)
    const list = page.getByRole('region', { name: '谁看过、谁改过' }).first()
    await list.getByRole('row', { name: /李志强.*水务.*(记录|主体)详情/ }).first().waitFor()
    await list.getByText('记录归集').first().waitFor()
    await list.getByRole('button', { name: '李志强 water' }).first().click()
    await list.getByText('记录归集').first().waitFor({ state: 'detached' })
  }
  await page.context().close()
  const credit = await demo.openWindow({ as: 'credit' })
  await visit(credit, `/console/subjects/${record.subjectId}`)
  assert.equal(await credit.getByText('谁看过、谁改过').count(), 0)
  await credit.context().close()
})

test('the trail says by what it is narrowed, and a filter is dropped by one press; an export of a page stands in it with its rows', async () => {
  const page = await demo.openWindow({ as: 'audit' })
  page.setDefaultTimeout(20_000)
  await visit(page, '/console/audit?kind=export&actor=officer:water')
  await page.getByRole('row', { name: /李志强.*登记页面导出/ }).waitFor()
  const rows = Number(await page.getByRole('row', { name: /登记页面导出/ }).locator('td.x-right').first().innerText())
  assert.ok(rows > 10, String(rows))
  const narrowed = page.getByRole('group', { name: '现在的条件' })
  await narrowed.getByRole('button', { name: '去掉条件：导出' }).click()
  await page.getByRole('row', { name: /记录详情/ }).first().waitFor()
  assert.ok(!page.url().includes('kind='))
  await page.getByRole('button', { name: '更多条件' }).click()
  await page.getByLabel('姓名或账号').fill('李志强')
  await page.keyboard.press('Enter')
  await page.getByRole('row', { name: /李志强 water.*登记页面导出/ }).first().waitFor()
  await page.getByRole('row', { name: /符晓岚/ }).first().waitFor({ state: 'detached' })
  await narrowed.getByRole('button', { name: '去掉条件：人员“李志强”' }).waitFor()
  await page.getByLabel('查找过的词').fill('没有人找过的词')
  await page.keyboard.press('Enter')
  await page.getByText('去掉上面的一个条件再看').waitFor()
  await narrowed.getByRole('button', { name: '全部清除' }).click()
  await page.getByRole('row', { name: /登录/ }).first().waitFor()
  await page.context().close()
})

test('trail and alarms pass axe, fit a phone and are English when asked', async () => {
  const wrong: string[] = []
  for (const path of ['/console/audit?department=water', '/console/alarms', '/console/alarms?all=true']) {
    const page = await demo.openWindow({ as: 'audit', english: true, viewport: { width: 390, height: 844 } })
    await visit(page, path)
    wrong.push(...await held(page, path), ...(await chineseOn(page)).map((words) => `${path}: ${words}`))
    if (await sidewaysOf(page) > 0) wrong.push(`${path} scrolls sideways`)
    await page.context().close()
  }
  assert.deepEqual(wrong, [])
  assert.deepEqual(demo.complaints, [])
})
