// @clause X.4
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { listSubjects } from '../../modules/subjects/contract.ts'
import { sql } from '../../platform/db/index.ts'
import { boot } from '../boot.ts'
import { serverOf } from '../server.ts'

const server = process.env.XINHENG_TEST_DATABASE_URL
const skip = server === undefined ? 'needs PostgreSQL' : false
const name = `xinheng_two_${randomBytes(4).toString('hex')}`
const login = `${name}_app`
const admin = new pg.Client({ connectionString: server })
const urlOf = (more: Partial<URL> = {}) => Object.assign(new URL(server!), { pathname: `/${name}` }, more).href
const application = () => urlOf({ username: login, password: 'app' })
const data = mkdtempSync(join(tmpdir(), 'xinheng-two-'))

before(async () => {
  if (skip) return
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.query(`create role ${login} login noinherit password 'app'`)
})
after(async () => {
  if (skip) return
  await admin.query(`drop database ${name} with (force)`)
  await admin.query(`drop role ${login}`)
  await admin.end()
})

test('a login that owns nothing refuses an unprepared database and says how to prepare it', { skip }, async () => {
  await assert.rejects(boot({ data, databaseUrl: application() }), /database.not-prepared/)
})

test('with two logins one prepares and goes; the other works, and cannot step back behind the wall', { skip }, async () => {
  for (const ownerUrl of [urlOf(), undefined]) {
    const xinheng = await boot({ data, databaseUrl: application(), ...(ownerUrl === undefined ? {} : { ownerUrl }) })
    try {
      await xinheng.follow()
      const http = await serverOf(xinheng, { demo: false, filling: () => null })
      const { statusCode } = await http.inject({ method: 'GET', url: `/api${listSubjects.path}`, headers: { authorization: `Bearer ${xinheng.commandToken}` } })
      assert.equal(statusCode, 200)
      const backup = await http.inject({ method: 'POST', url: '/api/operate/backups', headers: { authorization: `Bearer ${xinheng.commandToken}`, 'content-type': 'application/json' }, payload: '{}' })
      assert.equal(backup.json<{ code: string }>().code, 'backup.needs-owner')
      const rotation = await http.inject({ method: 'POST', url: '/api/operate/keys/rotation', headers: { authorization: `Bearer ${xinheng.commandToken}`, 'content-type': 'application/json' }, payload: '{"newKey":false}' })
      assert.equal(rotation.json<{ code?: string }>().code, ownerUrl === undefined ? 'keys.owner-needed' : undefined)
      const removal = await http.inject({ method: 'POST', url: '/api/removals/1/removal', headers: { authorization: `Bearer ${xinheng.commandToken}`, 'content-type': 'application/json' }, payload: '{"words":"依决定执行"}' })
      assert.equal(removal.json<{ code: string }>().code, ownerUrl === undefined ? 'removal.needs-owner' : 'removal.missing', 'only whoever owns the tables removes')
      for (const statement of ['select 1 from subjects.subject', 'create schema more', 'select 1 from ledger.entry']) await assert.rejects(sql.raw(statement).execute(xinheng.database.db), { code: '42501' })
      await http.close()
    } finally {
      await xinheng.close()
    }
  }
})

test('where the login may neither make nor pass on the roles, the refusal holds the statements for the administrator of the database', { skip }, async () => {
  await admin.query(`create role ${name}_owner login password 'own'`)
  await admin.query(`create database ${name}_b owner ${name}_owner`)
  try {
    await assert.rejects(boot({ data, databaseUrl: urlOf({ username: `${name}_owner`, password: 'own', pathname: `/${name}_b` }) }), (error: { code: string; parts: { fix: { en: string } } }) => {
      assert.equal(error.code, 'database.roles-missing')
      assert.match(error.parts.fix.en, new RegExp(`create role xinheng_worker nologin;[^]*grant xinheng_worker, .* to "${name}_owner";`))
      return true
    })
    await admin.query(`grant xinheng_worker, xinheng_keeper, xinheng_auditor, xinheng_district, xinheng_part to ${name}_owner`)
    await (await boot({ data, databaseUrl: urlOf({ username: `${name}_owner`, password: 'own', pathname: `/${name}_b` }) })).close()
  } finally {
    await admin.query(`drop database ${name}_b with (force)`)
    await admin.query(`drop role ${name}_owner`)
  }
})
