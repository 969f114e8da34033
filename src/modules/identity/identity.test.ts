// @clause X.4
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dictionary } from '@zxcvbn-ts/language-common'
import fc from 'fast-check'
import { loadPolicy } from '../../engines/policy/index.ts'
import { day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { seededRandomness } from '../../platform/randomness.ts'
import type { CommonRules } from './common-passwords.ts'
import { lockedUntil, type LockoutRules } from './lockout.ts'
import { digestOfPassword, fits, isAged, mayUse, mustBeGood, mustBeNew, mustNotBeCommon, type PasswordRules } from './passwords.ts'
import { codeAt, stepOf, type SecondFactorRules } from './second-factor.ts'
import { digestOfCode, newCode, newToken } from './tokens.ts'

const book = loadPolicy('policy')
const law = book.on(day('2026-11-22'))
const rules = law.value<PasswordRules>('identity/password')
const lockout = law.value<LockoutRules>('identity/lockout')
const factors = law.value<SecondFactorRules>('identity/second-factor')
const randomness = seededRandomness(7)
const NOW = new Date('2026-11-22T02:00:00Z')
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

test('a password needs eight characters of three classes, and not the user name', () => {
  for (const bad of ['Ab1!', 'abcdefgh', 'abcdefg1', 'ABCDEFG1', '12345678', 'Ab1!'.repeat(60)]) assert.throws(() => mayUse(bad, 'chen', rules), refused('password.too-simple'), bad)
  for (const good of ['Abcdefg1', 'abc-defg-1', '海棠区Xy9信用办', '𠮷𠮷𠮷𠮷𠮷𠮷Aa1']) mayUse(good, 'chen', rules)
  assert.throws(() => mayUse('Chen-2026!', 'chen', rules), refused('password.contains-name'))
})

test('common words and words of this place do not stand in a password, in any case', () => {
  for (const bad of ['Password-9!', 'My-PASSW0RD', 'Haitang-2026!', 'Qwertz!Qwert1', 'x-12345-Y', '信衡Ab1-xyz']) assert.throws(() => mustNotBeCommon(bad, law), refused('password.common'), bad)
  for (const good of ['Sommer-Regen-7', '海棠区Xy9信用办']) mustNotBeCommon(good, law)
})

test('at least three thousand of the most common passwords that are long enough come with the program, and none of them does, nor one of them with names, places, years and digits around it', () => {
  const good = (password: string) => mustBeGood(book, day('2026-11-22'), password, 'chen.yu')
  const { most_common } = law.value<CommonRules>('identity/common-passwords')
  const common = dictionary['passwords-common'].slice(0, most_common).filter((one) => one.length >= rules.min_length)
  assert.ok(common.length >= 3000, String(common.length))
  for (const one of common) assert.throws(() => good(`${one[0]!.toUpperCase()}${one.slice(1)}`), Refusal, one)
  for (const bad of ['Sunshine1!', '2026Football#', 'Trustno1!', '!!Starwars77', 'Michelle-海棠-2025', '海棠Sunshine9', 'Chen.yu', 'Ab-2026-信衡', 'Superman-CHEN.YU9']) assert.throws(() => good(bad), Refusal, bad)
  for (const fine of ['Regen-2026-Wind', 'Sommer-Regen-7', 'Herbst-Laub-9', '海棠区Xy9信用办', 'Kx%29384-Pq']) good(fine)
})

test('one of the last passwords does not come back', async () => {
  const earlier = await Promise.all(['Erste-Wahl-1', 'Zweite-Wahl-2'].map((one) => digestOfPassword(one, law, randomness)))
  await assert.rejects(mustBeNew('Zweite-Wahl-2', earlier), refused('password.used-before'))
  await mustBeNew('Dritte-Wahl-3', earlier)
})

test('the digest is argon2id with the figures of the day, salted anew each time', async () => {
  const [one, other] = [await digestOfPassword('Richtig-1', law, randomness), await digestOfPassword('Richtig-1', law, randomness)]
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.notEqual(one, other)
  assert.deepEqual([await fits('Richtig-1', one, law, randomness), await fits('richtig-1', one, law, randomness), await fits('Richtig-1', null, law, randomness)], [true, false, false])
})

test('a password ages after ninety days', () => {
  assert.equal(isAged(new Date('2026-08-24T02:00:00Z'), NOW, rules), false)
  assert.equal(isAged(new Date('2026-08-24T01:59:59Z'), NOW, rules), true)
})

test('the fifth failure locks, and each further one for longer, up to the longest', () => {
  const minutes = [0, 1, 4, 5, 6, 7, 8, 9, 10, 50].map((failures) => ((lockedUntil(failures, NOW, lockout)?.getTime() ?? NOW.getTime()) - NOW.getTime()) / 60_000)
  assert.deepEqual(minutes, [0, 0, 0, 1, 5, 15, 30, 60, 60, 60])
  fc.assert(fc.property(fc.nat(100), (failures) => (lockedUntil(failures + 1, NOW, lockout)?.getTime() ?? 0) >= (lockedUntil(failures, NOW, lockout)?.getTime() ?? 0)))
})

test('the second factor answers the vectors of RFC 6238', () => {
  const secret = Buffer.from('12345678901234567890')
  for (const [seconds, code] of [[59, '287082'], [1111111109, '081804'], [1234567890, '005924'], [20000000000, '353130']] as const) assert.equal(codeAt(secret, new Date(seconds * 1000)), code)
})

test('a code is good once, and half a minute late; how much is a figure of policy', () => {
  const secret = Buffer.from('12345678901234567890')
  const step = stepOf(codeAt(secret, NOW), secret, NOW, null, factors)!
  assert.equal(stepOf(codeAt(secret, NOW), secret, NOW, step, factors), null)
  const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
  assert.deepEqual([-60, -30, 0, 30, 60].map((seconds) => stepOf(codeAt(secret, at(seconds)), secret, NOW, null, factors) !== null), [false, true, true, false, false])
  assert.deepEqual([-60, -30, 0, 30, 60].map((seconds) => stepOf(codeAt(secret, at(seconds)), secret, NOW, null, { steps_before: 0, steps_after: 2 }) !== null), [false, false, true, true, true])
})

test('codes are read aloud and typed: case and dashes do not matter, and none repeats', () => {
  const codes = Array.from({ length: 200 }, () => newCode(randomness))
  for (const code of codes) assert.match(code, /^([A-HJ-NP-Z2-9]{4}-){5}[A-HJ-NP-Z2-9]{4}$/)
  assert.equal(new Set(codes).size, codes.length)
  assert.equal(digestOfCode(codes[0]!), digestOfCode(` ${codes[0]!.toLowerCase().replaceAll('-', ' ')}`))
  assert.equal(newToken(randomness).length, 43)
})
