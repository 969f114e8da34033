// @clause 12.1
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadPolicy } from '../../engines/policy/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { mayHoldTogether, rightsOf, rolesOf } from './roles.ts'

const book = loadPolicy('policy')
const { permissions, roles } = rolesOf(book)
const grantable = roles.filter(({ kind }) => kind !== 'base')
const areaOf = (key: string) => permissions.find((one) => one.key === key)?.area
const together = (...keys: string[]): boolean => {
  try {
    mayHoldTogether(book, keys)
    return true
  } catch (error) {
    assert.ok(error instanceof Refusal && error.code === 'role.excluded')
    return false
  }
}

test('every permission that the code asks for stands in the table of roles, and the other way round', () => {
  const asked = new Set(globSync('src/{app,modules}/**/*.ts').filter((file) => !file.endsWith('.test.ts')).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:permission: |\.may\(|mustBeWithin\(actor, )'([a-z-]+\.[a-z-]+)'/g)].map((match) => match[1]!)))
  assert.deepEqual([...asked].sort(), permissions.map(({ key }) => key).sort())
})

test('every permission of a role is a known one, every one is granted to some role, and what only the program does to none', () => {
  for (const role of roles) for (const key of Object.keys(role.permissions)) assert.ok(areaOf(key), `${role.key}: ${key}`)
  for (const { key, area } of permissions) assert.equal(roles.some((role) => key in role.permissions), area !== 'program', key)
})

test('三员: the three administrators touch no business data, and share no act of administration', () => {
  const administrators = roles.filter(({ kind }) => kind === 'administrator')
  assert.deepEqual(administrators.map(({ key }) => key).sort(), ['audit-administrator', 'security-administrator', 'system-administrator'])
  for (const { key, permissions: held } of administrators) assert.deepEqual(Object.keys(held).filter((one) => areaOf(one) === 'business'), [], key)
  for (const { key } of permissions.filter(({ key: one, area }) => area === 'administration' && one !== 'accounts.read')) assert.equal(administrators.filter((one) => key in one.permissions).length, 1, key)
  for (const { permissions: held } of roles.filter(({ kind }) => kind === 'business')) assert.deepEqual(Object.keys(held).filter((one) => areaOf(one) === 'administration'), [])
})

test('三员: every pair of roles, held by one person', () => {
  const alone = new Set(['system-administrator', 'security-administrator', 'audit-administrator', 'auditor'])
  const outside = new Set(['association-clerk', 'agency-clerk'])
  for (const { key: one } of grantable) for (const { key: other } of grantable) assert.equal(together(one, other), one === other || (!alone.has(one) && !alone.has(other) && outside.has(one) === outside.has(other)), `${one} with ${other}`)
})

test('an officer without a role may only look after the own sign-in and read what is common', () => {
  const { permissions: held, may } = rightsOf(book, [])
  assert.ok(held.every((key) => areaOf(key) === 'own'))
  assert.equal(may('records.read'), false)
  assert.equal(may('no.such'), false)
})

test('more roles never take anything away, and a scope of the own department covers the departments of those roles only', () => {
  const holding = fc.record({ role: fc.constantFrom(...grantable.map(({ key }) => key)), department: fc.constantFrom('water', 'health', 'housing'), sector: fc.constant(null) })
  fc.assert(fc.property(fc.array(holding, { maxLength: 4 }), holding, fc.constantFrom(...permissions.map(({ key }) => key)), (some, one, permission) => {
    const [less, more] = [rightsOf(book, some), rightsOf(book, [...some, one])]
    if (less.may(permission)) assert.ok(more.may(permission))
    const scope = more.scope(permission)
    if (less.scope(permission) === 'all') assert.equal(scope, 'all')
    if (scope === 'all') return
    const carrying = [...some, one].filter(({ role }) => roles.find(({ key }) => key === role)!.permissions[permission] === 'own-department').map(({ department }) => department)
    assert.deepEqual([...scope.departments].sort(), [...new Set(carrying)].sort())
  }))
})
