import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, day } from '../../kernel/day.ts'
import { modelHash, parseModel } from '../../engines/scoring/index.ts'
import { endsOn, isAdopted, modelsInForce, type Adoption } from './models.ts'
import { publicModel, sectorModel } from './testing/models.ts'

let count = 0
function adopted(definition: object): Adoption {
  const model = parseModel(definition)
  count += 1
  return { adoptionId: count, hash: modelHash(model), model, origin: 'policy', adoptedAt: new Date(count * 1000), adoptedBy: 'officer:test' }
}
const keys = (adoptions: readonly Adoption[], on: string, knownAt?: Date) => modelsInForce(adoptions, day(on), knownAt).map(({ model, adoptionId }) => `${model.key} ${adoptionId}`)

test('a model counts from its first day until the day before it ends', () => {
  const one = adopted(publicModel({ in_force: { from: '2026-01-01', until: '2027-01-01' } }))
  assert.deepEqual([keys([one], '2025-12-31'), keys([one], '2026-01-01').length, keys([one], '2026-12-31').length, keys([one], '2027-01-01')], [[], 1, 1, []])
  assert.equal(endsOn([one], one), '2027-01-01')
})

test('of two versions the later begun counts, and of two with one first day the later adopted', () => {
  const [first, second] = [adopted(publicModel()), adopted(publicModel({ base: '90', in_force: { from: '2026-06-01', until: '2030-01-01' } }))]
  const corrected = adopted(publicModel({ base: '95' }))
  const all = [first, second, corrected]
  assert.deepEqual([keys(all, '2026-05-31'), keys(all, '2026-06-01')], [[`public-credit ${corrected.adoptionId}`], [`public-credit ${second.adoptionId}`]])
  assert.equal(endsOn(all, corrected), '2026-06-01')
  assert.deepEqual(keys(all, '2026-05-31', first.adoptedAt), [`public-credit ${first.adoptionId}`], 'what was adopted later was not known then')
})

test('a version that ends does not bring back the one before it', () => {
  const [first, short] = [adopted(publicModel()), adopted(publicModel({ base: '90', in_force: { from: '2026-06-01', until: '2026-09-01' } }))]
  assert.deepEqual(keys([first, short], '2026-09-01'), [])
})

test('a nationally unified model ends the local ones of its sector from its own day on, whatever it is called and whenever it came', () => {
  const [food, tourism] = [adopted(sectorModel('food', { in_force: { from: '2026-05-01', until: '2030-01-01' } })), adopted(sectorModel('tourism'))]
  const unified = adopted(sectorModel('food', { key: 'food-unified', level: 'national', in_force: { from: '2026-03-01' } }))
  const all = [food, tourism, unified]
  assert.deepEqual(keys(all, '2026-02-28'), [`tourism ${tourism.adoptionId}`])
  assert.deepEqual(keys(all, '2026-06-01'), [`food-unified ${unified.adoptionId}`, `tourism ${tourism.adoptionId}`])
  assert.equal(endsOn(all, unified), null)
  assert.deepEqual(endsOn([tourism, adopted(sectorModel('tourism', { key: 't', level: 'national', in_force: { from: '2027-01-01' } }))], tourism), '2027-01-01')
  assert.equal(addDays(day('2027-01-01'), -1), '2026-12-31')
})

test('adopting what stands already is idle, and going back to an earlier version is not', () => {
  const [first, second] = [adopted(publicModel()), adopted(publicModel({ base: '90' }))]
  assert.equal(isAdopted([first, second], second.model, second.hash), true)
  assert.equal(isAdopted([first, second], first.model, first.hash), false)
})
