// `npm test`: every test, in one readable list of steps. Ends with how long each step took and the line `N passed, N failed`.
// `npm test -- unit` (or house, postgresql, kills, browser) runs one step.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../tests/support/chromium.mjs'
import { startPostgresql } from '../tests/support/postgresql.mjs'

const bin = (name) => join('node_modules', '.bin', name)
const only = process.argv.slice(2)
let passed = 0
let failed = 0
const took = []
// Every test file is a process, and half of a short one's time goes into stripping and compiling the same modules.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'xinheng-test-compiled')

/** Runs something and keeps how long it took. */
function timed(title, run) {
  const from = performance.now()
  const outcome = run()
  took.push([title, (performance.now() - from) / 1000])
  return outcome
}

/** Runs one check that either holds or not. */
function check(title, command, args) {
  console.log(`\n── ${title}`)
  const { status } = timed(title, () => spawnSync(command, args, { stdio: 'inherit' }))
  if (status === 0) passed += 1
  else failed += 1
}

/** Runs test files with node's own runner and adds up what it counted. Three at a time: on two cores one of them always waits for a disk or a database. */
function test(title, files, env = {}, concurrency = 3) {
  console.log(`\n── ${title} (${files.length} files)`)
  const report = join(tmpdir(), `xinheng-report-${process.pid}.json`)
  rmSync(report, { force: true })
  const { status } = timed(title, () => spawnSync(process.execPath, ['--test', '--test-timeout=300000', `--test-concurrency=${concurrency}`, '--test-reporter=./tests/support/reporter.mjs', '--test-reporter-destination=stdout', ...files], { stdio: 'inherit', env: { ...process.env, XINHENG_TEST_REPORT: report, ...env } }))
  const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { pass: 0, fail: 0 }
  passed += counted.pass
  failed += counted.fail
  if (status !== 0 && counted.fail === 0) failed += 1
}

const all = globSync(['src/**/*.test.ts', 'tests/**/*.test.ts']).sort()
const database = all.filter((file) => file.endsWith('.db.test.ts'))
// What every route shows of persons is the program's doing alone, and takes a minute: once is enough.
const onOneDatabase = [join('tests', 'journeys', 'faces.db.test.ts')]
const browser = all.filter((file) => file.endsWith('.browser.test.ts'))
const kills = all.filter((file) => file.endsWith('.kills.test.ts'))
const pure = all.filter((file) => !database.includes(file) && !browser.includes(file) && !kills.includes(file))
const wanted = (step) => only.length === 0 || only.includes(step)

if (wanted('house')) {
  check('types: server and tests', bin('tsc'), ['-p', '.'])
  check('types: screens', bin('tsc'), ['-p', 'tsconfig.web.json'])
  check('lint', bin('oxlint'), ['--deny-warnings', 'src', 'tests', 'scripts', 'bench'].filter((path) => path.startsWith('--') || existsSync(path)))
  check('dead files and exports', bin('knip'), [])
}
if (wanted('unit')) test('rules, dates, codes, proofs, house', pure)
if (wanted('unit') || wanted('embedded')) test('on the embedded database', database)
if (wanted('postgresql')) {
  const server = startPostgresql()
  if (server) {
    try {
      test('on PostgreSQL', database.filter((file) => !onOneDatabase.includes(file)), { XINHENG_TEST_DATABASE_URL: server.url })
    } finally {
      server.stop()
    }
  } else failed += 1
}
if (wanted('kills')) test('killed at any moment', kills, {}, 2)
if (wanted('browser')) {
  const chromium = findChromium()
  if (chromium) test('in the browser', browser, { XINHENG_CHROMIUM: chromium }, 2)
  else failed += 1
}

console.log()
for (const [title, seconds] of took) console.log(`${seconds.toFixed(0).padStart(5)} s  ${title}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
