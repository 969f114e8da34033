// @clause X.4, 4.8
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { listClaims } from '../../src/modules/agents/contract.ts'
import { listObjections } from '../../src/modules/objections/contract.ts'
import { listRecords } from '../../src/modules/records/contract.ts'
import { getSubject } from '../../src/modules/subjects/contract.ts'
import { openDemo } from './demo.ts'

let demo: Awaited<ReturnType<typeof openDemo>>
let phone: Page
let uscc = ''
let name = ''

before(async () => {
  demo = await openDemo(60)
  await demo.filled()
  const { rows } = await demo.ask(listRecords, { kind: 'penalty', department: 'market-regulation', limit: 50 })
  const taken = new Set([...(await demo.ask(listObjections, {})).rows, ...(await demo.ask(listClaims, {})).rows].map(({ subjectId }) => subjectId))
  const subject = await demo.ask(getSubject, { subjectId: rows.find(({ subjectId }) => !taken.has(subjectId))!.subjectId })
  uscc = subject.uscc!
  name = subject.name
  phone = await demo.openWindow({ as: null, viewport: { width: 390, height: 844 } })
  phone.setDefaultTimeout(20_000)
})
after(() => demo?.close())

/** Fits the phone, and axe finds nothing. */
async function looks(): Promise<void> {
  assert.equal(await phone.evaluate('document.documentElement.scrollWidth'), 390)
  assert.deepEqual((await new AxeBuilder({ page: phone }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()).violations.map(({ id }) => id), [])
}

test('somebody registers on a phone and claims a business with a photo', async () => {
  await phone.goto('/my')
  await phone.getByText('没有账号，先注册').click()
  await looks()
  await phone.getByLabel('姓名').fill('王芳')
  await phone.getByLabel('用户名').fill('wang.fang')
  await phone.getByLabel('密码').fill('Sommer-Regen-7')
  await phone.getByRole('button', { name: '注册并登录' }).click()
  await phone.getByLabel('统一社会信用代码').fill(uscc)
  await phone.getByLabel('证明材料').setInputFiles({ name: '营业执照.png', mimeType: 'image/png', buffer: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') })
  await phone.getByText('✓ 营业执照.png').waitFor()
  await looks()
  await phone.getByRole('button', { name: '提交认领' }).click()
  await phone.getByText('等待核对').waitFor()
})

test('an officer of the credit office confirms it in the console', async () => {
  const desk = await demo.openWindow()
  await desk.goto('/console/claims')
  await desk.getByRole('row', { name: /王芳/ }).getByRole('link').click()
  await desk.getByRole('button', { name: '核准', exact: true }).click()
  await desk.getByText('已核准').first().waitFor()
})

test('the business sees its record and objects to what is wrong', async () => {
  await phone.reload()
  await phone.getByText('信用记录（').waitFor()
  await looks()
  await phone.getByRole('button', { name: /对记录 .* 提出异议/ }).first().click()
  await phone.getByLabel('哪里有误，为什么').fill('处罚决定已被撤销')
  await phone.getByLabel('希望怎样处理').fill('请撤回该记录')
  await phone.getByRole('button', { name: '提交异议' }).click()
  await phone.getByText('核查中').waitFor()
  await looks()
})

test('the credit office declines with its words, and the business reads them', async () => {
  const desk = await demo.openWindow()
  await desk.goto('/console/objections')
  await desk.getByRole('main').getByRole('link', { name }).click()
  await desk.getByLabel('意见').fill('请先向作出决定的机关申请撤销')
  await desk.getByRole('button', { name: '不予受理' }).click()
  await desk.getByText('请先向作出决定的机关申请撤销').first().waitFor()
  await phone.reload()
  await phone.getByRole('button', { name: '异议与说明' }).click()
  await phone.getByText('请先向作出决定的机关申请撤销').waitFor()
  await phone.getByRole('button', { name: '消息 2 条未读' }).click()
  await phone.getByText('异议（记录').waitFor()
  await looks()
  await phone.getByRole('button', { name: '全部标为已读' }).click()
  await phone.getByRole('heading', { name: '消息', exact: true }).waitFor()
})

test('in the demo one click signs in as a legal representative or an agent of a business, whose objections stand in several states', async () => {
  for (const person of ['法定代表人', '经办人：']) {
    const page = await demo.openWindow({ as: null })
    await page.goto('/console')
    await page.getByRole('region', { name: '演示角色' }).getByRole('button', { name: person }).click()
    await page.waitForURL('**/my')
    await page.getByText('信用记录（').waitFor()
    await page.getByRole('button', { name: '异议与说明' }).click()
    for (const state of ['核查中', '已核查', '不予受理']) await page.getByText(state).first().waitFor()
    await page.context().close()
  }
})

test('the legal representative ends an agent’s mandate: the agent’s open page shows the business no more, and says why', async () => {
  const [owner, agent] = [await demo.openWindow({ as: 'demo.owner' }), await demo.openWindow({ as: 'demo.agent', viewport: { width: 390, height: 844 } })]
  await agent.goto('/my')
  await agent.getByText('信用记录（').waitFor()
  await owner.goto('/my')
  await owner.getByRole('button', { name: '经办人', exact: true }).click()
  await owner.getByRole('button', { name: '终止 林晓梅 的授权' }).click()
  await owner.getByRole('button', { name: '确定终止' }).click()
  await owner.getByText('已终止或到期：林晓梅').waitFor()
  await agent.getByText('您还没有可代办的企业').waitFor()
  assert.equal(await agent.getByText('信用记录（').count(), 0)
  await agent.getByRole('button', { name: /消息/ }).click()
  await agent.getByText('授权已被终止，您不再能代办').waitFor()
  assert.equal(await agent.getByText('异议（').count(), 0, 'nothing of the business among the notices')
})

test('people of an association and of a credit agency land on a page of their own, find what is public of their sector, and have no console', async () => {
  for (const [person, organisation] of [['韦海霞', '海棠湾酒店行业协会'], ['曾立', '海南演示信用服务有限公司']] as const) {
    const page = await demo.openWindow({ as: null, viewport: { width: 390, height: 844 } })
    await page.goto('/console')
    await page.getByRole('region', { name: '演示角色' }).getByRole('button', { name: person }).click()
    await page.waitForURL('**/my')
    await page.getByRole('heading', { name: '协会与服务机构' }).waitFor()
    await page.getByText(organisation).waitFor()
    await page.getByText(/^共 \d+ 家$/).waitFor()
    await page.getByLabel('名称或统一社会信用代码').fill('有限公司')
    await page.keyboard.press('Enter')
    await page.getByRole('listitem').first().waitFor()
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390)
    assert.deepEqual((await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()).violations.map(({ id }) => id), [])
    await page.goto('/console/subjects')
    await page.waitForURL('**/my')
    for (const path of ['/api/subjects', '/api/records', '/api/work', '/api/organisation']) assert.equal((await page.request.get(path)).status(), 403, path)
    await page.context().close()
  }
})

test('the first load of the space is light: what a phone fetches of scripts, styles and pages stays within 250 kB', async () => {
  const page = await demo.openWindow({ as: null, viewport: { width: 390, height: 844 } })
  const loaded: Promise<number>[] = []
  page.on('response', (response) => {
    if (['script', 'stylesheet', 'document'].includes(response.request().resourceType())) loaded.push(response.body().then((body) => gzipSync(body).length))
  })
  await page.goto('/my', { waitUntil: 'networkidle' })
  const bytes = (await Promise.all(loaded)).reduce((sum, one) => sum + one, 0)
  assert.ok(bytes > 20_000 && bytes <= 250_000, `${bytes} bytes`)
})
