import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../kernel/refusal.ts'
import { ModelRefusal, parseModel } from './index.ts'

type Raw = Record<string, any>
const text = { zh: '示例', en: 'example' }

/** A sound model that each test spoils in one place. */
function sound(): Raw {
  return {
    key: 'sound', title: text, scale: 'local-abcd', sector: 'water', kind: 'industry', status: 'reference', level: 'local',
    in_force: { from: '2026-01-01', until: '2027-01-01' }, basis: [{ kind: 'practice', text: 'practice', status: 'unconfirmed' }],
    arithmetic: 'weighted', min: '0', max: '100',
    dimensions: [
      { key: 'one', title: text, weight: '33.33', base: '100', min: '0', max: '100', characteristics: [{ key: 'penalties', title: text, direction: 'negative', operator: 'count', where: { kind: 'penalty' }, window: '24 months', bins: [{ below: '1', points: '0' }, { from: '1', points: '-50' }] }] },
      { key: 'two', title: text, weight: '66.67', base: '50', min: '0', max: '100', characteristics: [{ key: 'quiet', title: text, operator: 'days-since', where: { kind: 'penalty' }, none: '50', bins: [{ below: '365', points: '0' }, { from: '365', points: '20' }] }] },
    ],
    signals: [{ key: 'grade', title: text, operator: 'latest', of: 'grade', where: { kind: 'public-grade' } }],
    vetoes: [{ key: 'd', title: text, when: { characteristic: 'grade', is: ['D'] }, at_most: 'B' }],
    bands: [{ grade: 'A', from: '80' }, { grade: 'B', from: '60', below: '80' }, { grade: 'C', below: '60' }],
  }
}

function codesOf(spoil: (model: Raw) => void): string[] {
  const model = sound()
  spoil(model)
  try {
    parseModel(model)
  } catch (error) {
    assert.ok(error instanceof ModelRefusal && error instanceof Refusal)
    for (const problem of error.problems) {
      assert.ok(problem.message.zh && problem.message.en && problem.fix.zh && problem.fix.en, 'each problem has cause and fix in both languages')
    }
    return error.problems.map(({ code }) => code.replace('model.', ''))
  }
  return []
}

const first = (model: Raw): Raw => model.dimensions[0].characteristics[0]
const second = (model: Raw): Raw => model.dimensions[1].characteristics[0]

const rules: readonly [name: string, spoil: (model: Raw) => void, code: string][] = [
  ['an unknown field', (model) => (model.colour = 'red'), 'unknown-field'],
  ['an unknown field deep inside', (model) => (first(model).where.kindd = 'x'), 'unknown-field'],
  ['a field that another operator has', (model) => (first(model).hits = {}), 'unknown-field'],
  ['weights that add to 99.99', (model) => (model.dimensions[0].weight = '33.32'), 'weights-not-100'],
  ['a missing weight', (model) => delete model.dimensions[0].weight, 'weight-missing'],
  ['a weight of nothing', (model) => Object.assign(model.dimensions, [{ ...model.dimensions[0], weight: '0' }, { ...model.dimensions[1], weight: '100' }]), 'weight-not-positive'],
  ['weights in an additive model', (model) => (model.arithmetic = 'additive'), 'weight-in-additive'],
  ['a weighted dimension that can pass 100', (model) => (model.dimensions[0].max = '120'), 'dimension-not-percent'],
  ['bands with a gap', (model) => (model.bands[1].below = '79'), 'bands-incomplete'],
  ['bands that overlap', (model) => (model.bands[1].below = '81'), 'bands-incomplete'],
  ['bands that are not open below', (model) => (model.bands[2].from = '0'), 'bands-incomplete'],
  ['bands that are not open above', (model) => (model.bands[0].below = '100'), 'bands-incomplete'],
  ['no bands', (model) => (model.bands = []), 'bands-incomplete'],
  ['the same grade twice', (model) => (model.bands[1].grade = 'A'), 'same-key-twice'],
  ['bins with a gap', (model) => (first(model).bins[1].from = '2'), 'bins-incomplete'],
  ['bins that rise against the direction', (model) => (first(model).bins[1].points = '5'), 'not-monotone'],
  ['points per unit against the direction', (model) => Object.assign(first(model), { bins: undefined, per: { points: '5' } }), 'not-monotone'],
  ['no points for when there is no value', (model) => delete second(model).none, 'none-missing'],
  ['half a day as an edge', (model) => (second(model).bins = [{ below: '30.5', points: '0' }, { from: '30.5', points: '1' }]), 'edge-not-whole'],
  ['a characteristic without points', (model) => delete first(model).bins, 'award-missing'],
  ['two kinds of points', (model) => (first(model).per = { points: '-1' }), 'two-awards'],
  ['words for a number', (model) => Object.assign(first(model), { bins: undefined, map: { A: '1' } }), 'award-does-not-fit'],
  ['a sum without a unit', (model) => Object.assign(first(model), { operator: 'sum', bins: undefined, per: { points: '-1' } }), 'unit-missing'],
  ['decay where nothing can be weighed', (model) => (second(model).decay = [{ within: '12 months', factor: '1' }]), 'decay-not-possible'],
  ['decay whose spans do not grow', (model) => (first(model).decay = [{ within: '12 months', factor: '1' }, { within: '6 months', factor: '0.5' }]), 'decay-unordered'],
  ['a signal with points', (model) => Object.assign(model.signals[0], { map: { A: '1' }, none: '0' }), 'signal-with-points'],
  ['the same key twice', (model) => (second(model).key = 'penalties'), 'same-key-twice'],
  ['a maximum below the base', (model) => (model.dimensions[1].max = '40'), 'max-below-base'],
  ['a minimum above the base', (model) => (model.dimensions[1].min = '60'), 'min-above-base'],
  ['no days of force', (model) => delete model.in_force, 'not-an-object'],
  ['a local model without an end', (model) => delete model.in_force.until, 'end-missing'],
  ['a model that ends before it begins', (model) => (model.in_force.until = '2025-01-01'), 'never-in-force'],
  ['a day that does not exist', (model) => (model.in_force.from = '2026-02-30'), 'not-a-day'],
  ['no basis', (model) => (model.basis = []), 'basis-missing'],
  ['a basis without its text', (model) => delete model.basis[0].text, 'text-missing'],
  ['a title in one language', (model) => (model.title = { zh: '示例' }), 'text-missing'],
  ['a veto on an unknown characteristic', (model) => (model.vetoes[0].when.characteristic = 'nothing'), 'unknown-characteristic'],
  ['a veto to an unknown grade', (model) => (model.vetoes[0].at_most = 'Z'), 'unknown-grade'],
  ['a veto with two effects', (model) => (model.vetoes[0].down = '1'), 'effect-unclear'],
  ['a numeric condition on a word', (model) => (model.vetoes[0].when = { characteristic: 'grade', from: '1' }), 'condition-does-not-fit'],
  ['a condition without a test', (model) => (model.vetoes[0].when = { characteristic: 'grade' }), 'condition-unclear'],
  ['a number that is none', (model) => (model.dimensions[0].weight = 'viel'), 'not-a-decimal'],
  ['points beyond the limit', (model) => (first(model).bins[1].points = '-1000.01'), 'too-large'],
  ['three decimals in points', (model) => (first(model).bins[1].points = '-0.125'), 'not-a-decimal'],
  ['a span that is none', (model) => (first(model).window = 'soon'), 'not-a-span'],
  ['an unknown operator', (model) => (first(model).operator = 'guess'), 'bad-word'],
]

test('the model that the other tests spoil is sound', () => assert.deepEqual(codesOf(() => undefined), []))

for (const [name, spoil, code] of rules) {
  test(`refused: ${name}`, () => assert.ok(codesOf(spoil).includes(code), `${codesOf(spoil).join(', ') || 'accepted'} instead of ${code}`))
}

test('all problems are told at once, each with its place', () => {
  try {
    parseModel({ ...sound(), colour: 'red', level: 'county', bands: 'none' })
    assert.fail('accepted')
  } catch (error) {
    assert.deepEqual((error as ModelRefusal).problems.map(({ field }) => field), ['colour', 'level', 'bands'])
  }
})

test('weights of a third each are exact decimals, not floating-point numbers', () => {
  assert.deepEqual(codesOf((model) => {
    model.dimensions[0].weight = 33.34
    model.dimensions[1].weight = '66.66'
  }), [])
})

test('YAML that names a field twice is refused with its line', () => {
  try {
    parseModel('key: a\nkey: b\n')
    assert.fail('accepted')
  } catch (error) {
    assert.equal((error as ModelRefusal).problems[0]!.field, 'line 2')
    assert.match((error as ModelRefusal).problems[0]!.message.zh, /同一字段写了两次/)
  }
})

test('decimals of a YAML file are read as text, and equal ones are written equal', () => {
  const yaml = JSON.stringify(sound()).replace('"33.33"', '33.33').replace('"66.67"', '66.670')
  assert.equal(parseModel(yaml).dimensions[1]!.weight, '66.67')
})
