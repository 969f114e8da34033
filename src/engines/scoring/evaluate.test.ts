import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { evaluate, parseModel, type Fact, type Subject } from './index.ts'

type Raw = Record<string, unknown>
const text = { zh: '示例', en: 'example' }
const subject: Subject = { subject_id: 1, type: 'enterprise', status: 'active', industry: null, sectors: [], founded_on: day('2024-02-29') }
const TODAY = day('2026-11-22')

let ids = 0
function fact(kind: string, decidedOn: string, more: Partial<Fact> = {}): Fact {
  ids += 1
  return {
    subject_id: 1, record_id: ids, fact_id: ids, kind, decided_on: day(decidedOn), ends_on: null, use_ends_on: null, class: null, tags: [], department: null, sector: null,
    amount_fen: null, grade: null, known_from: new Date('2020-01-01T00:00:00Z'), known_until: null, withdrawn: false, ...more,
  }
}

const bands = [{ grade: 'A', from: '90' }, { grade: 'B', from: '70', below: '90' }, { grade: 'C', from: '50', below: '70' }, { grade: 'D', below: '50' }]

function model(characteristics: Raw[], more: Raw = {}) {
  return parseModel({
    key: 'm', title: text, scale: 's', sector: 'all', kind: 'industry', status: 'reference', level: 'local', in_force: { from: '2020-01-01', until: '2030-01-01' },
    basis: [{ kind: 'practice', text: 'practice', status: 'unconfirmed' }], arithmetic: 'additive', base: '100', min: '0', max: '100', bands,
    dimensions: [{ key: 'd', title: text, characteristics: characteristics.map((each, index) => ({ key: `c${index}`, title: text, ...each })) }], ...more,
  })
}

const penalties = { operator: 'count', where: { kind: 'penalty' }, window: '12 months', per: { points: '-10' } }

test('a penalty counts from its day on and no more on the day a year later', () => {
  const facts = [fact('penalty', '2024-02-29')]
  const scoreOn = (on: string) => evaluate(model([penalties]), subject, facts, day(on)).score
  assert.deepEqual(['2024-02-28', '2024-02-29', '2025-02-27', '2025-02-28'].map(scoreOn), ['100', '90', '90', '100'])
})

test('a line names its records, when each falls away and why, and what the line is then worth', () => {
  const facts = [fact('penalty', '2026-01-10'), fact('penalty', '2026-05-01', { use_ends_on: day('2026-12-01') })]
  const { lines, holds_until } = evaluate(model([penalties]), subject, facts, TODAY)
  const line = lines.find(({ characteristic }) => characteristic === 'c0')!
  assert.deepEqual(line.records.map(({ falls_away_on, falls_away_by }) => [falls_away_on, falls_away_by]), [['2027-01-10', 'lapse'], ['2026-12-01', 'use-ended']])
  assert.deepEqual([line.points, line.changes_on, line.changes_to, holds_until], ['-20', '2026-12-01', '-10', '2026-12-01'])
  assert.equal(line.words.zh, '近 1 年内共 2 条')
  assert.equal(line.words.en, '2 records in the last year')
})

test('decayed records keep exact decimals', () => {
  const decayed = { operator: 'count', where: { kind: 'penalty' }, decay: [{ within: '12 months', factor: '1' }, { within: '24 months', factor: '0.6' }, { within: '36 months', factor: '0.3' }], per: { points: '-0.7' } }
  const facts = ['2026-10-01', '2025-10-01', '2024-10-01', '2023-10-01'].map((on) => fact('penalty', on))
  const told = evaluate(model([decayed]), subject, facts, TODAY)
  assert.equal(told.score, '98.67')
  assert.deepEqual(told.lines[1]!.records.map(({ share }) => share), ['1', '0.6', '0.3'])
})

test('what was corrected later is seen only by those who ask later', () => {
  const changed = new Date('2026-06-01T00:00:00Z')
  const facts = [fact('penalty', '2026-03-01', { known_until: changed }), fact('penalty', '2026-03-01', { known_from: changed, withdrawn: true })]
  const scoreAt = (at?: string) => evaluate(model([penalties]), subject, facts, TODAY, at === undefined ? undefined : new Date(at)).score
  assert.deepEqual([scoreAt('2019-01-01T00:00:00Z'), scoreAt('2026-05-31T23:59:59Z'), scoreAt('2026-06-01T00:00:00Z'), scoreAt()], ['100', '90', '100', '100'])
})

test('a licence counts until the day on which it ends, and is a lapsed one from then on', () => {
  const both = model([{ operator: 'presence', where: { kind: 'licence', effect: 'running' }, present: '0', absent: '-30' }, { operator: 'count', where: { kind: 'licence', effect: 'ended' }, per: { points: '-5' } }])
  const facts = [fact('licence', '2023-01-01', { ends_on: day('2026-11-23') })]
  const today = evaluate(both, subject, facts, TODAY)
  assert.deepEqual([today.score, today.holds_until], ['100', '2026-11-23'])
  assert.equal(evaluate(both, subject, facts, day('2026-11-23')).score, '65')
})

test('one of three is 33.33… per cent and not more', () => {
  const third = { operator: 'ratio', where: { kind: 'inspection' }, hits: { tags: 'problem' }, none: '0', bins: [{ below: '33.3333', points: '-1' }, { from: '33.3333', below: '33.3334', points: '-2' }, { from: '33.3334', points: '-3' }] }
  const facts = [fact('inspection', '2026-01-01', { tags: ['problem'] }), fact('inspection', '2026-02-01'), fact('inspection', '2026-03-01')]
  const told = evaluate(model([third]), subject, facts, TODAY)
  assert.equal(told.score, '98')
  assert.equal(told.lines[1]!.value, '1/3')
})

test('fines count by whole units of yuan', () => {
  const fines = { operator: 'sum', where: { kind: 'penalty' }, per: { points: '-1', every: '10000', min: '-20' } }
  const scoreOf = (...fen: bigint[]) => evaluate(model([fines]), subject, fen.map((amount_fen) => fact('penalty', '2026-01-01', { amount_fen })), TODAY).score
  assert.deepEqual([scoreOf(999_999n), scoreOf(999_999n, 1n), scoreOf(100_000_000_00n)], ['100', '99', '80'])
})

test('a business of 29 February is one year old on 28 February', () => {
  const age = model([{ operator: 'attribute', of: 'age', none: '-50', bins: [{ below: '12', points: '-20' }, { from: '12', points: '0' }] }])
  const [before, after] = [evaluate(age, subject, [], day('2025-02-27')), evaluate(age, subject, [], day('2025-02-28'))]
  assert.deepEqual([before.score, before.holds_until, after.score], ['80', '2025-02-28', '100'])
})

test('a cap is a line of its own, so that lines add up', () => {
  const told = evaluate(model([penalties], { min: '60' }), subject, Array.from({ length: 7 }, () => fact('penalty', '2026-01-01')), TODAY)
  assert.deepEqual(told.lines.map(({ kind, points }) => [kind, points]), [['base', '100'], ['characteristic', '-70'], ['cap', '30']])
  assert.equal(told.score, '60')
})

const signals = [
  { key: 'listed', title: text, operator: 'presence', where: { kind: 'listing' } },
  { key: 'public', title: text, operator: 'latest', of: 'grade', where: { kind: 'public-grade' } },
  { key: 'any', title: text, operator: 'presence', where: { kind: ['listing', 'public-grade', 'penalty', 'accident'] } },
  { key: 'accident', title: text, operator: 'presence', where: { kind: 'accident' } },
]
const veto = (key: string, when: Raw, effect: Raw) => ({ key, title: text, when: { characteristic: key, ...when }, ...effect })
const withVetoes = () => model([penalties], { signals, vetoes: [veto('listed', { from: '1' }, { grade: 'D' }), veto('public', { is: ['D'] }, { at_most: 'B' }), veto('accident', { from: '1' }, { down: '2' })], missing: { when: { characteristic: 'any', below: '1' }, grade: 'M' } })
const gradeWith = (...facts: Fact[]) => {
  const { grade, band_grade, score, vetoes } = evaluate(withVetoes(), subject, facts, TODAY)
  return { grade, band_grade, score, vetoes: vetoes.map(({ key }) => key) }
}

test('a veto changes the grade and leaves the score', () => {
  assert.deepEqual(gradeWith(fact('listing', '2026-01-01')), { grade: 'D', band_grade: 'A', score: '100', vetoes: ['listed'] })
})

test('a received public grade D keeps a business from the best grade, and only the latest one counts', () => {
  assert.equal(gradeWith(fact('public-grade', '2026-01-01', { grade: 'D' })).grade, 'B')
  assert.equal(gradeWith(fact('public-grade', '2026-01-01', { grade: 'D' }), fact('public-grade', '2026-08-01', { grade: 'B' })).grade, 'A')
})

test('steps down stop at the worst grade', () => {
  assert.equal(gradeWith(fact('accident', '2026-01-01')).grade, 'C')
  assert.equal(gradeWith(fact('accident', '2026-01-01'), ...Array.from({ length: 4 }, () => fact('penalty', '2026-01-01'))).grade, 'D')
})

test('a business about which nothing is known has the grade for missing data', () => {
  assert.equal(gradeWith().grade, 'M')
  assert.equal(gradeWith(fact('penalty', '2026-01-01')).grade, 'A')
})

test('a model is not run on a day on which it is not in force, and its end ends the result', () => {
  assert.throws(() => evaluate(model([penalties]), subject, [], day('2030-01-01')), (error) => error instanceof Refusal && error.code === 'model.not-in-force' && error.parts.fix.zh.includes('2030-01-01'))
  assert.equal(evaluate(model([penalties]), subject, [], day('2029-12-31')).holds_until, '2030-01-01')
})
