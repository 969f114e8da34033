// @clause X.4
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from '@playwright/test'
import { listClaims } from '../../src/modules/agents/contract.ts'
import { listRecords } from '../../src/modules/records/contract.ts'
import { listRemovals } from '../../src/modules/removals/contract.ts'
import { openDemo } from './demo.ts'
import { visit } from './looking.ts'

// Every dialog of the console that a role can open: the browser complains of nothing, the page behind it stays where it is, and Escape closes it.

let demo: Awaited<ReturnType<typeof openDemo>>
const pages: Record<string, string[]> = {}

before(async () => {
  demo = await openDemo(40)
  await demo.filled()
  const [record] = (await demo.ask(listRecords, { kind: 'penalty' } as never)).rows
  const [claim] = (await demo.ask(listClaims, {})).rows
  const [removal] = (await demo.ask(listRemovals, {})).rows
  const subject = `/console/subjects/${record!.subjectId}`
  Object.assign(pages, {
    'credit-head': ['/console/models', '/console/subjects', subject, `/console/claims/${claim!.claimId}`],
    credit: [`${subject}/records/${record!.recordId}`, `/console/removals/${removal!.removalId}`, '/console/changes'],
    water: [subject, `${subject}/records/${record!.recordId}`],
    system: ['/console/organisation', '/console/organisation?tab=people', '/console/organisation?tab=duties', '/console/accounts', '/console/people/1'],
    security: ['/console/rights', '/console/rights?tab=holders', '/console/people/1', '/console/accounts'],
  })
})
after(() => demo?.close())

const SHOWN = '.ant-modal-wrap:visible, .ant-drawer-open:visible, dialog[open]'

async function closed(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.locator(SHOWN).first().waitFor({ state: 'hidden' })
}

/** Opens what each button that says so opens; gives the titles. */
async function opened(page: Page): Promise<string[]> {
  const buttons = page.locator('main [aria-haspopup=dialog]:enabled')
  const titles: string[] = []
  // Of a long list the first few are like the others.
  for (let at = 0; at < Math.min(12, await buttons.count()); at += 1) {
    await buttons.nth(at).click()
    const dialog = page.locator(SHOWN).first()
    await dialog.waitFor()
    titles.push(await dialog.locator('.ant-modal-title').innerText())
    const before = await page.evaluate('scrollY')
    await page.mouse.move(5, 400)
    await page.mouse.wheel(0, 300)
    assert.equal(await page.evaluate('scrollY'), before, `${page.url()}: the page behind “${titles.at(-1)}” moves`)
    await closed(page)
  }
  return titles
}

test('no dialog that a role can open makes the browser complain, and the page behind it does not move', async () => {
  const titles = new Set<string>()
  for (const [as, paths] of Object.entries(pages)) {
    // Low enough that every page is longer than the window.
    const page = await demo.openWindow({ as, viewport: { width: 1200, height: 420 } })
    page.setDefaultTimeout(15_000)
    for (const path of paths) {
      await visit(page, path)
      for (const title of await opened(page)) titles.add(title)
    }
    await page.context().close()
  }
  assert.deepEqual(demo.complaints, [])
  assert.ok(titles.size >= 15, [...titles].join('\n'))
})

test('nor do the drawer of a phone, the search, and what a press shows beside its button', async () => {
  const page = await demo.openWindow({ viewport: { width: 390, height: 600 } })
  page.setDefaultTimeout(15_000)
  await visit(page, pages['credit']![0]!)
  await page.getByRole('button', { name: '打开导航' }).click()
  await page.locator('.ant-drawer-open').waitFor()
  await closed(page)
  await page.keyboard.press('Control+k')
  await page.locator('dialog[open]').waitFor()
  await closed(page)
  await page.locator('.x-basis').first().click()
  await page.locator('.ant-popover:visible').waitFor()
  await visit(page, '/console/records')
  await page.getByRole('button', { name: '选择列' }).click()
  await page.locator('.ant-popover:visible').waitFor()
  await page.context().close()
  assert.deepEqual(demo.complaints, [])
})
