// @clause 5.3, 5.4, 5.6
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { addDays, type Day } from '../../kernel/day.ts'
import type { Database } from '../../platform/db/index.ts'
import { freshDatabase } from '../../../tests/support/database.ts'
import { compileToSql, evaluate, parseModel, prepare, type Fact, type Subject } from './index.ts'
import { evaluationDay, population, populationOf, rawModel } from './testing/arbitrary.ts'

let database: Database
before(async () => {
  database = await freshDatabase()
  await makeRelations()
})
after(() => database.close())

/** Relations of just the shape that the engine asks for. */
const source = { subjects: 'scored.subject', records: 'scored.standing' }

async function makeRelations(): Promise<void> {
  for (const statement of [
    sql`create schema scored`,
    sql`create table scored.subject (subject_id bigint primary key, type text not null, status text not null, industry text, sectors text[] not null default '{}', founded_on date)`,
    sql`create table scored.standing (subject_id bigint not null, record_id bigint not null, fact_id bigint not null, kind text not null, decided_on date not null, ends_on date, use_ends_on date, class text,
      tags text[] not null default '{}', department text, sector text, amount_fen bigint, grade text, known_from timestamptz not null, known_until timestamptz not null, withdrawn boolean not null)`,
  ]) await statement.execute(database.db)
}

async function store(people: readonly { subject: Subject; facts: readonly Fact[] }[]): Promise<void> {
  const { db } = database
  await sql`truncate scored.subject, scored.standing`.execute(db)
  await sql`insert into scored.subject select * from jsonb_to_recordset(${JSON.stringify(people.map(({ subject }) => subject))}::jsonb)
    as given (subject_id bigint, type text, status text, industry text, sectors text[], founded_on date)`.execute(db)
  const facts = people.flatMap((each) => each.facts).map((fact) => ({ ...fact, known_until: fact.known_until ?? 'infinity' }))
  await sql`insert into scored.standing select * from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
    as given (subject_id bigint, record_id bigint, fact_id bigint, kind text, decided_on date, ends_on date, use_ends_on date, class text,
      tags text[], department text, sector text, amount_fen bigint, grade text, known_from timestamptz, known_until timestamptz, withdrawn boolean)`.execute(db)
}

const knownAt = fc.constantFrom(undefined, new Date('2023-01-01T00:00:00Z'), new Date('2024-06-01T00:00:00Z'), new Date('2021-01-01T00:00:00Z'))

test('a model in SQL and a model in the process give every subject the same score, grade and last day', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rawModel, { minLength: 1, maxLength: 4 }), population, evaluationDay, knownAt, async (models, people, on, at) => {
      await store(people)
      for (const raw of models) {
        const model = parseModel(raw)
        const { rows } = await compileToSql(model, source, { on, knownAt: at }).execute(database.db)
        const ready = prepare(model).at(on, at)
        assert.deepEqual(
          rows.map(({ subject_id, score, grade, holds_until }) => ({ subject_id, score, grade, holds_until })),
          people.map(({ subject, facts }) => ({ subject_id: subject.subject_id, ...ready.score(subject, facts) })),
        )
      }
    }),
    { numRuns: 40 },
  )
})

const FOLDER = new URL('../../../policy/haitang/models/', import.meta.url).pathname

test('every shipped model gives the same in both, on its own kinds of records', async () => {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'))) {
    const model = parseModel(readFileSync(FOLDER + file, 'utf8'))
    const wheres = [...model.dimensions.flatMap((dimension) => dimension.characteristics), ...model.signals].flatMap((each) => ('where' in each ? [each.where] : []))
    const people = fc.sample(populationOf([...new Set(wheres.flatMap((where) => where.kind))], [...new Set(wheres.flatMap((where) => where.tags ?? []))], [model.sector]), { numRuns: 12, seed: 11 })
      .flat().map(({ subject, facts }, index) => ({ subject: { ...subject, subject_id: index + 1 }, facts: facts.map((fact) => ({ ...fact, subject_id: index + 1 })) }))
    await store(people)
    for (const on of ['2024-02-29', '2026-11-22'] as Day[]) {
      const { rows } = await compileToSql(model, source, { on }).execute(database.db)
      const ready = prepare(model).at(on)
      assert.deepEqual(rows.map((row) => ({ ...row })), people.map(({ subject, facts }) => ({ subject_id: subject.subject_id, ...ready.score(subject, facts) })), model.key)
    }
  }
})

test('a result holds at least until the day it names', () => {
  fc.assert(
    fc.property(rawModel, population, evaluationDay, (raw, people, on) => {
      const prepared = prepare(parseModel(raw))
      for (const { subject, facts } of people.slice(0, 2)) {
        const { holds_until: until, ...result } = prepared.at(on).score(subject, facts)
        const ahead = Array.from({ length: 30 }, (_, index) => addDays(on, index + 1)).concat([90, 150, 200, 365, 366, 500, 731, 1096].map((days) => addDays(on, days)), until === null ? [] : [addDays(until, -1)])
        for (const later of ahead.filter((each: Day) => each > on && (until === null || each < until) && each < '2027-01-01')) {
          const { holds_until: _ignored, ...then } = prepared.at(later).score(subject, facts)
          assert.deepEqual(then, result, `differs on ${later}, was to hold until ${until}`)
        }
      }
    }),
    { numRuns: 80 },
  )
})

test('the lines of an explanation add up to the score exactly, and change on the day that they name', () => {
  fc.assert(
    fc.property(rawModel, population, evaluationDay, (raw, people, on) => {
      const model = prepare(parseModel(raw))
      const { subject, facts } = people[0]!
      const told = evaluate(model, subject, facts, on)
      assert.equal(total(told.lines.map((line) => line.points)), total([told.score]))
      for (const line of told.lines) {
        if (line.changes_on === null || line.changes_on >= '2027-01-01') continue
        const pointsOn = (day: Day) => evaluate(model, subject, facts, day).lines.find((each) => each.characteristic === line.characteristic)!.points
        assert.equal(pointsOn(line.changes_on), line.changes_to)
        assert.equal(pointsOn(addDays(line.changes_on, -1)), line.points)
        assert.ok(told.holds_until !== null && told.holds_until <= line.changes_on)
      }
    }),
    { numRuns: 60 },
  )
})

test('only the asked-for subjects are scored, and ranges split a population', async () => {
  const [people] = fc.sample(population.filter((each) => each.length >= 4), { numRuns: 1, seed: 7 })
  const [raw] = fc.sample(rawModel, { numRuns: 1, seed: 7 })
  await store(people!)
  const model = parseModel(raw)
  const on = '2025-06-01' as Day
  const ids = async (wanted: object) => (await compileToSql(model, source, { on, ...wanted }).execute(database.db)).rows.map((row) => row.subject_id)
  assert.deepEqual(await ids({ subjects: [2, 4, 99] }), [2, 4])
  assert.deepEqual(await ids({ subjects: [] }), [])
  assert.deepEqual([...(await ids({ range: { below: 3 } })), ...(await ids({ range: { from: 3 } }))], await ids({}))
})

function total(decimals: readonly string[]): bigint {
  return decimals.reduce((sum, each) => {
    const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(each)!
    const value = BigInt(whole! + fraction.padEnd(10, '0'))
    return sum + (sign === '-' ? -value : value)
  }, 0n)
}
