// @clause X.4
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { startIdentityProvider } from '../support/identity-provider.ts'
import { listSubjects } from '../../src/modules/subjects/contract.ts'
import { openDemo } from './demo.ts'
import { sidewaysOf } from './looking.ts'

const SECRET = 'a-secret-of-the-client'
const folder = mkdtempSync(join(tmpdir(), 'xinheng-oidc-browser-'))
let demo: Awaited<ReturnType<typeof openDemo>>
let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let page: Page

before(async () => {
  // The service sends browsers back to a fixed address, so the port must be known before the program starts.
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const origin = `http://127.0.0.1:${port}`
  provider = await startIdentityProvider(origin, SECRET)
  writeFileSync(join(folder, 'secret'), SECRET)
  writeFileSync(join(folder, 'services.yaml'), JSON.stringify({ services: [{ key: 'province', issuer: provider.issuer, client_id: 'xinheng', client_secret_file: 'secret', origin, label: { zh: '省统一身份认证', en: 'the provincial identity service' }, number_claim: 'employee_number', people: ['officers', 'businesses'], represents: { claim: 'legal_entities', code: 'uscc', capacity: 'role', legal_representative: ['legal_person'] } }] }))
  demo = await openDemo(20, { port, identityServices: join(folder, 'services.yaml') })
  page = await demo.openWindow({ as: null })
  page.setDefaultTimeout(20_000)
})
after(async () => {
  await demo?.close()
  await provider?.stop()
  rmSync(folder, { recursive: true })
})

const shot = (name: string) => (process.env.XINHENG_SHOTS ? page.screenshot({ path: join(process.env.XINHENG_SHOTS, `${name}.png`), fullPage: true }) : null)

/** What axe finds against the page that stands there, and that it scrolls sideways nowhere. */
async function looks(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze()
  assert.deepEqual(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`), [])
  assert.equal(await sidewaysOf(page), 0)
}

/** Through both forms of the service, as a person would. */
async function comeAs(login: string): Promise<void> {
  await page.getByRole('button', { name: '通过省统一身份认证登录' }).click()
  await page.getByPlaceholder('Enter any login').fill(login)
  await page.getByPlaceholder('and password').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

test('by the button, the forms of the service and back: whoever is not linked is told so in words, on a page that axe finds nothing against', async () => {
  await page.goto('/console/league')
  await page.getByRole('button', { name: '通过省统一身份认证登录' }).waitFor()
  await shot('sign-in')
  await comeAs('li-si')
  await page.getByText('您的统一身份尚未关联本系统的账号').waitFor()
  assert.equal(new URL(page.url()).search, '', 'the code does not stay in the address')
  await page.getByLabel('一次性代码').fill('AAAA-BBBB-CCCC-DDDD-EEEE-FFFF')
  await page.getByRole('button', { name: '继续' }).click()
  await page.getByText(/一次性代码不正确/).waitFor()
  await shot('not-linked')
  await looks()
})

test('whoever is linked comes back to the page that was asked for, and signs out over there too', async () => {
  await page.context().clearCookies()
  await page.goto('/console/league')
  await comeAs('staff-demo-credit')
  await page.waitForURL(/\/console\/league$/)
  await page.getByRole('button', { name: '符晓岚' }).click()
  await page.getByRole('menuitem', { name: '退出' }).click()
  await page.waitForURL((url) => url.href.startsWith(provider.issuer))
})

test('a second factor is set up with a QR code that its key stands beside; linked identities and sessions are asked for again only after a while', async () => {
  await page.context().clearCookies()
  await page.goto('/console/security')
  await comeAs('staff-demo-credit')
  await page.waitForURL(/\/console\/security$/)
  await page.getByText('省统一身份认证').first().waitFor()
  await page.getByRole('button', { name: '开始启用' }).click()
  await page.getByRole('img', { name: /二维码/ }).waitFor()
  await looks()
  await shot('security-qr')
  await page.setViewportSize({ width: 390, height: 844 })
  await looks()
  await shot('security-qr-phone')
  await page.getByRole('button', { name: '解除' }).click()
  await page.getByText('这是您唯一的登录方式，不能解除').waitFor()
})

test('a legal representative comes to the space by the service on a phone, is told what it vouches for, and sees the record', async () => {
  await demo.filled()
  const { rows: [business] } = await demo.ask(listSubjects, { type: 'enterprise', status: 'active', limit: 1 })
  await provider.know({ zhao: { name: '赵敏', legal_entities: [{ uscc: business!.uscc, role: 'legal_person' }, { uscc: '91460000MA5TAAAA00', role: 'legal_person' }] } })
  await page.context().clearCookies()
  await page.goto('/my')
  await page.getByRole('button', { name: '通过省统一身份认证登录' }).waitFor()
  await looks()
  await shot('space-sign-in-phone')
  await comeAs('zhao')
  await page.getByText('已核准，可以代为办理').waitFor()
  await page.getByText(/登记库中没有这个代码/).waitFor()
  assert.equal(new URL(page.url()).search, '')
  await looks()
  await shot('space-vouched-phone')
  await page.getByRole('button', { name: '进入企业空间' }).click()
  await page.getByRole('heading', { name: business!.name }).waitFor()
  await page.getByRole('button', { name: '安全', exact: true }).click()
  await page.getByText('登录时开立').waitFor()
  await page.getByRole('button', { name: '启用', exact: true }).click()
  await page.getByRole('img', { name: /二维码/ }).waitFor()
  await looks()
  await shot('space-security-phone')
  assert.deepEqual(demo.complaints.filter((what) => /^\/(?:console|my)/.test(what) && !/40[139]/.test(what)), [])
})

test('while the service is down the page says so, and the other ways stay', async () => {
  await provider.stop()
  await page.context().clearCookies()
  await page.goto('/console')
  await page.getByRole('button', { name: '通过省统一身份认证登录' }).click()
  await page.getByText('暂时连接不上身份认证服务').waitFor()
  await page.getByLabel('用户名').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  await shot('service-down-phone')
})
