// @clause X.4, 12.1
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from '@playwright/test'
import { demoAccounts } from '../../src/app/demo/accounts.ts'
import { openDemo } from './demo.ts'
import { held, sidewaysOf, visit } from './looking.ts'

let demo: Awaited<ReturnType<typeof openDemo>>

before(async () => {
  demo = await openDemo(60)
  await demo.filled()
})
after(() => demo?.close())

/** Of each kind of page to which a page leads (a record, a batch, an objection) the first. */
const leadingFrom = async (page: Page) => (await page.locator('main a[href^="/console/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')!))).filter((href) => /\/\d+$/.test(href))

/** The kinds of thing on a page: a page of which all kinds were looked at before, as somebody else, holds nothing new. */
const kindsOn = (page: Page) => page.evaluate('[...new Set([...document.querySelectorAll("main *")].map((part) => `${location.pathname.replaceAll(/\\d+/g, "#")} ${part.tagName} ${part.getAttribute("class")} ${part.getAttribute("role")} ${part.hasAttribute("disabled")}`))]') as Promise<string[]>

// 1440 pixels at 200 %: what a person with weak eyes sees of a desktop.
const ENLARGED = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 }

// Whatever pages of somebody else showed already.
const seen = new Set<string>()

async function findingsOf({ name, userName }: { readonly name: string; readonly userName: string }): Promise<string[]> {
  const findings: string[] = []
  const desk = await demo.openWindow({ as: userName })
  await visit(desk, '/console')
  const places = await desk.getByRole('navigation', { name: '主导航' }).getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
  await desk.context().close()
  assert.ok(places.length > 2, `${name} has places`)
  const window = await demo.openWindow({ ...ENLARGED, as: userName })
  const behind = new Set<string>()
  for (const place of places) {
    await visit(window, place)
    for (const href of await leadingFrom(window)) {
      const kind = href.replaceAll(/\d+/g, '#')
      if (behind.has(kind)) continue
      behind.add(kind)
      places.push(href)
    }
    const kinds = await kindsOn(window)
    if (kinds.some((kind) => !seen.has(kind))) findings.push(...(await held(window, `${userName} ${place}`)))
    for (const kind of kinds) seen.add(kind)
    if ((await sidewaysOf(window)) > 0) findings.push(`${userName} ${place} scrolls sideways`)
  }
  await window.context().close()
  return findings
}

// Two at a time, and a test for each few: what takes minutes in all must not wait for one clock.
const FEW = 4
for (let from = 0; from < demoAccounts.length; from += FEW) {
  const few = demoAccounts.slice(from, from + FEW)
  test(`every place, and of each kind of page behind it one, enlarged to twice its size, has nothing serious for people who use it with other means and no scrolling sideways: ${few.map(({ userName }) => userName).join(', ')}`, async () => {
    const waiting = [...few]
    const findings: string[] = []
    const work = async () => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) findings.push(...(await findingsOf(one)))
    }
    await Promise.all([work(), work()])
    assert.deepEqual(findings, [])
  })
}

test('no page failed, and none asked for what the content security policy forbids', () => {
  assert.deepEqual(demo.complaints.filter((complaint) => !/status of 40[134]/.test(complaint)), [])
})
