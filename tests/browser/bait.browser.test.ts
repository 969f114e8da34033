// @clause X.4
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Page } from '@playwright/test'
import { listClaims } from '../../src/modules/agents/contract.ts'
import { listObjections } from '../../src/modules/objections/contract.ts'
import { listOfficers } from '../../src/modules/organisation/contract.ts'
import { listRecords } from '../../src/modules/records/contract.ts'
import { listSubjects } from '../../src/modules/subjects/contract.ts'
import { getBatch } from '../../src/modules/submissions/contract.ts'
import type { Endpoint } from '../../src/kernel/endpoint.ts'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import { openSheet } from '../../src/platform/sheets/index.ts'
import { textFieldsOf } from '../support/text-fields.ts'
import { changing, MARKUP, plant, type Planted } from './bait.ts'
import { openDemo } from './demo.ts'
import { visit } from './looking.ts'

// Everything that anybody may write is filled with what would run where a text is taken for markup, a formula or a path; then every page is opened as whoever sees it.

let demo: Awaited<ReturnType<typeof openDemo>>
let planted: Planted
let ids: { subjectId: number; recordId: number; objectionId: number; claimId: number; batchId: number }
const FILE = `../名录"><img src=x onerror=globalThis.ran=1>\u202egpj.csv`

before(async () => {
  demo = await openDemo(20)
  await demo.filled()
  const { rows: objections } = await demo.ask(listObjections, {})
  const { objectionId, subjectId, recordId } = objections.find((one) => one.recordId !== null && one.state === 'checking')!
  const other = (await demo.ask(listRecords, {})).rows.find((one) => one.subjectId !== subjectId)!
  const unclaimed = (await demo.ask(listSubjects, {})).rows.findLast((one) => one.subjectId !== subjectId && one.uscc !== null)!
  const officer = async (find: string) => (await demo.ask(listOfficers, { find })).rows[0]!.officerId
  const { claimId } = (await demo.ask(listClaims, { waiting: 'true' } as never)).rows[0]!
  const broken = usccFrom('91460202', 'XHBA0002')
  const about = { subjectId: other.subjectId, recordId: other.recordId }
  ids = { subjectId, recordId: recordId!, objectionId, claimId, batchId: 0 }
  planted = await plant(demo, { subjectId, recordId, objectionId, claimId, roles: ['department-officer'], role: 'inspector', clause: '4', into: 'water' }, {
    'POST /organisation/departments': { kind: 'department', parent: undefined, role: undefined }, 'POST /organisation/departments/:key/closure': { key: 'education' },
    'POST /organisation/officers': { post: undefined }, 'POST /organisation/officers/:officerId/transfer': { post: undefined, successorId: undefined }, 'POST /organisation/own-delegations': { deputyId: await officer('符晓岚') },
    'POST /subjects/admit': { uscc: `${broken.slice(0, -1)}${broken.endsWith('1') ? '2' : '1'}` }, 'POST /my/claims': { uscc: unclaimed.uscc, capacity: 'agent' }, 'POST /my/subjects/:subjectId/objections': { about: 'registration', model: undefined, recordId: undefined },
    'POST /removals/:removalId/decision': { act: 'refuse' }, 'POST /removals': { userName: 'demo.agent', idNumber: undefined, askedOn: '2026-11-20' }, 'POST /records/:recordId/withdrawal': about, 'POST /work/assign': { kind: 'objections.open', key: String(objectionId), officerId: await officer('李志强') },
    'POST /models': { definition: readFileSync('policy/haitang/models/tourism.yaml', 'utf8').replace(/^key: .*/m, 'key: bait').replace(/^title: .*/m, `title: { zh: '${MARKUP}', en: '${MARKUP}' }`) },
  })
  if (process.env.XINHENG_SHOW_BAIT) console.log(planted.ids, [...planted.taken])
})
after(() => demo?.close())

// Where a free text is only ever compared, or the thing that it is said of is not there in this district, or decided by then.
const TAKES_NONE = ['POST /identity/outside/:service/logout', 'POST /identity/confirm', 'POST /removals/preview', 'POST /removals/:removalId/removal', 'POST /removals/:removalId/withdrawal', 'POST /identity/outside/finish', 'POST /identity/outside/continue', 'POST /models/try', 'POST /my/subjects/:subjectId/agents', 'POST /work/take', 'POST /work/release', 'POST /identity/sign-in', 'POST /identity/redeem', 'POST /identity/password', 'POST /identity/second-factor', 'POST /identity/second-factor/confirm', 'POST /audit/alarms/:alarmId/settlement', 'POST /objections/:objectionId/decline']

test('no endpoint fails on what was planted, and each that keeps a free text took it', () => {
  assert.deepEqual(planted.faults, [])
  const says = (endpoint: Endpoint) => textFieldsOf(endpoint, { free: true }).some(([name]) => name !== 'requestId' && !endpoint.path.includes(`:${name}`))
  const none = changing().filter(says).map(({ method, path }) => `${method} ${path}`).filter((name) => !planted.taken.has(name))
  assert.deepEqual(none.filter((name) => !TAKES_NONE.includes(name)), [])
})

/** Watches a window: what ran, what asked, what was refused. */
async function watched(as: string): Promise<{ readonly page: Page; readonly asked: string[] }> {
  const page = await demo.openWindow({ as })
  page.setDefaultTimeout(20_000)
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.message())
    void dialog.dismiss()
  })
  return { page, asked }
}
/** Something of what was planted stands there as text. */
const standing = (page: Page) => page.getByText(MARKUP).filter({ visible: true }).first().waitFor({ timeout: 10_000 })
/** What became of the texts on a page: whether one ran, became an element or a link that runs. */
async function becameOf(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const wrong = [...document.querySelectorAll('img[src="x"], svg[onload], [onerror], base')].map((one) => one.outerHTML.slice(0, 100))
    wrong.push(...[...document.querySelectorAll('[href], [action], iframe[src]')].map((one) => one.getAttribute('href') ?? one.getAttribute('action') ?? one.getAttribute('src')).filter((to) => /^\\s*javascript:/i.test(to)))
    return 'ran' in globalThis ? [...wrong, 'a script ran'] : wrong
  })()`)
}

test('a file with markup in its name and in every cell comes in through the browser', async () => {
  const { page } = await watched('credit')
  const [head, first] = readFileSync('docs/guide/samples/subjects.csv', 'utf8').split(/\r?\n/) as [string, string]
  const cells = first.split(',')
  cells[0] = usccFrom('91460202', 'XHBA0001')
  for (const at of [1, 6, 8, 9]) cells[at] = MARKUP
  const path = join(demo.data, FILE.replace('../', '').replaceAll('/', ''))
  await writeFile(path, `\ufeff${head.replace('\ufeff', '')}\r\n${cells.join(',')}\r\n,${MARKUP},${MARKUP},${MARKUP},,,,,${MARKUP},,\r\n`)
  await page.goto('/console/imports')
  await page.getByLabel(/把 XLSX 或 CSV 文件拖到这里/).setInputFiles(path)
  await page.getByText('尚未存入任何记录').waitFor()
  await page.getByLabel('报送部门').fill('信用')
  await page.getByRole('option', { name: '信用' }).first().waitFor({ state: 'attached' })
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^导入/ }).last().click()
  await page.waitForURL(/\/imports\/\d+/)
  ids = { ...ids, batchId: Number(/\d+$/.exec(page.url())![0]) }
  for (let tries = 0; tries < 100 && (await demo.ask(getBatch, { batchId: ids.batchId })).state !== 'done'; tries += 1) await page.waitForTimeout(100)
  assert.deepEqual(await becameOf(page), [])
  await page.context().close()
})

// Each page of the console, as those who see most on it; `shows`: something of what was planted must stand there as text.
type Opening = { readonly as: string; readonly to?: (given: typeof ids) => string; readonly shows?: true }
const PAGES: Record<string, readonly Opening[]> = {
  '/': [{ as: 'credit' }, { as: 'market-head' }], '/work': [{ as: 'credit-head', to: () => '/work?view=all' }, { as: 'security' }],
  '/imports': [{ as: 'credit', shows: true }], '/imports/$batchId': [{ as: 'credit', to: ({ batchId }) => `/imports/${batchId}`, shows: true }],
  '/subjects': [{ as: 'credit', to: () => `/subjects?find=${encodeURIComponent(MARKUP)}`, shows: true }, { as: 'window', to: () => `/subjects?find=${encodeURIComponent(MARKUP)}`, shows: true }],
  '/subjects/$subjectId': [{ as: 'credit', to: () => `/subjects/${bait}`, shows: true }, { as: 'market', to: ({ subjectId }) => `/subjects/${subjectId}` }, { as: 'auditor', to: ({ subjectId }) => `/subjects/${subjectId}` }],
  '/records': [{ as: 'credit', to: () => `/records?find=${encodeURIComponent(MARKUP)}` }], '/subjects/$subjectId/records/$recordId': [{ as: 'credit', to: ({ subjectId, recordId }) => `/subjects/${subjectId}/records/${recordId}`, shows: true }, { as: 'auditor', to: ({ subjectId, recordId }) => `/subjects/${subjectId}/records/${recordId}`, shows: true }],
  '/changes': [{ as: 'credit' }], '/league': [{ as: 'credit' }], '/models': [{ as: 'credit-head', shows: true }], '/models/$key': [{ as: 'credit-head', to: () => '/models/bait', shows: true }], '/policy': [{ as: 'credit', to: () => `/policy?find=${encodeURIComponent(MARKUP)}` }],
  '/ledger': [{ as: 'auditor' }], '/claims': [{ as: 'credit' }], '/claims/$claimId': [{ as: 'window', to: ({ claimId }) => `/claims/${claimId}`, shows: true }], '/objections': [{ as: 'auditor' }],
  '/objections/$objectionId': [{ as: 'auditor', to: ({ objectionId }) => `/objections/${objectionId}`, shows: true }, { as: 'credit', to: ({ objectionId }) => `/objections/${objectionId}`, shows: true }],
  '/removals': [{ as: 'credit' }], '/removals/$removalId': [{ as: 'credit-head', to: () => `/removals/${String(planted.ids['removalId'])}`, shows: true }],
  '/audit': [{ as: 'audit', to: () => `/audit?sought=${encodeURIComponent(MARKUP)}` }], '/alarms': [{ as: 'audit' }],
  '/organisation': [{ as: 'system', shows: true }, { as: 'system', to: () => '/organisation?tab=people&department=water', shows: true }, { as: 'system', to: () => '/organisation?tab=duties' }, { as: 'system', to: () => '/organisation?tab=import' }],
  '/people/$officerId': [{ as: 'system', to: () => `/people/${String(planted.ids['officerId'])}` }, { as: 'security', to: () => `/people/${String(planted.ids['officerId'])}` }], '/rights': [{ as: 'security' }, { as: 'security', to: () => '/rights?tab=holders' }],
  '/accounts': [{ as: 'system' }, { as: 'audit', to: () => `/accounts?find=${encodeURIComponent(MARKUP)}` }], '/security': [{ as: 'audit' }],
}
let bait = 0

test('every page of the console has its opening here', () => {
  const paths = [...readFileSync('src/app/console/routes.tsx', 'utf8').matchAll(/\bat\('([^']+)'/g)].map((match) => match[1]!)
  assert.deepEqual(paths.filter((path) => !(path in PAGES)), [])
})

test('on every page of the console, as those who see it, texts stand as texts: nothing runs, asks, or is refused', { timeout: 120_000 }, async () => {
  bait = (await demo.ask(listSubjects, { find: MARKUP })).rows[0]!.subjectId
  const wrong: string[] = []
  const openings = Object.entries(PAGES).flatMap(([path, list]) => list.map((one) => ({ path, ...one })))
  const lists = [...Map.groupBy(openings, (one) => one.as)]
  const open = async ([as, list]: (typeof lists)[number]): Promise<void> => {
    const { page, asked } = await watched(as)
    for (const { path, to, shows } of list) {
      const address = `/console${to?.(ids) ?? path}`
      await visit(page, address)
      if (shows) await standing(page).catch(() => wrong.push(`${address} as ${as}: shows nothing of what was planted`))
      const became = await becameOf(page)
      wrong.push(...became.map((what) => `${address} as ${as}: ${what}`))
    }
    wrong.push(...asked.map((what) => `a dialog as ${as}: ${what}`))
    await page.context().close()
  }
  await Promise.all([0, 1, 2].map(async () => { for (let next = lists.shift(); next; next = lists.shift()) await open(next) }))
  assert.deepEqual(wrong, [])
  assert.deepEqual(demo.complaints, [])
})

test('in the space of a business, on each of its tabs, too', async () => {
  const { page, asked } = await watched('demo.owner')
  await page.goto('/my')
  for (const tab of ['档案', '异议与说明', '经办人', '安全']) {
    await page.getByRole('navigation', { name: '本企业' }).getByRole('button', { name: tab }).click()
    await page.waitForLoadState('networkidle')
    if (tab === '异议与说明') await standing(page)
    assert.deepEqual(await becameOf(page), [], tab)
  }
  assert.deepEqual([asked, demo.complaints], [[], []])
  await page.context().close()
})

/** Cells that a spreadsheet would run, in a CSV file. */
const runningIn = (csv: string) => csv.replace('\ufeff', '').split(/\r\n|,(?=")/).map((cell) => cell.replace(/^"/, '')).filter((cell) => /^[=+@\t\r]|^-(?!\d)/.test(cell))

test('what is exported runs in no spreadsheet, and no file leaves under a name that leads elsewhere or hides its ending', async () => {
  const { page } = await watched('system')
  await visit(page, '/console/organisation?tab=people&department=water')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出', exact: true }).click()])
  const csv = readFileSync((await download.path())!, 'utf8')
  assert.ok(csv.includes("'=HYPERLINK") && csv.includes("'@SUM"), 'the bait is in it')
  assert.deepEqual(runningIn(csv), [])
  await page.context().close()
  const get = async (as: string, path: string) => fetch(`${demo.base}/api${path}`, { headers: { cookie: await demo.signIn(as) } })
  assert.deepEqual(runningIn(await (await get('audit', '/audit/trail/export?form=csv')).text()), [])
  for (const [as, path] of [['credit', `/imports/${ids.batchId}/failed.xlsx`], ['system', '/organisation/workbook']] as const) {
    const kept = join(demo.data, 'export.xlsx')
    await writeFile(kept, new Uint8Array(await (await get(as, path)).arrayBuffer()))
    for await (const chunk of (await openSheet(kept, { name: 'export.xlsx' })).rows) for (const { cells } of chunk) assert.ok(cells.every((cell) => cell === null || typeof cell !== 'object' || !('broken' in cell)), `${path}: ${JSON.stringify(cells)}`)
  }
  const files = await Promise.all([get('credit', `/records/${ids.recordId}/documents/${String(planted.ids['attachmentId'])}?subjectId=${ids.subjectId}`), get('credit', `/imports/${ids.batchId}/failed.xlsx`), ...(await demo.ask(listClaims, {})).rows.flatMap(({ claimId, files: evidence }) => evidence.map(({ evidenceId }) => get('window', `/claims/${claimId}/evidence/${evidenceId}`)))])
  const names = files.map(({ headers }) => decodeURIComponent(/^attachment; filename\*=UTF-8''([\w.!#$&+^`|~%-]+)$/.exec(headers.get('content-disposition')!)![1]!))
  assert.ok(names.length > 3)
  // oxlint-disable-next-line no-control-regex
  assert.deepEqual(names.filter((name) => /[\\/\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|^\.+$/.test(name)), [])
})
