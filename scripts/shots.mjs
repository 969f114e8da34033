// `npm run shots`: screenshots of every page of a running server (default http://127.0.0.1:7100) at three widths, light and dark, into shots/.
// `npm run shots -- http://127.0.0.1:7150 home subject` takes only these; `readme` takes the three of the README into docs/screens (import docs/guide/samples/subjects.csv and penalties.xlsx first).
import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { findChromium } from '../tests/support/chromium.mjs'

const [given, ...only] = process.argv.slice(2)
const base = given?.startsWith('http') ? given : 'http://127.0.0.1:7100'
if (given && !given.startsWith('http')) only.unshift(given)
const role = process.env.XINHENG_SHOTS_AS ?? 'credit'
const signedIn = await fetch(`${base}/api/demo/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ userName: role }) })
if (!signedIn.ok) throw new Error(`${base} has no demo role ${role}: start it with --demo`)
const cookie = signedIn.headers.get('set-cookie').split(';')[0]
const [name, value] = cookie.split('=')
const ask = async (path) => (await fetch(`${base}/api${path}`, { headers: { cookie } })).json()

const { rows: [worst] } = await ask('/models/market-regulation/scores?limit=1')
const { rows: [record] } = await ask(`/records?subjectId=${worst.subjectId}&kind=penalty&limit=1`)
const { rows: batches } = await ask('/imports?limit=100')
const batch = batches.find(({ rejected }) => rejected > 0) ?? batches[0]
const { rows: [entry] } = await ask('/ledger/entries?limit=1')

const pages = {
  home: '/console', work: '/console/work', imports: '/console/imports', batch: `/console/imports/${batch.batchId}`, subjects: '/console/subjects', subject: `/console/subjects/${worst.subjectId}`,
  records: '/console/records', record: `/console/subjects/${worst.subjectId}/records/${record.recordId}`, league: '/console/league', models: '/console/models', model: '/console/models/market-regulation',
  policy: '/console/policy', ledger: `/console/ledger?entry=${entry.entryId}`, changes: '/console/changes', claims: '/console/claims', objections: '/console/objections', removals: '/console/removals', organisation: '/console/organisation', rights: '/console/rights', security: '/console/security',
}
// Of each the part that says most, from the top.
const pictures = [['home', 'home', 900], ['subject', 'subject', 1180], ['batch', 'import', 900]]
const views = [['desktop', 1440, 900], ['tablet', 1024, 768], ['phone', 390, 844]]

mkdirSync('shots', { recursive: true })
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic', '--no-first-run', '--disable-component-update', '--disable-sync'] })
const windowOf = async (width, height, colorScheme) => {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await context.addCookies([{ name, value, url: base }])
  return context.newPage()
}
if (only.includes('readme')) {
  for (const [name, file, height] of pictures) {
    const page = await windowOf(1440, height, 'light')
    await page.goto(`${base}${pages[name]}`, { waitUntil: 'networkidle' })
    await page.waitForTimeout(400)
    await page.screenshot({ path: `docs/screens/${file}.png` })
    await page.context().close()
  }
  await browser.close()
  console.log('3 pictures → docs/screens/')
  process.exit()
}
for (const [view, width, height] of views) {
  for (const scheme of ['light', 'dark']) {
    const page = await windowOf(width, height, scheme)
    for (const [name, path] of Object.entries(pages)) {
      if (only.length > 0 && !only.includes(name)) continue
      await page.goto(`${base}${path}`, { waitUntil: 'networkidle' })
      await page.waitForTimeout(400)
      await page.screenshot({ path: `shots/${name}-${view}-${scheme}.png`, fullPage: true })
    }
    await page.context().close()
  }
}
await browser.close()
console.log(`${only.length || Object.keys(pages).length} pages → shots/`)
