// @clause X.4
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from '@playwright/test'
import { openDemo } from './demo.ts'

let demo: Awaited<ReturnType<typeof openDemo>>
let page: Page
const asked: string[] = []

before(async () => {
  demo = await openDemo(20)
  await demo.filled()
  page = await demo.openWindow()
  page.setDefaultTimeout(20_000)
  page.on('request', (request) => void asked.push(request.url()))
})
after(() => demo?.close())

test('what someone looks for is sent in no address, stays when the page is loaded anew, and goes along in a link', async () => {
  await page.goto('/console/subjects')
  const field = page.getByRole('searchbox', { name: '名称、曾用名或代码' }).or(page.locator('main input[type=search], main .ant-input-search input').first()).first()
  await field.fill('海棠')
  await field.press('Enter')
  await page.waitForURL((url) => url.hash === '#find=%E6%B5%B7%E6%A3%A0' && !url.search.includes('find'))
  await page.reload()
  assert.equal(await field.inputValue(), '海棠')
  const other = await page.context().newPage()
  other.on('request', (request) => void asked.push(request.url()))
  await other.goto(page.url())
  assert.equal(await other.locator('main .ant-input-search input').first().inputValue(), '海棠')
  assert.deepEqual(asked.filter((url) => url.split('#')[0]!.includes('find=') || url.split('#')[0]!.includes('%E6%B5%B7%E6%A3%A0')), [])
  await page.goto('/console/subjects?find=x')
  await page.waitForURL((url) => url.hash === '#find=x' && url.search === '')
  await page.keyboard.press('Tab')
  await page.getByText('跳到正文').focus()
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate('document.activeElement.id'), 'main')
  assert.equal(new URL(page.url()).hash, '#find=x', 'going to the content forgets nothing')
  assert.deepEqual(demo.complaints, [])
})
