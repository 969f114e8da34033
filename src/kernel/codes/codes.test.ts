// @clause 4.1
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkCode, isOrganisationCode, isRegistrationNumber, isResidentId, isUscc, organisationCodeFrom, registrationNumberFrom, residentIdFrom, tidyCode, usccFrom } from './index.ts'

const VALID = ['9152000071430580XT', '91440300192317458F', '91440300192181490G', '914403001922038216', '91110000802100433B', '91330100716105852F', '91320100748204660Q',
  '91320281142232229Q', '91310000132215150M', '91340111MA2RAD3M4R', '11320100MB1886843H', '91230500MA1B3N1N2M', '91320105780688132K', '9135010026017703XW']
const INVALID = ['91350900587527232L', '91440600722473344C', '91310000132207158Q', '91110108355231542F', '91110108MA01712M9L', '91310000324443210P', '91330000749021884X',
  '91310000MA1FL0XL2B', '91320100250571846X', '91110000100003962T']

const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
const letters = (count: number) => fc.array(fc.constantFrom(...ALPHABET), { minLength: count, maxLength: count }).map((all) => all.join(''))
const digits = (count: number) => fc.array(fc.constantFrom(...'0123456789'), { minLength: count, maxLength: count }).map((all) => all.join(''))
const uscc = fc.tuple(fc.constantFrom('91460200', '92460200', '93460202', '12460200', '51460000'), letters(8)).map(([prefix, body]) => usccFrom(prefix, body))
const replaced = (text: string, at: number, by: string) => text.slice(0, at) + by + text.slice(at + 1)
const swapped = (text: string, at: number) => text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2)

test('codes of real firms and organs are valid', () => {
  for (const code of VALID) assert.deepEqual(checkCode(code), { code, kind: 'uscc', valid: true, problems: [] })
})

test('wrong codes met in public data are refused, each with a cause and a fix in both languages', () => {
  for (const code of INVALID) {
    const { kind, valid, problems } = checkCode(code)
    assert.equal(kind, 'uscc')
    assert.equal(valid, false, code)
    for (const problem of problems) for (const sentence of [problem.message.zh, problem.message.en, problem.fix.zh, problem.fix.en]) assert.ok(sentence.length > 5)
  }
})

test('a wrong division with a right organisation code is told from a wrong organisation code', () => {
  assert.deepEqual(checkCode('91110000100003962T').problems.map((problem) => problem.code), ['uscc.check-digit'])
})

test('the placeholder identifies nobody', () => {
  const { kind, valid, problems } = checkCode('00000000000000000X')
  assert.deepEqual([kind, valid, problems[0]!.code], ['uscc', false, 'uscc.placeholder'])
})

test('letters that no code uses are named', () => {
  assert.equal(checkCode('9I440300192317458F').problems[0]!.code, 'uscc.alphabet')
})

test('full-width characters, blanks and small letters are put right before checking', () => {
  assert.equal(tidyCode(' ９１４４ ０３００　19231 7458ｆ\u200b'), '91440300192317458F')
  assert.equal(checkCode('71410919-4').kind, 'organisation-code')
})

test('registration numbers of fifteen digits are checked by ISO 7064', () => {
  assert.equal(checkCode('440301102900139').valid, true)
  for (const [code, check] of [['440301103032184', '5'], ['350900100011287', '0'], ['320101000000561', '4']]) {
    assert.equal(isRegistrationNumber(code!), false)
    assert.equal(registrationNumberFrom(code!.slice(0, 14)).at(-1), check)
  }
})

test('an old thirteen-digit registration number is a warning only', () => {
  const { valid, problems } = checkCode('4403011029001')
  assert.deepEqual([valid, problems[0]!.severity], [true, 'warning'])
})

test('resident IDs need a real birthday, a province and their check character', () => {
  assert.equal(isResidentId('11010519491231002X'), true)
  assert.equal(isResidentId('110105194912310021'), false)
  assert.equal(checkCode('11010519491231002X').kind, 'resident-id')
  assert.equal(checkCode('110105194913310021').kind, 'uscc')
  assert.equal(checkCode(residentIdFrom('46020020270101001'), '2026-11-22' as never).valid, false)
})

test('a message about a resident ID never repeats the number', () => {
  const { problems } = checkCode('110105194912310021')
  assert.ok(problems.length > 0 && !JSON.stringify(problems).includes('19491231'))
})

test('completed codes are always valid', () => {
  fc.assert(fc.property(uscc, (code) => isUscc(code) && checkCode(code).valid))
  fc.assert(fc.property(letters(8), (body) => isOrganisationCode(organisationCodeFrom(body))))
  fc.assert(fc.property(digits(14), (body) => isRegistrationNumber(registrationNumberFrom(body))))
})

test('any single change and any swap of neighbours in a credit code is detected', () => {
  fc.assert(fc.property(uscc, fc.nat(17), fc.constantFrom(...ALPHABET), (code, at, by) => code[at] === by || !isUscc(replaced(code, at, by))))
  fc.assert(fc.property(uscc, fc.nat(16), (code, at) => code[at] === code[at + 1] || !isUscc(swapped(code, at))))
})

test('any single wrong digit in a registration number is detected', () => {
  fc.assert(fc.property(digits(14), fc.nat(14), fc.constantFrom(...'0123456789'), (body, at, by) => {
    const code = registrationNumberFrom(body)
    return code[at] === by || !isRegistrationNumber(replaced(code, at, by))
  }))
})

test('any single wrong digit and any swap in a resident ID is detected', () => {
  fc.assert(fc.property(digits(3), fc.nat(17), fc.constantFrom(...'0123456789'), (order, at, by) => {
    const code = residentIdFrom(`46020019850612${order}`)
    return (code[at] === by || !isResidentId(replaced(code, at, by))) && (at > 15 || code[at] === code[at + 1] || !isResidentId(swapped(code, at)))
  }))
})

test('checking any text gives an answer and never throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => ['uscc', 'organisation-code', 'registration-number', 'resident-id', 'unknown'].includes(checkCode(text).kind)))
})
