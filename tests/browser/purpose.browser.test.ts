// @clause X.4
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { chromium, type Browser, type Page } from '@playwright/test'
import { z } from 'zod'
import { act, systemActor } from '../../src/engines/procedure/index.ts'
import { basis } from '../../src/kernel/basis.ts'
import { day } from '../../src/kernel/day.ts'
import { fileRecords, plainEffect, type NewFact } from '../../src/modules/records/index.ts'
import { sql } from '../../src/platform/db/index.ts'
import { attachDocument } from '../../src/modules/records/contract.ts'
import { listSubjects } from '../../src/modules/subjects/contract.ts'
import { findChromium } from '../support/chromium.mjs'
import { startProgram } from '../support/program.ts'
import { held, sidewaysOf } from './looking.ts'

// The id of a legal representative in a penalty.
const REPRESENTATIVE = '460200199003078538'
const PARTLY = '4602**********8538'
const TAX = 'market-regulation'

const program = await startProgram()
let browser: Browser
let base = ''
let path = ''

before(async () => {
  await program.import('subject', readFileSync('docs/guide/samples/subjects.csv'), TAX)
  const { subjectId } = (await program.call(listSubjects, { limit: 1 })).rows[0]!
  const fact: NewFact = {
    subjectId, kind: 'penalty', documentNumber: '海棠市监罚〔2026〕903号', fields: { CF_XDR_MC: '演示', CF_FR_ZJHM: REPRESENTATIVE }, effect: plainEffect(day('2026-01-05')), receivedOn: day('2026-01-10'), department: TAX,
    batchId: null, rowNumber: null, reason: null,
  }
  const file = act({ name: 'test.file', permission: 'test', basis: basis('practice', 'practice'), input: z.object({}), run: (context) => fileRecords(context, [fact]) })
  const [filed] = await file.perform(program.xinheng.world, systemActor('test'), {})
  path = `/console/subjects/${subjectId}/records/${filed!.recordId}`
  await program.call(attachDocument, { subjectId, recordId: filed!.recordId, name: '决定书.png' }, { upload: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') })
  base = await program.server.listen({ port: 0, host: '127.0.0.1' })
  browser = await chromium.launch({ executablePath: findChromium()!, args: ['--no-sandbox', '--disable-gpu'] })
})
after(async () => {
  await browser?.close()
  await program.close()
})

async function openWindow(role: string, width: number, at = path, sees = PARTLY, department = TAX): Promise<Page> {
  const { cookie } = await program.officer([role], department)
  const [name, value] = cookie.split('=', 2) as [string, string]
  const context = await browser.newContext({ viewport: { width, height: 844 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await context.addCookies([{ name, value, url: base }])
  const window = await context.newPage()
  window.setDefaultTimeout(20_000)
  await window.goto(base + at)
  await window.getByText(sees).first().waitFor()
  return window
}

async function fits(window: Page): Promise<void> {
  assert.ok((await sidewaysOf(window)) <= 0)
  assert.deepEqual(await held(window, path), [])
}

for (const width of [1440, 390]) {
  test(`${width} px wide: an id is shown in part, in full once the purpose is said, and in part again`, async () => {
    const window = await openWindow('department-officer', width)
    await fits(window)
    await window.getByRole('button', { name: '查看完整信息' }).click()
    const show = window.getByRole('dialog').getByRole('button', { name: /^查\s?看$/ })
    assert.ok(await show.isDisabled(), 'not without a purpose')
    await window.getByLabel('说明').fill('看看')
    assert.ok(await show.isDisabled(), 'two characters say nothing')
    await window.getByLabel('说明').fill('复核处罚决定书')
    await show.click()
    await window.getByText(REPRESENTATIVE).first().waitFor()
    await window.getByText('复核处罚决定书').waitFor()
    await window.getByRole('dialog').waitFor({ state: 'hidden' })
    await fits(window)
    await window.getByRole('button', { name: '恢复脱敏' }).click()
    await window.getByText(PARTLY).first().waitFor()
    assert.equal(await window.getByText(REPRESENTATIVE).count(), 0)
  })
}

test('the page of a person: name and id in part, in full once the purpose is said; the page of another person stays in part', async () => {
  // No import registers persons yet: a row as a later one will write it.
  const { db } = program.xinheng.database
  for (const [subjectId, id] of [[7001, REPRESENTATIVE], [7002, '11010519491231002X']] as const) {
    await sql`insert into subjects.subject (subject_id, type, name, department, name_lines, name_grams, registered_at) values (${subjectId}, 'natural-person', '符演示', ${TAX}, '符演示', '{}', now())`.execute(db)
    const { sealing } = program.xinheng.world
    await sql`insert into subjects.identifier (subject_id, kind, value, sealed) values (${subjectId}, 'resident-id', ${sealing.lookUp(id)}, ${sealing.seal(id, `subjects.code.resident-id/${subjectId}`)})`.execute(db)
  }
  const window = await openWindow('department-officer', 1440, '/console/subjects/7001', '符**')
  assert.equal(await window.getByText('符演示').count(), 0)
  await window.getByRole('button', { name: '查看完整信息' }).click()
  await window.getByLabel('目的').click()
  await window.getByText('办理信用修复').click()
  await window.getByRole('dialog').getByRole('button', { name: /^查\s?看$/ }).click()
  await window.getByRole('heading', { name: '符演示' }).waitFor()
  await window.getByText(REPRESENTATIVE).waitFor()
  await window.goto(base + '/console/subjects/7002')
  await window.getByText('符**').first().waitFor()
  assert.equal(await window.getByText('11010519491231002X').count(), 0)
})

for (const width of [1440, 390]) {
  test(`${width} px wide: of what another department sent the rest stands once the purpose is said by keyboard alone, the document with it; the page of a person asks too`, async () => {
    const window = await openWindow('inspector', width, path, '此处只列公开内容', 'water')
    await fits(window)
    assert.equal(await window.getByText(PARTLY).count(), 0)
    await window.getByText('有 1 份文书').waitFor()
    const ask = window.getByRole('button', { name: '查看不公开内容' })
    await ask.focus()
    await window.keyboard.press('Enter')
    const words = window.getByLabel('说明')
    await words.focus()
    await window.keyboard.type('联合检查前核对处罚')
    assert.ok((await sidewaysOf(window)) <= 0)
    await window.getByRole('dialog').getByRole('button', { name: /^查\s?看$/ }).press('Enter')
    await window.getByText(PARTLY).first().waitFor()
    await window.getByRole('dialog').waitFor({ state: 'hidden' })
    await fits(window)
    const coming = window.waitForEvent('download')
    await window.getByRole('link', { name: '决定书.png' }).click()
    assert.equal((await coming).suggestedFilename(), '决定书.png')
    await window.getByRole('button', { name: '只看公开内容' }).click()
    await window.getByRole('button', { name: '查看不公开内容' }).waitFor()
    assert.equal(await window.getByText(PARTLY).count(), 0)
    await window.goto(base + '/console/subjects/7001')
    await window.getByRole('button', { name: '查看不公开内容' }).waitFor()
    await fits(window)
  })
}

test('whoever lacks the right is told so, and the button does nothing', async () => {
  const window = await openWindow('auditor', 1440)
  assert.ok(await window.getByRole('button', { name: '查看完整信息' }).isDisabled())
  await window.getByText('您的岗位没有这项权限').first().waitFor()
})
