// @clause X.1
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { answerDayAdd, answerPolicyGet, checkPolicy, decide, type DecisionTable, loadPolicy } from './index.ts'

const made: string[] = []
after(() => made.forEach((folder) => rmSync(folder, { recursive: true })))

const base = {
  'national/pack.yaml': 'name: 全国\nname_en: National\nrank: 1\nparent: ~',
  'haitang/pack.yaml': 'name: 海棠区\nname_en: Haitang\nrank: 4\nparent: national',
  'texts/order.yaml': 'title: 令\ntitle_en: Order\nissuer: 部\nkind: law\nin_force: { from: 2020-01-01 }\nstatus: in-force\nchecked: confirmed\narticles: { 第一条: { zh: 一, en: one } }\nsource: seen',
  'texts/local.yaml': 'title: 区文\ntitle_en: Local\nissuer: 区\nkind: policy\nin_force: { from: 2024-01-01 }\nstatus: in-force\nchecked: confirmed\nsource: seen',
  'national/records/limit.yaml': parameter({ '2020-01-01': '7', '2026-04-01': '10' }, '{ kind: law, text: order, article: 第一条, status: confirmed }'),
}

function parameter(values: Record<string, string>, basis: string, more = ''): string {
  const days = Object.keys(values)
  const examples = more.includes('examples:') ? '' : `examples: [{ name: as written, on: ${days[0]}, expect: ${values[days[0]!]} }]`
  return ['description: 期限', 'description_en: limit', 'unit: 日', 'unit_en: days', 'reachable_from: 2020-01-01', 'values:', ...days.map((on) => `  ${on}: ${values[on]}`),
    'basis:', ...days.map((on) => `  ${on}: ${basis}`), 'checked_on: 2026-11-22', examples, more].join('\n')
}

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'))
  made.push(folder)
  for (const [path, content] of Object.entries({ ...base, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

const bookOf = (files: Record<string, string> = {}) => loadPolicy(folderOf(files))
const codesOf = (files: Record<string, string>) => checkPolicy(bookOf(files)).map(({ code }) => code)
const ours = '{ kind: policy, text: local, status: confirmed }'

test('a value is the one in force on the day that is asked', () => {
  const book = bookOf()
  assert.equal(book.on(day('2026-03-31')).value('records/limit'), 7)
  assert.equal(book.on(day('2026-04-01')).value('records/limit'), 10)
  assert.equal(book.basisOf('records/limit', day('2026-04-01')).article, '第一条')
  assert.deepEqual(checkPolicy(book), [])
})

test('before its first day a parameter refuses, and says in which file the value is missing', () => {
  assert.throws(() => bookOf().on(day('2019-12-31')).value('records/limit'), (refusal: Refusal) => refusal.code === 'policy.no-value' && /national\/records\/limit\.yaml/.test(refusal.parts.fix.en))
  assert.throws(() => bookOf().on(day('2026-01-01')).value('records/nothing'), (refusal: Refusal) => refusal.code === 'policy.unknown-key' && refusal.status === 404)
})

test('a lower pack overrides a higher one key by key, from its own first day, until it ends its override', () => {
  const book = bookOf({ 'haitang/records/limit.yaml': parameter({ '2024-01-01': '5', '2026-06-01': '~' }, ours) })
  const limitOn = (on: string) => book.on(day(on)).find('records/limit')!
  assert.deepEqual([limitOn('2023-12-31').value, limitOn('2024-01-01').value, limitOn('2026-05-31').value, limitOn('2026-06-01').value], [7, 5, 5, 10])
  assert.deepEqual([limitOn('2023-12-31').pack, limitOn('2023-12-31').until], ['national', '2023-12-31'])
  assert.deepEqual([limitOn('2024-01-01').pack, limitOn('2024-01-01').until], ['haitang', '2026-05-31'])
  const entry = book.list().find(({ key }) => key === 'records/limit')!
  assert.deepEqual(entry.values.map(({ from, pack, overridden }) => [from, pack, overridden]), [['2020-01-01', 'national', false], ['2024-01-01', 'haitang', false], ['2026-04-01', 'national', false], ['2026-06-01', 'haitang', false]])
})

test('a value that a lower pack hides on all of its days is listed as overridden', () => {
  const book = bookOf({ 'haitang/records/limit.yaml': parameter({ '2024-01-01': '5' }, ours) })
  assert.deepEqual(book.list()[0]!.values.filter(({ overridden }) => overridden).map(({ from }) => from), ['2026-04-01'])
  assert.equal(book.on(day('2026-11-22')).value('records/limit'), 5)
})

test('each mistake of meaning is a build error with its own code', () => {
  const national = (values: Record<string, string>, basis = '{ kind: law, text: order, status: confirmed }', more = '') => ({ 'national/records/limit.yaml': parameter(values, basis, more) })
  assert.deepEqual(codesOf(national({ '2021-01-01': '7' })), ['policy.no-value'])
  assert.deepEqual(codesOf(national({ '2020-01-01': '7' }, '{ kind: law, text: nowhere, status: confirmed }')), ['policy.unknown-text'])
  assert.deepEqual(codesOf(national({ '2020-01-01': '7' }, '{ kind: law, text: order, article: 第九条, status: confirmed }')), ['policy.unknown-article'])
  assert.deepEqual(codesOf(national({ '2020-01-01': '7' }, '{ kind: policy, text: order, status: confirmed }')), ['policy.kind'])
  assert.deepEqual(codesOf(national({ '2019-01-01': '7' })), ['policy.not-in-force'])
  assert.deepEqual(codesOf(national({ '2020-01-01': '7' }, undefined, 'examples: [{ name: wrong, on: 2026-01-01, expect: 8 }]')), ['policy.example-fails'])
  assert.deepEqual(codesOf(national({ '2020-01-01': '7' }, undefined, 'examples: []')), ['policy.no-example'])
  assert.deepEqual(codesOf({ 'national/records/limit.yaml': base['national/records/limit.yaml'].replace('  2026-04-01: {', '  2026-05-01: {') }), ['policy.no-basis', 'policy.stray-basis'])
  assert.deepEqual(codesOf({ 'haitang/records/other.yaml': parameter({ '2024-01-01': '5' }, ours).replace('reachable_from: 2020', 'reachable_from: 2024') }), ['policy.overrides-nothing'])
  assert.deepEqual(codesOf({ 'haitang/records/other.yaml': parameter({ '2024-01-01': '5' }, ours, 'introduces: true').replace('reachable_from: 2020', 'reachable_from: 2024') }), [])
  assert.deepEqual(codesOf({ 'haitang/pack.yaml': base['haitang/pack.yaml'].replace('parent: national', 'parent: nowhere') }), ['policy.unknown-pack'])
})

test('a decision table that could not weigh an outcome, or has a row that never decides, is a build error', () => {
  const table = (rows: string) => ({ 'national/records/limit.yaml': parameter({ '2020-01-01': `{ each: kinds, heaviest: [light, heavy], otherwise: light, rows: [${rows}] }` }, '{ kind: law, text: order, status: confirmed }', 'examples: [{ name: fine, on: 2020-01-01, given: { kinds: [none] }, expect: light }]') })
  assert.deepEqual(codesOf(table('{ when: { kinds: a }, then: heavy }')), [])
  assert.deepEqual(codesOf(table('{ when: { kinds: a }, then: heaviest }')), ['policy.table'])
  assert.deepEqual(codesOf(table('{ when: { kinds: a }, then: heavy }, { when: { kinds: a }, then: light }')), ['policy.table'])
})

test('a calendar notice with a day twice, outside its year or without its place is a build error', () => {
  const notice = (off: string, more = '') => `notices: [{ title: 通知, announced_on: 2025-11-04, status: confirmed, source: seen, off: { 元旦: ${off} }${more} }]`
  assert.deepEqual(codesOf({ 'calendar/national/2026.yaml': `year: 2026\n${notice('2025-12-31..2026-01-02')}` }), [])
  assert.deepEqual(codesOf({ 'calendar/national/2026.yaml': `year: 2026\n${notice('2026-01-01', ', make_up: [2026-01-01]')}` }), ['policy.day-twice'])
  assert.deepEqual(codesOf({ 'calendar/national/2026.yaml': `year: 2026\n${notice('2025-10-01')}` }), ['policy.wrong-year'])
  assert.deepEqual(codesOf({ 'calendar/local/x.yaml': notice('2026-04-20') }), ['policy.no-place'])
  assert.throws(() => bookOf({ 'calendar/national/2026.yaml': `year: 2026\n${notice('2026-01-03..2026-01-01')}` }), /neither a day nor a span/)
})

test('a file of the wrong form is refused with file, place, cause and fix, all mistakes at once', () => {
  const folder = folderOf({ 'national/records/limit.yaml': base['national/records/limit.yaml'].replace('2026-04-01: 10', '2026-02-31: 10'), 'texts/order.yaml': 'title: [' })
  assert.throws(() => loadPolicy(folder), (refusal: Refusal) => {
    assert.equal(refusal.code, 'policy.unreadable')
    assert.match(refusal.parts.message.en, /national\/records\/limit\.yaml: "2026-02-31" is not a day/)
    assert.match(refusal.parts.message.en, /texts\/order\.yaml/)
    return true
  })
})

test('the hash of the book changes with any file, the hash of a parameter only with its own', () => {
  const [before, again] = [bookOf(), bookOf()]
  const after = bookOf({ 'texts/third.yaml': base['texts/order.yaml'] })
  assert.equal(before.hash, again.hash)
  assert.notEqual(before.hash, after.hash)
  assert.equal(before.hashOf('records/limit'), after.hashOf('records/limit'))
  assert.notEqual(before.hashOf('records/limit'), bookOf({ 'haitang/records/limit.yaml': parameter({ '2024-01-01': '5' }, ours) }).hashOf('records/limit'))
})

test('plain data comes from the lowest pack that has it', () => {
  const book = bookOf({ 'national/sectors.yaml': 'a: 1', 'haitang/sectors.yaml': 'a: 2', 'national/models/x.yaml': 'b: 3' })
  assert.deepEqual(book.file('sectors'), { a: 2 })
  assert.deepEqual(book.folder('models').map(({ name, content }) => [name, content]), [['models/x', { b: 3 }]])
  assert.throws(() => book.file('nothing'), (refusal: Refusal) => refusal.code === 'policy.unknown-file')
})

const fines: DecisionTable = {
  each: 'kinds', heaviest: ['minor', 'general', 'serious'], otherwise: 'general',
  rows: [
    { when: { sector: 'housing', kinds: 'fine', fine_yuan: { from: 100_000 } }, then: 'serious' },
    { when: { kinds: 'fine', fine_yuan: { below: 1000 } }, then: 'minor' },
    { when: { kinds: ['warning', 'criticism'] }, then: 'minor' },
  ],
}

test('in a decision table the first fitting row decides, and of several kinds the heaviest counts', () => {
  assert.deepEqual(decide(fines, { kinds: ['fine'], fine_yuan: 100_000, sector: 'housing' }), { outcome: 'serious', rows: [0] })
  assert.equal(decide(fines, { kinds: ['fine'], fine_yuan: 100_000, sector: 'water' }).outcome, 'general')
  assert.equal(decide(fines, { kinds: ['fine'], fine_yuan: 999n }).outcome, 'minor')
  assert.deepEqual(decide(fines, { kinds: ['warning', 'fine'], fine_yuan: 5000 }), { outcome: 'general', rows: [] })
  assert.equal(decide(fines, { kinds: [] }).outcome, 'general')
  assert.equal(decide(fines, { kinds: ['fine'] }).outcome, 'general', 'a fact that is missing satisfies no condition')
})

test('the command line gets a deadline and a value with all that stands behind them', () => {
  const book = loadPolicy(join(import.meta.dirname, '../../../policy'))
  const answer = answerDayAdd(book, day('2026-09-30'), 7, { knownOn: day('2026-11-22') })
  assert.equal(answer.day, '2026-10-15')
  assert.equal(answer.provisional, false)
  assert.throws(() => answerDayAdd(book, day('2026-09-30'), 1.5), (refusal: Refusal) => refusal.code === 'day.outside-calendar')
  const { value, inForceFrom, basis, status, pack } = answerPolicyGet(book, 'records/report-within', day('2026-11-22'))
  assert.deepEqual([value, inForceFrom, basis.text, status, pack], [7, '2019-07-16', 'gbf-2019-35', 'confirmed', 'national'])
})
