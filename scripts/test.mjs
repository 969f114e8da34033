// `npm test`: every test, in one readable list of steps. Ends with how long each step took and the line `N passed, N failed`.
// `npm test -- unit` (or house, postgresql, kills, browser) runs one step.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findChromium } from '../tests/support/chromium.mjs'
import { startPostgresql } from '../tests/support/postgresql.mjs'

const bin = (name) => join('node_modules', '.bin', name)
const only = process.argv.slice(2)
let passed = 0
let failed = 0
const took = []
// Half of a short process's time goes into stripping and compiling the same modules.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'xinheng-test-compiled')

// Whatever takes more than ten seconds begins before the others, so that no process waits for it at the end.
const LONG = /(?:fuzz|refused-files|faces|roles|serve|second-district|busy|soak|backup|matrix|signing-keys|submissions.import|newcomer|accessibility)\.\w*\.?test\.ts$/
const isLong = (file) => Number(LONG.test(file))

/** Runs something and keeps how long it took. */
async function timed(title, run) {
  const from = performance.now()
  const outcome = await run()
  took.push([title, (performance.now() - from) / 1000])
  return outcome
}

/** Runs one check that either holds or not. */
async function check(title, command, args) {
  console.log(`\n── ${title}`)
  const { status } = await timed(title, () => spawnSync(command, args, { stdio: 'inherit' }))
  if (status === 0) passed += 1
  else failed += 1
}

/**
 * Runs test files in three processes at a time and adds up what they counted: on two cores one of them always waits for a disk or a database.
 * A process takes file after file, the longest first; one that is `alone` has a process to itself. A process that dies, hangs or stays open fails, and so does each file that none finished.
 */
async function test(title, files, { env = {}, alone = () => false } = {}) {
  console.log(`\n── ${title} (${files.length} files)`)
  const waiting = files.toSorted((one, other) => isLong(other) - isLong(one))
  const unfinished = new Set(files)
  const runner = async () => {
    while (waiting.length > 0) await runSome(waiting, unfinished, env, alone)
  }
  await timed(title, () => Promise.all(Array.from({ length: 3 }, runner)))
  for (const file of unfinished) console.log(`✖ ${file} did not run to its end`)
  failed += unfinished.size
}

/** Runs test files each by itself, two at a time, by node's own runner: what waits for browsers and for programs that are killed ends with its process. */
async function testApart(title, files, env = {}) {
  console.log(`\n── ${title} (${files.length} files)`)
  const report = join(mkdtempSync(join(tmpdir(), 'xinheng-report-')), 'counts.json')
  const sorted = files.toSorted((one, other) => isLong(other) - isLong(one))
  const { status } = await timed(title, () => spawnSync(process.execPath, ['--test', '--test-timeout=300000', '--test-concurrency=2', '--test-reporter=./tests/support/reporter.mjs', '--test-reporter-destination=stdout', ...sorted], { stdio: 'inherit', env: { ...process.env, XINHENG_TEST_REPORT: report, ...env } }))
  count(report, status)
}

/** Adds up what a run of tests left, also when it broke off. */
function count(report, status) {
  const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { pass: 0, fail: 0 }
  rmSync(dirname(report), { recursive: true })
  passed += counted.pass
  failed += counted.fail
  if (status !== 0 && counted.fail === 0) failed += 1
}

/** One process, and the files that it takes. */
async function runSome(waiting, unfinished, env, alone) {
  const report = join(mkdtempSync(join(tmpdir(), 'xinheng-report-')), 'counts.json')
  const child = spawn(process.execPath, ['--test-reporter=./tests/support/reporter.mjs', '--test-reporter-destination=stderr', 'tests/support/several.mjs'], { stdio: ['ignore', 'ignore', process.stdout, 'ipc'], env: { ...process.env, XINHENG_TEST_REPORT: report, ...env } })
  const taken = []
  let watch
  child.on('message', () => {
    clearTimeout(watch)
    if (taken.length > 0) unfinished.delete(taken.at(-1))
    const fits = waiting.length > 0 && (taken.length === 0 || !(alone(taken[0]) || alone(waiting[0])))
    const file = fits ? waiting.shift() : null
    if (file !== null) taken.push(file)
    watch = setTimeout(() => {
      console.log(`✖ ${file ?? `something stays open of ${taken.join(', ')}`}: ended by force`)
      child.kill('SIGKILL')
    }, file === null ? 30_000 : 330_000)
    child.send(file)
  })
  const [code, signal] = await once(child, 'exit')
  clearTimeout(watch)
  if (code !== 0) console.log(`the process of ${taken.join(', ')} ended with ${signal ?? code}`)
  count(report, code)
}

const all = globSync(['src/**/*.test.ts', 'tests/**/*.test.ts']).sort()
const database = all.filter((file) => file.endsWith('.db.test.ts'))
// What every route shows of persons is the program's doing alone, and takes a minute: once is enough.
const onOneDatabase = [join('tests', 'journeys', 'faces.db.test.ts')]
// It looks at the memory of its process.
const measuresItself = join('src', 'platform', 'sheets', 'refused-files.test.ts')
// Whole programs are waited for by the clock, and what earlier ones left in memory would slow them.
const startsPrograms = (file) => !/^src.(?:engines|modules|platform)\b/.test(file)
const browser = all.filter((file) => file.endsWith('.browser.test.ts'))
const kills = all.filter((file) => file.endsWith('.kills.test.ts'))
const pure = all.filter((file) => !database.includes(file) && !browser.includes(file) && !kills.includes(file))
const wanted = (step) => only.length === 0 || only.includes(step)

if (wanted('house')) {
  await check('types: server and tests', bin('tsc'), ['-p', '.'])
  await check('types: screens', bin('tsc'), ['-p', 'tsconfig.web.json'])
  await check('lint', bin('oxlint'), ['--deny-warnings', 'src', 'tests', 'scripts', 'bench'].filter((path) => path.startsWith('--') || existsSync(path)))
  await check('dead files and exports', bin('knip'), [])
}
if (wanted('unit') || wanted('pure')) await test('rules, dates, codes, proofs, house', pure, { alone: (file) => file === measuresItself })
if (wanted('unit') || wanted('embedded')) await test('on the embedded database', database, { alone: startsPrograms })
if (wanted('postgresql')) {
  const server = startPostgresql()
  if (server) {
    try {
      await test('on PostgreSQL', database.filter((file) => !onOneDatabase.includes(file)), { env: { XINHENG_TEST_DATABASE_URL: server.url }, alone: startsPrograms })
    } finally {
      server.stop()
    }
  } else failed += 1
}
if (wanted('kills')) await testApart('killed at any moment', kills)
if (wanted('browser')) {
  const chromium = findChromium()
  if (chromium) await testApart('in the browser', browser, { XINHENG_CHROMIUM: chromium })
  else failed += 1
}

console.log()
for (const [title, seconds] of took) console.log(`${seconds.toFixed(0).padStart(5)} s  ${title}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
