// @clause X.4, 12.1
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from '@playwright/test'
import { listBatches } from '../../src/modules/submissions/contract.ts'
import { openDemo } from './demo.ts'

// The newcomer's walk as six people of the district, each through the page to sign in: what each finds, does, and must not see.

let demo: Awaited<ReturnType<typeof openDemo>>
let batchId = 0
const PENALISED = '三亚演示海棠湾餐饮管理有限公司'

before(async () => {
  demo = await openDemo(60)
  await demo.filled()
})
after(() => demo?.close())

/** Signs in by one click as a person of the demo. */
async function signIn(person: string): Promise<Page> {
  const page = await demo.openWindow({ as: null })
  page.setDefaultTimeout(20_000)
  await page.goto('/console')
  await page.getByRole('region', { name: '演示角色' }).getByRole('button', { name: person }).click()
  await page.getByRole('heading', { name: '工作台' }).waitFor()
  return page
}

const placesOf = (page: Page) => page.getByRole('navigation', { name: '主导航' }).getByRole('link').allInnerTexts()
const go = (page: Page, name: string) => page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name, exact: true }).click()

async function importAs(page: Page, path: string, department: string): Promise<void> {
  await go(page, '导入')
  await page.getByLabel(/把 XLSX 或 CSV 文件拖到这里/).setInputFiles(path)
  await page.getByText('尚未存入任何记录').waitFor()
  await page.getByLabel('报送部门').fill(department)
  await page.getByRole('option', { name: department }).first().waitFor({ state: 'attached' })
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.waitForURL(/\/imports\/\d+$/)
  await page.getByRole('heading', { name: /^读了 \d+ 行$/ }).waitFor()
}

test('the credit office takes in the register of subjects', async () => {
  const page = await signIn('符晓岚')
  await importAs(page, 'docs/guide/samples/subjects.csv', '信用')
  await page.context().close()
})

test('a department\'s officer sends penalties in, finds the rejected ones on the work list, takes them, and comes to the rows by one click', async () => {
  const page = await signIn('陈雨')
  await importAs(page, 'docs/guide/samples/penalties.xlsx', '海棠区市场监督管理局')
  batchId = Number(/\d+$/.exec(page.url())![0])
  await go(page, '待办')
  const item = page.getByRole('listitem').filter({ hasText: 'penalties.xlsx：3 项决定被退回' })
  await item.getByRole('button', { name: '认领' }).click()
  await item.getByText('陈雨').waitFor()
  await item.getByRole('link', { name: /^改正这一批/ }).click()
  await page.waitForURL(new RegExp(`/imports/${batchId}$`))
  await page.getByRole('region', { name: '问题行' }).locator('td.s-wrong').nth(2).waitFor()
  await page.context().close()
})

test('the head of the department sees who is in charge of what, and gives it to somebody else', async () => {
  const page = await signIn('吴清')
  await go(page, '待办')
  await page.getByText('本部门', { exact: false }).first().click()
  const item = page.getByRole('listitem').filter({ hasText: 'penalties.xlsx' })
  await item.getByText('陈雨').waitFor()
  await item.getByRole('button', { name: '指派' }).click()
  await page.locator('.ant-select-item-option').filter({ hasText: '周浩' }).click()
  await item.getByText('周浩').waitFor()
  assert.ok(!(await placesOf(page)).includes('账号'))
  await page.context().close()
})

test('another department\'s officer sees nothing of that file: not in the lists, not by its address', async () => {
  const page = await signIn('李志强')
  await page.goto(`/console/imports/${batchId}`)
  await page.getByRole('alert').waitFor()
  assert.doesNotMatch(await page.locator('main').innerText(), /penalties\.xlsx|9003/)
  await go(page, '待办')
  await page.getByRole('heading', { name: '事项' }).waitFor()
  assert.equal(await page.getByText('penalties.xlsx').count(), 0)
  await go(page, '导入')
  await page.getByRole('heading', { name: '最近导入' }).waitFor()
  assert.equal(await page.getByText('penalties.xlsx').count(), 0)
  assert.ok((await demo.ask(listBatches, { limit: 1 })).total > 0)
  await page.context().close()
})

test('the window finds a business and what its grade means at the counter, and no import, model or ledger', async () => {
  const page = await signIn('林小雅')
  const places = await placesOf(page)
  assert.deepEqual(['导入', '模型', '账本'].filter((name) => places.includes(name)), [])
  await go(page, '主体')
  await page.getByLabel('查找主体', { exact: true }).fill('演示海棠湾')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: PENALISED }).click()
  await page.getByRole('heading', { name: PENALISED }).waitFor()
  await page.getByRole('heading', { name: '等级带来什么' }).waitFor()
  assert.equal(await page.getByRole('button', { name: /撤回/ }).count(), 0)
  await page.goto('/console/models')
  await page.getByText('您的岗位不能打开这个页面').waitFor()
  await page.goto('/console')
  await page.getByRole('heading', { name: '工作台' }).waitFor()
  await page.context().close()
})

test('the security administrator touches no business data: no place for it, and the address of a business is refused', async () => {
  const page = await signIn('何静')
  const places = await placesOf(page)
  assert.deepEqual(['导入', '主体', '记录', '等级变动', '模型', '账本'].filter((name) => places.includes(name)), [])
  await page.goto('/console/subjects/1')
  await page.getByText('您的岗位不能打开这个页面').waitFor()
  assert.doesNotMatch(await page.locator('main').innerText(), /有限公司|处罚/)
  await page.goto('/console')
  await page.getByRole('heading', { name: '工作台' }).waitFor()
  await page.context().close()
})

test('after signing out, going back or pasting the address shows nothing', async () => {
  const page = await signIn('陈雨')
  await page.goto(`/console/imports/${batchId}`)
  await page.getByText('penalties.xlsx').first().waitFor()
  await page.getByRole('button', { name: /陈雨/ }).click()
  await page.getByRole('menuitem', { name: '退出' }).click()
  await page.getByRole('region', { name: '演示角色' }).waitFor()
  await page.goBack()
  await page.getByRole('region', { name: '演示角色' }).waitFor()
  assert.equal(await page.getByText('penalties.xlsx').count(), 0)
  await page.goto(`/console/imports/${batchId}`)
  await page.getByRole('region', { name: '演示角色' }).waitFor()
  assert.equal(await page.getByText('penalties.xlsx').count(), 0)
  await page.context().close()
})

test('without a mouse: sign in, find a business, read an article, and come to the next act on the work list', async () => {
  const page = await demo.openWindow({ as: null })
  page.setDefaultTimeout(20_000)
  await page.goto('/console')
  await page.getByRole('region', { name: '演示角色' }).waitFor()
  for (let steps = 0; steps < 60 && !(await focused(page)).includes('陈雨'); steps += 1) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '工作台' }).waitFor()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('演示海棠湾')
  await page.getByRole('option').filter({ hasText: PENALISED }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: PENALISED }).waitFor()
  await page.getByRole('table', { name: /得分明细/ }).waitFor()
  for (let steps = 0; steps < 150 && !(await focused(page)).startsWith('依据'); steps += 1) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('tooltip').first().waitFor()
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('待办')
  await page.getByRole('option').filter({ hasText: '待办' }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '事项' }).waitFor()
  for (let steps = 0; steps < 60 && !(await focused(page)).startsWith('改正这一批'); steps += 1) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/imports\/\d+$/)
  await page.context().close()
})

const focused = (page: Page) => page.evaluate('document.activeElement === document.body ? "" : document.activeElement.textContent.trim()') as Promise<string>

test('no page failed, and none asked for what the content security policy forbids', () => {
  assert.deepEqual(demo.complaints.filter((complaint) => !/status of 40[134]/.test(complaint)), [])
})
