// @clause 4.1
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { day } from '../../kernel/day.ts'
import { gramsOf, normaliseName, searchableNames } from './names.ts'
import { registerRow, type Identifier, type Registered, type SubjectFields } from './subjects.ts'

const A = '91330100716105852F'
const B = '91440300192317458F'
const on = day('2026-11-22')
const uscc = (value: string): Identifier => ({ kind: 'uscc', value })
const number = (value: string): Identifier => ({ kind: 'registration-number', value })
const fields = (given: Partial<SubjectFields>): SubjectFields => ({
  name: '海棠湾酒店', type: null, codes: [uscc(A)], status: null, industry: null, sectors: [], place: null, department: null, foundedOn: null, legalRepresentative: null, formerNames: [], nameChangedOn: null, ...given,
})

/** A register that holds what was registered, by code. */
function register() {
  const owners = new Map<string, Registered>()
  let id = 0
  return {
    take(row: Partial<SubjectFields>) {
      const done = registerRow(fields(row), ({ kind, value }) => owners.get(`${kind} ${value}`), () => ++id, on)
      if (done.outcome === 'accepted' || done.outcome === 'corrected') for (const { kind, value } of done.next.content.codes) owners.set(`${kind} ${value}`, done.next)
      return done
    },
    codes: () => owners,
  }
}

test('brackets, width, blanks and case make no difference between names; every other character does', () => {
  assert.equal(normaliseName('海棠湾（三亚） 酒店　ｈｏｔｅｌ'), normaliseName('海棠湾(三亚)酒店HOTEL'))
  assert.notEqual(normaliseName('海棠湾酒店'), normaliseName('海裳湾酒店'))
})

test('any part of two characters or more of a name is among its pairs, and never spans two names', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'海棠湾酒店𠮷(A1'), minLength: 2, maxLength: 12 }), fc.nat(10), fc.nat(10), (name, from, length) => {
    const part = [...normaliseName(name)].slice(from, from + length + 2).join('')
    const all = new Set(searchableNames([name, '另一个名']).grams)
    for (const gram of gramsOf(part)) assert.ok(all.has(gram))
  }))
  assert.equal(searchableNames(['海棠', '酒店']).grams.includes('棠酒'), false)
})

test('the type follows from the code when the row leaves it open', () => {
  const done = register().take({})
  assert.equal(done.outcome === 'accepted' && done.next.content.type, 'enterprise')
})

test('a code of an individual business with another type is refused', () => {
  const done = register().take({ codes: [uscc('92460202MA5TBBB21K')], type: 'enterprise' })
  assert.deepEqual(done.outcome === 'rejected' && done.problems.map(({ code }) => code), ['subject.type-mismatch'])
})

test('a row without any code identifies nobody', () => {
  const done = register().take({ codes: [] })
  assert.deepEqual(done.outcome === 'rejected' && done.problems.map(({ code }) => code), ['subject.no-code'])
})

test('an empty cell says nothing: what is known stays', () => {
  const { take } = register()
  take({ industry: 'H61', sectors: ['tourism'], foundedOn: day('2019-01-01') })
  assert.equal(take({}).outcome, 'unchanged')
})

test('a subject known by its registration number receives its credit code later, and is the same subject', () => {
  const { take } = register()
  const first = take({ codes: [number('460200600123456')] })
  const second = take({ codes: [number('460200600123456'), uscc(A)] })
  assert.equal(second.outcome, 'corrected')
  assert.equal(second.outcome === 'corrected' && first.outcome === 'accepted' && second.next.subjectId === first.next.subjectId && second.next.content.uscc, A)
})

test('a registration number of a subject that has another credit code is refused', () => {
  const { take } = register()
  take({ codes: [number('460200600123456'), uscc(A)] })
  const done = take({ codes: [number('460200600123456'), uscc(B)], name: '另一家' })
  assert.deepEqual(done.outcome === 'rejected' && done.problems.map(({ code }) => code), ['subject.code-taken'])
})

test('renamed back with a later day, the former name is the present one again', () => {
  const { take } = register()
  take({ name: '甲公司' })
  take({ name: '乙公司', nameChangedOn: day('2024-01-01') })
  const back = take({ name: '甲公司', nameChangedOn: day('2025-01-01') })
  assert.deepEqual(back.outcome === 'corrected' && back.next.names, [{ name: '乙公司', fromOn: '2024-01-01', untilOn: '2025-01-01' }, { name: '甲公司', fromOn: '2025-01-01', untilOn: null }])
})

test('whatever rows come in whatever order, a code belongs to one subject and a subject has one present name', () => {
  const row = fc.record({
    name: fc.constantFrom('甲公司', '乙公司', '丙（店）', '丙(店)'),
    codes: fc.uniqueArray(fc.constantFrom(uscc(A), uscc(B), number('460200600123456'), number('460200600123457')), { minLength: 1, maxLength: 3, selector: ({ kind, value }) => (kind === 'uscc' ? kind : value) }),
    nameChangedOn: fc.constantFrom(null, day('2020-01-01'), day('2025-01-01')),
    formerNames: fc.subarray(['甲公司', '旧店']),
  })
  fc.assert(fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
    const { take, codes } = register()
    const before = new Map<string, number>()
    for (const one of rows) {
      take(one)
      for (const [code, { subjectId, names, content }] of codes()) {
        assert.equal(before.get(code) ?? subjectId, subjectId)
        before.set(code, subjectId)
        assert.deepEqual(names.filter(({ untilOn }) => untilOn === null).map(({ name }) => name), [content.name])
      }
    }
  }))
})

test('the same row again changes nothing', () => {
  const { take } = register()
  const row = { name: '乙公司', formerNames: ['甲公司'], nameChangedOn: day('2024-01-01'), sectors: ['tourism', 'market-regulation'] }
  take(row)
  assert.equal(take(row).outcome, 'unchanged')
})
