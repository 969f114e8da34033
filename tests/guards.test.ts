import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { apiDocument, dailyRuns, entryTypes, followers, makeDesk, routesOf } from '../src/app/modules.ts'
import { version } from '../src/app/server.ts'
import { walls } from '../src/app/wall/tables.ts'
import { loadPolicy } from '../src/engines/policy/index.ts'
import type { Endpoint } from '../src/kernel/endpoint.ts'

const routes = routesOf({ desk: makeDesk(), instance: { demo: false, database: 'embedded', version, filling: () => null }, trailKey: new Uint8Array(32), signer: { name: 'test', verifierKey: 'test' }, asOwner: () => Promise.reject(new Error('no database')) })
const policy = loadPolicy('policy')
const isEndpoint = (value: unknown): value is Endpoint => typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'permission' in value

const contracts = await Promise.all(globSync('src/modules/*/contract.ts').sort().map(async (file) => ({ file, exports: (await import(`../${file}`)) as Record<string, unknown> })))
const declared = contracts.flatMap(({ file, exports }) => Object.entries(exports).filter(([, value]) => isEndpoint(value)).map(([name, value]) => ({ file, name, endpoint: value as Endpoint })))

test('every declared endpoint is answered by exactly one route', () => {
  const unanswered = declared.filter(({ endpoint }) => routes.filter((route) => route.endpoint === endpoint).length !== 1).map(({ file, name }) => `${file}: ${name}`)
  assert.deepEqual(unanswered, [])
})

test('every route is declared in a contract, has a permission and a path of its own', () => {
  assert.deepEqual(routes.filter(({ endpoint }) => !declared.some((one) => one.endpoint === endpoint)).map(({ endpoint }) => endpoint.path), [])
  assert.deepEqual(routes.filter(({ endpoint }) => !/^[a-z-]+\.[a-z-]+$/.test(endpoint.permission)).map(({ endpoint }) => endpoint.path), [])
  const places = routes.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`)
  assert.deepEqual(places.filter((place, at) => places.indexOf(place) !== at), [])
})

test('every GET says whose data its answer shows, so that views of non-public data are in the trail (sees: public, own or internal)', () => {
  assert.deepEqual(routes.filter(({ endpoint }) => endpoint.method === 'GET' && endpoint.sees === undefined).map(({ endpoint }) => endpoint.path), [])
})

test('input names of an endpoint never collide between path and body', () => {
  for (const { endpoint, name } of declared) {
    const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]!)
    assert.equal(new Set(inPath).size, inPath.length, name)
  }
})

test('every act cites a basis that stands in the policy folder, with its article', () => {
  const missing = globSync('src/modules/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bbasis\('(?:law|policy|practice)', '([^']+)'(?:, '([^']+)')?/g)]
      .filter(([, text, article]) => !policy.texts.has(text!) || (article !== undefined && !(article in policy.texts.get(text!)!.articles)))
      .map(([, text, article]) => `${file}: ${text} ${article ?? ''}`))
  assert.deepEqual(missing, [])
})

test('every figure of law that the code asks for stands in the policy folder', () => {
  const known = new Set(policy.keys)
  const unknown = globSync('src/modules/**/*.ts').filter((file) => !file.endsWith('.test.ts')).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/'((?:audit|identity|records|grading|inspections|evaluation|subjects)\/[a-z-]+)'/g)].map((match) => match[1]!).filter((key) => !known.has(key)).map((key) => `${file}: ${key}`))
  assert.deepEqual(unknown, [])
})

test('every entry that a follower waits for is one that some module writes', () => {
  const written = new Set(entryTypes.map(({ name }) => name))
  assert.deepEqual(followers.flatMap(({ name, entries }) => entries.filter((entry) => !written.has(entry)).map((entry) => `${name}: ${entry}`)), [])
  assert.equal(written.size, entryTypes.length, 'two modules register the same entry')
})

test('every follower and daily run of a module is registered', async () => {
  for (const file of globSync('src/modules/*/index.ts')) {
    const door = (await import(`../${file}`)) as Record<string, unknown>
    for (const run of (door['dailyRuns'] ?? []) as { name: string }[]) assert.ok(dailyRuns.some(({ name }) => name === run.name), `${file}: ${run.name}`)
    for (const [name, value] of Object.entries(door)) if (name.endsWith('Follower')) assert.ok((followers as unknown[]).includes(value), `${file}: ${name}`)
  }
})

test('every table stands in the wall: which role may do what with it, and by what a part of its rows is told (src/app/wall/tables.ts)', () => {
  const tables = [...readFileSync('migrations/schema.sql', 'utf8').matchAll(/^create table ([a-z_]+\.[a-z_]+) /gm)].map(([, table]) => table!)
  assert.deepEqual(tables.filter((table) => !walls.some((wall) => wall.table === table)), [], 'what does not stand there is granted to nobody: no request and no follower can use it')
})

test('the published API document is what the contracts say (refresh: UPDATE=1 npm test -- unit)', () => {
  const path = 'docs/api/openapi.json'
  const made = `${JSON.stringify(apiDocument(routes, version), null, 1)}\n`
  if (process.env.UPDATE) writeFileSync(path, made)
  assert.ok(existsSync(path) && readFileSync(path, 'utf8') === made, `${path} is not fresh`)
})
