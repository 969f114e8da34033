// @clause X.5
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, test } from 'node:test'
// @ts-expect-error plain JavaScript, because it is a script
import { dumpSchema } from '../scripts/schema.mjs'
import { freshDatabase } from './support/database.ts'

const database = await freshDatabase()
after(() => database.close())

test('migrations are numbered without gaps and named for what they bring', () => {
  const names = readdirSync('migrations').filter((name) => name !== 'schema.sql').sort()
  assert.deepEqual(names.filter((name) => !/^\d{4}-[a-z][a-z0-9-]*\.sql$/.test(name)), [])
  assert.deepEqual(names.map((name) => Number(name.slice(0, 4))), names.map((_, index) => index + 1))
})

test('migrations/schema.sql shows what the migrations build, on either database', async () => {
  const [built, kept] = [String(await dumpSchema(database.db)).split('\n'), readFileSync('migrations/schema.sql', 'utf8').split('\n')]
  const line = built.findIndex((text, index) => text !== kept[index])
  assert.ok(line === -1 && built.length === kept.length, `line ${line + 1} is stale: \`${kept[line]}\`, now \`${built[line]}\`. Run \`node scripts/schema.mjs --write\` and commit the result`)
})
