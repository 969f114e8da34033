// @clause X.4
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { audit, sequencePending, signerOfSeed } from '../../engines/ledger/index.ts'
import { act, type Actor } from '../../engines/procedure/index.ts'
import { basis } from '../../kernel/basis.ts'
import { residentIdFrom } from '../../kernel/codes/index.ts'
import { day, type Day } from '../../kernel/day.ts'
import { listTables, readRows, sql } from '../../platform/db/index.ts'
import { systemRandomness } from '../../platform/randomness.ts'
import { countSealed, resealAll } from '../../platform/sealing/index.ts'
import { newRing, withNewKey } from '../../platform/sealing/ring.ts'
import { sealingOf } from '../../platform/sealing/sealing.ts'
import { organisationEntryTypes } from '../organisation/index.ts'
import { askOf, officer, testWorld } from '../submissions/testing/world.ts'
import { getSubject, listSubjects } from './contract.ts'
import { findSubjectsByCodes, sealedContents, sealedIdentifiers, subjectEntryTypes, subjectRoutes } from './index.ts'
import { registerRows } from './register.ts'
import type { Identifier } from './subjects.ts'

const NOW = new Date('2026-11-25T02:00:00Z')
const places = [sealedIdentifiers, sealedContents]
let ring = newRing(systemRandomness, NOW)
const sealing = sealingOf(ring, systemRandomness)
const { world: plain, close } = await testWorld()
after(close)
const world = { ...plain, sealing }
const routes = subjectRoutes(async () => [])
const ask = askOf(world, routes)

/** Registers people as an import of a later day will: one batch, a row each. */
function register(...people: readonly { readonly name: string; readonly codes: readonly Identifier[] }[]) {
  const rows = people.map(({ name, codes }, at) => ({
    rowNumber: at + 2, warnings: [],
    fields: { name, codes, type: null, status: null, industry: null, sectors: [], place: null, department: 'market-regulation', foundedOn: null, legalRepresentative: null, formerNames: [], nameChangedOn: null },
  }))
  const batch = { batchId: 1, department: 'market-regulation', receivedOn: day('2026-11-25'), receivedAt: NOW }
  return act({ name: 'test.register', permission: 'test', basis: basis('practice', 'practice'), input: z.object({}), run: (context) => registerRows(context, batch, rows) }).perform(world, officer, {})
}

/** Every table as text. */
async function standing(): Promise<string> {
  const lines: string[] = []
  for (const table of await listTables(world.db)) for await (const page of readRows(world.db, table)) lines.push(...page.lines.map((line) => `${table.schema}.${table.name} ${line}`))
  return lines.join('\n')
}

const id = (value: string): Identifier => ({ kind: 'resident-id', value })
const found = async (value: string) => (await findSubjectsByCodes(world.db, sealing, [id(value)])).get(`resident-id ${value}`)
const ANN = residentIdFrom('46020019900307853')
const MASKED = '4602**********8530'
const seen: string[] = []

test('any resident id registers, is found again, and is one subject however often it is sent; the database holds it nowhere readable', async () => {
  const birthdays = fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2026-11-24T00:00:00Z'), noInvalidDate: true }).map((on) => on.toISOString().slice(0, 10).replaceAll('-', '') as Day)
  const ids = fc.tuple(fc.constantFrom('110101', '460200', '460205', '659001'), birthdays, fc.integer({ min: 0, max: 999 })).map(([area, birthday, serial]) => residentIdFrom(`${area}${birthday}${String(serial).padStart(3, '0')}`))
  await fc.assert(fc.asyncProperty(ids, async (value) => {
    const before = await found(value)
    const [first, again] = [await register({ name: '符演示', codes: [id(value)] }), await register({ name: '符演示', codes: [id(value)] })]
    assert.deepEqual([first[0]!.outcome, again[0]!.outcome], [before ? 'unchanged' : 'accepted', 'unchanged'])
    const { subjectId, type } = (await found(value))!
    assert.equal(type, 'natural-person')
    assert.deepEqual((await ask(listSubjects, { find: value.toLowerCase() })).rows.map((row) => [row.subjectId, row.name]), [[subjectId, '符**']])
    seen.push(value)
  }), { numRuns: 60 })
  await register({ name: '符演示', codes: [id(ANN)] }, { name: '符演示', codes: [id(ANN), { kind: 'other-id', value: 'E1234567X' }] })
  const all = await standing()
  for (const value of [...seen, ANN, 'E1234567X']) assert.ok(!all.includes(value), all.split('\n').find((line) => line.includes(value)))
})

test('an id is found written out only, only by whoever may see ids, and only as far as that reaches', async () => {
  const finds = async (actor: Partial<Actor>, find: string) => (await askOf(world, routes, { ...officer, ...actor })(listSubjects, { find })).total
  const withoutRight = { may: (permission: string) => permission !== 'persons.read' }
  const reaching = (department: string) => ({ scope: (permission: string) => (permission === 'persons.read' ? { departments: [department], sectors: [], subjects: [] } : 'all' as const) })
  assert.deepEqual([await finds({}, ANN), await finds({}, ANN.slice(0, 17)), await finds({}, ANN.slice(0, 6))], [1, 0, 0])
  assert.equal(await finds(withoutRight, ANN), 0)
  assert.deepEqual([await finds(reaching('market-regulation'), ANN), await finds(reaching('tax'), ANN)], [1, 0])
})

test('the page shows the id masked, in the codes and in what each registration changed; whole for a purpose', async () => {
  const { subjectId } = (await found(ANN))!
  const page = await ask(getSubject, { subjectId })
  assert.deepEqual(page.identifiers, [{ kind: 'other-id', value: 'E123*****' }, { kind: 'resident-id', value: MASKED }])
  assert.ok(!JSON.stringify(page).includes(ANN) && !JSON.stringify(page).includes('E1234567X'))
  assert.equal(page.registrations.length, 2)
  const route = routes.find(({ endpoint }) => endpoint === (getSubject as never))!
  const whole = await route.handle({ world, actor: officer, purpose: '复核处罚决定书' }, { subjectId, full: true } as never)
  assert.ok(JSON.stringify(whole).includes(`"value":"${ANN}"`) && JSON.stringify(whole).includes(`resident-id ${ANN}`))
})

test('an id that belongs to another subject is refused without repeating it or whose it is', async () => {
  const other = residentIdFrom('46020019850101123')
  await register({ name: '李另人', codes: [id(other)] })
  const [outcome] = await register({ name: '符演示', codes: [id(ANN), id(other)] })
  assert.equal(outcome!.outcome, 'rejected')
  const said = JSON.stringify(outcome)
  assert.ok(said.includes('subject.code-taken') && !said.includes(other) && !said.includes(ANN) && !said.includes('李另人'))
})

test('another key seals all anew: what was known is found, nothing is sealed by the earlier key, and the ledger verifies', async () => {
  const signer = signerOfSeed('test', world.randomness.bytes(32))
  const problems = async () => {
    await sequencePending(world.db, { now: NOW, signers: [signer] })
    return (await audit(world.db, [...organisationEntryTypes, ...subjectEntryTypes], { verifierKeys: [signer.verifierKey], now: NOW })).problems
  }
  assert.deepEqual(await problems(), [])
  const [earlier] = sealing.keyIds().all
  sealing.use((ring = withNewKey(ring, systemRandomness, NOW)))
  assert.ok((await resealAll(world.db, sealing, places)) > 60)
  for (const { place, byKey } of await countSealed(world.db, places)) assert.deepEqual([place, [...byKey.keys()]], [place, [sealing.keyIds().present]])
  assert.equal(await resealAll(world.db, sealing, places), 0)
  sealing.use({ ...ring, keys: ring.keys.filter(({ id: key }) => key !== earlier) })
  assert.deepEqual((await register({ name: '符演示', codes: [id(ANN)] }))[0]!.outcome, 'unchanged')
  assert.equal((await ask(getSubject, { subjectId: (await found(ANN))!.subjectId })).identifiers.at(-1)!.value, MASKED)
  assert.deepEqual(await problems(), [])
})

test('an id that stood readable from before is sealed by a rotation, and found from then on', async () => {
  const value = residentIdFrom('46020019701231001')
  await sql`insert into subjects.subject (subject_id, type, name, name_lines, name_grams, registered_at) values (9001, 'natural-person', '旧登记', '旧登记', '{}', now())`.execute(world.db)
  await sql`insert into subjects.identifier (subject_id, kind, value) values (9001, 'resident-id', ${value})`.execute(world.db)
  await sql`insert into subjects.identifier_owner (kind, value, subject_id) values ('resident-id', ${value}, 9001)`.execute(world.db)
  assert.equal((await countSealed(world.db, [sealedIdentifiers]))[0]!.byKey.get('clear'), 1)
  assert.equal(await resealAll(world.db, sealing, places), 1)
  assert.equal((await found(value))!.subjectId, 9001)
  assert.ok(!(await standing()).includes(value))
})
