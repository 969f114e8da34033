// @clause X.4
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../kernel/refusal.ts'
import { mustBeGuarded } from './database-url.ts'

const codeOf = (url: string, given: Partial<Parameters<typeof mustBeGuarded>[1]> = {}) => {
  try {
    mustBeGuarded(url, { plain: false, ...given })
    return 'passes'
  } catch (error) {
    return error instanceof Refusal ? error.code : 'fault'
  }
}

test('a database on this machine needs no TLS, one on another is asked for verified TLS', () => {
  for (const url of ['postgres://u:p@localhost/x', 'postgres://u@127.0.0.1:5433/x', 'postgres://u@[::1]/x', 'postgres:///x', '/run/postgresql x', 'postgres:///x?host=/run/postgresql', 'postgres://u@%2Frun%2Fpostgresql/x', 'postgres://u@db.example/x?sslmode=verify-full']) assert.equal(codeOf(url), 'passes', url)
  for (const url of ['postgres://u:p@db.example/x', 'postgres://u@10.0.0.5/x', 'postgres://u@db.example/x?sslmode=require', 'postgres://u@db.example/x?sslmode=no-verify', 'postgres://u@127.0.0.1.example/x', 'postgres://u@localhost/x?host=10.0.0.5']) assert.equal(codeOf(url), 'database.without-tls', url)
})

test('the environment counts as the driver counts it, the operator may vouch for the network, and a refusal names no password', () => {
  assert.equal(codeOf('postgres:///x', { host: 'db.example' }), 'database.without-tls')
  assert.equal(codeOf('postgres://u@db.example/x', { sslMode: 'verify-full' }), 'passes')
  assert.equal(codeOf('postgres://u@db.example/x', { plain: true }), 'passes')
  assert.equal(codeOf('not an address'), 'database.address')
  assert.throws(() => mustBeGuarded('postgres://u:secret-word@db.example/x', { plain: false }), (error: Refusal) => !JSON.stringify(error.parts).includes('secret-word') && error.parts.fix.en.includes('verify-full'))
})
