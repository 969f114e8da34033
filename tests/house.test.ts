import assert from 'node:assert/strict'
import { globSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'

/** The order in which facts flow: a module enters only the doors of modules before it. */
const MODULES = [
  'organisation', 'identity', 'audit', 'privacy', 'law', 'submissions', 'subjects', 'records', 'commitments', 'education', 'listing', 'rectification', 'measures', 'evaluation', 'grading', 'agents', 'objections', 'removals', 'notices', 'inspections',
  'repair', 'reports', 'partners', 'publication', 'review', 'evidence', 'worklist',
]
const FLOORS = ['kernel', 'platform', 'ui', 'engines', 'modules', 'app']

const files = globSync('src/**/*.{ts,tsx}').filter((file) => !/\.test\.tsx?$|\/testing\//.test(file)).sort()

type Import = { readonly file: string; readonly target: string; readonly typesOnly: boolean }

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(file, 'utf8')
  const found = [...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^'"]*?from\s+'(\.[^']+)'/gm), ...text.matchAll(/import\((?:\/\*.*?\*\/)?\s*'(\.[^']+)'/g)]
  return found.map((match) => ({ file, target: normalize(join(dirname(file), (match[2] ?? match[1])!)), typesOnly: match[1] === 'type ' }))
})

const floorOf = (path: string) => path.split('/')[1]!
const moduleOf = (path: string) => (floorOf(path) === 'modules' ? path.split('/')[2]! : null)
const inBrowser = (path: string) => /^src\/ui\/|^src\/modules\/[^/]+\/ui\/|^src\/app\/(web\.tsx|my\.tsx|console\/|my\/)/.test(path)

function broken(rule: (one: Import) => boolean): string[] {
  return imports.filter((one) => rule(one)).map(({ file, target }) => `${file} → ${target}`)
}

test('imports go down the floors: kernel < platform, ui < engines < modules < app', () => {
  assert.deepEqual(broken(({ file, target }) => target.startsWith('src/') && FLOORS.indexOf(floorOf(target)) > FLOORS.indexOf(floorOf(file))), [])
})

test('the kernel imports nothing of ours but the kernel, the kit nothing of the machine room', () => {
  assert.deepEqual(broken(({ file, target }) => floorOf(file) === 'kernel' && floorOf(target) !== 'kernel'), [])
  assert.deepEqual(broken(({ file, target }) => floorOf(file) === 'ui' && target.startsWith('src/') && !['ui', 'kernel'].includes(floorOf(target))), [])
})

test('every module has its place in the order', () => {
  assert.deepEqual(readdirSync('src/modules').filter((name) => !MODULES.includes(name)), [])
})

test('another module is entered by its door only, and only an earlier one', () => {
  assert.deepEqual(broken(({ file, target }) => {
    const [from, to] = [moduleOf(file), moduleOf(target)]
    if (from === null || to === null || from === to) return false
    if (MODULES.indexOf(to) > MODULES.indexOf(from)) return true
    return inBrowser(file) ? !/\/contract\.ts$|\/ui\//.test(target) : !target.endsWith('/index.ts')
  }), [])
})

test('the browser sees contracts, the kit and the kernel, never SQL or acts', () => {
  assert.deepEqual(broken(({ file, target }) => inBrowser(file) && target.startsWith('src/') && !inBrowser(target) && !target.endsWith('/contract.ts') && floorOf(target) !== 'kernel'), [])
})

test('the application enters modules by their door, their contract or their pages', () => {
  assert.deepEqual(broken(({ file, target }) => floorOf(file) === 'app' && moduleOf(target) !== null && !/\/(index|contract)\.ts$|\/ui\//.test(target)), [])
})

test('SQL stands in queries, witnesses (entries.ts), engines and the platform', () => {
  const allowed = /^src\/(platform|engines)\/|^src\/modules\/[^/]+\/queries(\.ts$|\/)|^src\/app\/(daily|demo|operate)/
  const offenders = files.filter((file) => !allowed.test(file) && /\bsql(<[^`]*>)?`/.test(readFileSync(file, 'utf8')))
  assert.deepEqual(offenders, [])
})

test('a module writes only its own schema', () => {
  const offenders = files.filter((file) => moduleOf(file) !== null).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\b(?:insert into|update|delete from)\s+([a-z_]+)\.[a-z_]+/g)]
      .filter((match) => match[1] !== moduleOf(file) && match[1] !== 'excluded').map((match) => `${file}: ${match[0]}`))
  assert.deepEqual(offenders, [])
})

test('time and randomness are handed in', () => {
  const offenders = files.filter((file) => !file.startsWith('src/platform/') && !inBrowser(file) && /new Date\(\)|Date\.now\(\)|Math\.random\(\)/.test(readFileSync(file, 'utf8')))
  assert.deepEqual(offenders, [])
})

test('no file of code is too long to read in one go', () => {
  const offenders = files.map((file) => [file, readFileSync(file, 'utf8').split('\n').length] as const).filter(([, lines]) => lines > 300)
  assert.deepEqual(offenders, [])
})
