// @clause X.4
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Page } from '@playwright/test'
import { demoSignIn } from '../../src/app/demo/contract.ts'
import { listRecords } from '../../src/modules/records/contract.ts'
import { listSubjects } from '../../src/modules/subjects/contract.ts'
import { getBatch } from '../../src/modules/submissions/contract.ts'
import { openDemo } from './demo.ts'

let demo: Awaited<ReturnType<typeof openDemo>>
let page: Page

before(async () => {
  demo = await openDemo(20)
  page = await demo.openWindow()
  page.setDefaultTimeout(20_000)
  await demo.filled()
})
after(() => demo?.close())

/** Signs this browser in as another person of the demo: what another tab would do. */
async function signInAs(window: Page, userName: string): Promise<void> {
  const answer = await fetch(`${demo.base}/api${demoSignIn.path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ userName }) })
  const [name, value] = answer.headers.get('set-cookie')!.split(';')[0]!.split('=') as [string, string]
  await window.context().addCookies([{ name, value, url: demo.base }])
}

const INTRUDES = `
  const place = document.createElement('div')
  place.innerHTML = '<style>h1 { outline: 7px solid red }</style><b style="outline: 5px solid red">x</b><img src="x" onerror="globalThis.ran = true"><base href="https://evil.example">'
  document.body.append(place)
  const script = document.createElement('script')
  script.textContent = 'globalThis.ran = true'
  document.body.append(script)
  new Promise((resolve) => setTimeout(() => resolve([globalThis.ran ?? false, getComputedStyle(place.querySelector('b')).outlineWidth === '5px', getComputedStyle(document.querySelector('h1')).outlineWidth === '7px', document.baseURI.includes('evil')]), 300))`

test('the page runs and shows only what lies on this server: no script, no style and no style attribute of a text that became markup', async () => {
  const answer = await page.goto('/console', { waitUntil: 'networkidle' })
  const policy = answer!.headers()['content-security-policy']!
  assert.doesNotMatch(policy, /unsafe-/)
  for (const part of ["default-src 'none'", "script-src 'self'", "style-src-attr 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "object-src 'none'"]) assert.ok(policy.includes(part), part)
  assert.notEqual(policy, (await page.request.get('/console')).headers()['content-security-policy'], 'each showing has a nonce of its own')
  await page.getByRole('heading', { name: '工作台' }).waitFor()
  assert.equal(await page.evaluate(`getComputedStyle(document.querySelector('.c-side')).position`), 'sticky')
  const other = await demo.openWindow()
  await other.goto('/console/security', { waitUntil: 'networkidle' })
  assert.ok(parseInt(String(await other.evaluate(`getComputedStyle(document.querySelector('.ant-btn-primary')).borderRadius`))) > 0, "the kit's own styles are taken")
  assert.deepEqual(demo.complaints, [])
  const ran = await other.evaluate(INTRUDES)
  assert.deepEqual(ran, [false, false, false, false])
  demo.complaints.length = 0
})

test('a session that ends under an open form asks to sign in over it, and nothing that was typed is lost', async () => {
  const window = await demo.openWindow()
  await signInAs(window, 'credit')
  await window.goto('/console/security')
  await window.getByLabel('新密码').fill('Typed-before-8')
  await window.context().clearCookies()
  await window.getByLabel('现在的密码').fill('x')
  await window.getByRole('button', { name: '修 改', exact: true }).or(window.getByRole('button', { name: '修改', exact: true })).click()
  const dialog = window.getByRole('dialog', { name: '登录已失效，请重新登录' })
  await dialog.waitFor()
  await window.keyboard.press('Escape')
  assert.ok(await dialog.isVisible(), 'what lies behind stays hidden')
  await dialog.getByRole('button', { name: /信用办工作人员/ }).first().click()
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await window.getByLabel('新密码').inputValue(), 'Typed-before-8')
  demo.complaints.length = 0
})

test('a tab that one person opened does not act for the next, and says so', async () => {
  const window = await demo.openWindow()
  await signInAs(window, 'credit')
  await window.goto('/console/security')
  await window.getByLabel('现在的密码').fill('x')
  await window.getByLabel('新密码').fill('Typed-before-8')
  await signInAs(window, 'water')
  await window.getByRole('button', { name: '修改', exact: true }).click()
  await window.getByText('这个页面是别人打开的，现在登录的是李志强').waitFor()
  demo.complaints.length = 0
})

test('the address of a page that the post does not carry says so, and leads back', async () => {
  const window = await demo.openWindow()
  await signInAs(window, 'window')
  for (const path of ['/console/imports', '/console/models/market-regulation', '/console/ledger']) {
    await window.goto(path)
    await window.getByText('您的岗位不能打开这个页面').waitFor()
  }
  await window.getByRole('link', { name: '回到工作台' }).click()
  await window.getByRole('heading', { name: '工作台' }).waitFor()
  assert.deepEqual(demo.complaints, [])
})

const BAIT = `"><img src=x onerror="document.title='ran'"><svg onload="document.title='ran'">`

test('markup in names, numbers, texts and file names stays text on every page', { timeout: 120_000 }, async () => {
  const sample = await readFile('docs/guide/samples/subjects.csv', 'utf8')
  const [head, first] = sample.replace('\ufeff', '').split(/\r?\n/) as [string, string]
  const cells = first.split(',')
  cells[1] = `"${`甲${BAIT}`.replaceAll('"', '""')}"`
  const file = join(demo.data, `名录${BAIT.replaceAll('/', '')}.csv`)
  await writeFile(file, `\ufeff${head}\r\n${cells.join(',')}\r\n`)
  await page.goto('/console/imports')
  await page.getByLabel(/把 XLSX 或 CSV 文件拖到这里/).setInputFiles(file)
  await page.getByText('尚未存入任何记录').waitFor()
  await page.getByLabel('报送部门').fill('信用')
  await page.getByRole('option', { name: '信用' }).first().waitFor({ state: 'attached' })
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^导入/ }).last().click()
  await page.waitForURL(/\/imports\/\d+/)
  const batchId = Number(/\d+$/.exec(page.url())![0])
  for (let tries = 0; tries < 100 && (await demo.ask(getBatch, { batchId })).state !== 'done'; tries += 1) await page.waitForTimeout(100)
  const { rows: [subject] } = await demo.ask(listSubjects, { find: '甲"><img' })
  assert.ok(subject, 'the name was taken as it stands')
  const paths = [`/console/imports/${batchId}`, '/console/imports', `/console/subjects/${subject.subjectId}`, `/console/subjects?find=${encodeURIComponent(subject.name)}`, `/console/records?find=${encodeURIComponent(BAIT)}`, `/console/policy?find=${encodeURIComponent(BAIT)}`, '/console/ledger', `/console/${encodeURIComponent(BAIT)}`]
  for (const path of paths) {
    await page.goto(path, { waitUntil: 'networkidle' })
    assert.equal(await page.locator('img[src="x"], svg[onload]').count(), 0, path)
    assert.notEqual(await page.title(), 'ran', path)
  }
  await page.goto(`/console/subjects/${subject.subjectId}`)
  await page.getByRole('heading', { name: subject.name }).waitFor()
  assert.ok((await demo.ask(listRecords, { limit: 1 })).total > 0)
  assert.deepEqual(demo.complaints.filter((one) => !one.includes('404')), [])
})
