// @clause X.4
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from '@playwright/test'
import { demoSignIn } from '../../src/app/demo/contract.ts'
import { openDemo } from './demo.ts'
import { visit } from './looking.ts'

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
  // Whoever came by a click has no password yet.
  await window.getByRole('heading', { name: '设置密码' }).waitFor()
  await window.context().clearCookies()
  await window.getByRole('button', { name: '设置', exact: true }).click()
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
  await window.getByRole('heading', { name: '设置密码' }).waitFor()
  await window.getByLabel('新密码').fill('Typed-before-8')
  await signInAs(window, 'water')
  await window.getByRole('button', { name: '设置', exact: true }).click()
  await window.getByText('这个页面是别人打开的，现在登录的是李志强').waitFor()
  demo.complaints.length = 0
})

test('who could not be signed out is told so, and signs out when the server answers again', async () => {
  const window = await demo.openWindow({ as: 'water' })
  await visit(window, '/console/subjects')
  const signOut = async () => {
    await window.getByRole('button', { name: '李志强' }).click()
    await window.getByRole('menuitem', { name: '退出' }).click()
  }
  await window.route('**/identity/sign-out', (asked) => asked.abort())
  await signOut()
  await window.getByText('没有退出成功').waitFor()
  await window.unroute('**/identity/sign-out')
  await signOut()
  await window.getByRole('region', { name: '演示角色' }).waitFor()
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
