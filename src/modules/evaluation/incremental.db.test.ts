import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { addDays, day, dayOf, type Day } from '../../kernel/day.ts'
import { systemActor } from '../../engines/procedure/index.ts'
import { sql } from '../../platform/db/index.ts'
import { withdrawRecord } from '../records/index.ts'
import { adoptPolicyModels, importModel } from './acts.ts'
import { evaluationFollower, rescoreExpired } from './jobs.ts'
import { modelsInForce } from './models.ts'
import { listAdoptions } from './queries/adoptions.ts'
import { listDrift } from './queries/runs.ts'
import { openDistrict } from './testing/district.ts'
import { publicModel, sectorModel } from './testing/models.ts'

const BEGIN = day('2026-01-31')
const decay = [{ within: '6 months', factor: '1' }, { within: '18 months', factor: '0.5' }]
const fading = { dimensions: [{ key: 'conduct', title: { zh: '行业', en: 'Sector' }, characteristics: [
  { key: 'penalties', title: { zh: '处罚', en: 'Penalties' }, operator: 'count', where: { kind: ['penalty'] }, decay, beyond: '0', per: { points: '-15' } },
  { key: 'quiet', title: { zh: '距上次处罚', en: 'Quiet' }, operator: 'days-since', where: { kind: ['penalty'] }, none: '10', bins: [{ below: '100', points: '-10' }, { from: '100', below: '300', points: '0' }, { from: '300', points: '5' }] },
  { key: 'age', title: { zh: '成立', en: 'Age' }, operator: 'attribute', of: 'age', none: '0', bins: [{ below: '12', points: '0' }, { from: '12', points: '8' }] },
] }] }
const district = await openDistrict(BEGIN, [publicModel(), sectorModel('food'), sectorModel('tourism', fading)], [evaluationFollower])
const { world, ledger } = district
after(() => district.close())

type Step =
  | { readonly do: 'file'; readonly subject: number; readonly number: number; readonly licence: boolean; readonly serious: boolean; readonly ago: number; readonly endsIn: number | null; readonly useFor: number | null }
  | { readonly do: 'withdraw'; readonly at: number }
  | { readonly do: 'pass'; readonly days: number }
  | { readonly do: 'expire' }
  | { readonly do: 'sectors'; readonly subject: number; readonly sectors: readonly string[]; readonly founded: number | null }
  | { readonly do: 'model'; readonly sector: string | null; readonly points: number; readonly inDays: number; readonly forDays: number | null; readonly national: boolean }

const subject = fc.integer({ min: 1, max: 4 })
const steps: fc.Arbitrary<Step[]> = fc.array(fc.oneof(
  fc.record({ do: fc.constant('file' as const), subject, number: fc.integer({ min: 1, max: 5 }), licence: fc.boolean(), serious: fc.boolean(), ago: fc.integer({ min: 0, max: 900 }), endsIn: fc.option(fc.integer({ min: -20, max: 400 })), useFor: fc.option(fc.integer({ min: 1, max: 1100 })) }),
  fc.record({ do: fc.constant('withdraw' as const), at: fc.nat(20) }),
  fc.record({ do: fc.constant('pass' as const), days: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 400 })) }),
  fc.record({ do: fc.constant('expire' as const) }),
  fc.record({ do: fc.constant('sectors' as const), subject, sectors: fc.subarray(['food', 'tourism']), founded: fc.option(fc.integer({ min: 0, max: 500 })) }),
  fc.record({ do: fc.constant('model' as const), sector: fc.constantFrom(null, 'food', 'tourism'), points: fc.integer({ min: 1, max: 40 }), inDays: fc.integer({ min: 0, max: 60 }), forDays: fc.option(fc.integer({ min: 1, max: 200 })), national: fc.boolean() }),
), { minLength: 4, maxLength: 14 })

async function begin(): Promise<void> {
  await sql`truncate evaluation.model, evaluation.applied_model, evaluation.run, evaluation.result, evaluation.ended_result, records.fact, records.document, records.standing, subjects.subject,
    ledger.entry, ledger.pending, ledger.sequence, ledger.tile, ledger.checkpoint, ledger.follower`.execute(world.db)
  district.setDay(BEGIN)
  await district.register([1, 2, 3, 4].map((id) => ({ id, sectors: id % 2 === 0 ? ['food'] : ['tourism'] })))
  await adoptPolicyModels(world)
}

const today = () => dayOf(world.clock.now())

async function take(step: Step): Promise<void> {
  switch (step.do) {
    case 'file': {
      const decidedOn = addDays(today(), -step.ago)
      const ends = (days: number | null): Day | null => (days === null ? null : addDays(today(), days))
      const useEnds = step.useFor === null ? null : addDays(decidedOn, step.useFor)
      return district.file([{ subjectId: step.subject, number: `N${step.number}`, kind: step.licence ? 'licence' : 'penalty', decidedOn, class: step.licence ? null : step.serious ? 'serious' : 'general', endsOn: ends(step.endsIn), use: useEnds === null ? null : { endsOn: useEnds, reason: 'maximum' } }])
    }
    case 'withdraw': {
      const { rows } = await sql<{ subject: number; record: number }>`select subject_id as subject, record_id as record from records.standing where known_until = 'infinity' and not withdrawn order by 2`.execute(world.db)
      const found = rows[step.at % Math.max(rows.length, 1)]
      if (found) await withdrawRecord.perform(world, systemActor('testing'), { subjectId: found.subject, recordId: found.record, reason: '决定被撤销' })
      return
    }
    case 'pass':
      district.setDay(addDays(today(), step.days))
      return void (await rescoreExpired(world, today()))
    case 'expire': {
      // To the very day on which the next result expires.
      const { rows: [next] } = await sql<{ on: Day | null }>`select min(holds_until) as on from evaluation.result where holds_until < '2080-01-01'`.execute(world.db)
      if (next?.on == null) return
      district.setDay(next.on)
      return void (await rescoreExpired(world, today()))
    }
    case 'sectors':
      return district.register([{ id: step.subject, sectors: step.sectors, ...(step.founded === null ? {} : { foundedOn: addDays(today(), -step.founded) }) }])
    case 'model': {
      const from = addDays(today(), step.inDays)
      const terms = { level: step.national ? 'national' : 'local', in_force: { from, ...(step.forDays === null ? (step.national ? {} : { until: '2090-01-01' }) : { until: addDays(from, step.forDays) }) }, base: String(60 + step.points) }
      const made = step.sector === null ? publicModel(terms) : sectorModel(step.sector, terms)
      return void (await importModel.perform(world, systemActor('testing'), { definition: JSON.stringify(step.national ? { ...made, key: `${step.sector ?? 'public'}-unified` } : made) }))
    }
  }
}

test('scoring only whom something happened to gives what scoring everybody gives, whatever happens in whatever order', async () => {
  await fc.assert(fc.asyncProperty(steps, async (all) => {
    await begin()
    for (const step of all) {
      await take(step)
      await ledger.settled()
      assert.deepEqual(district.faults, [])
      const inForce = modelsInForce(await listAdoptions(world.db), today())
      for (const one of inForce) assert.deepEqual(await listDrift(world.db, one, today()), [], `${one.model.key} after ${JSON.stringify(step)}`)
      const { rows } = await sql<{ key: string }>`select distinct model_key as key from evaluation.result`.execute(world.db)
      assert.deepEqual(rows.map(({ key }) => key).filter((key) => !inForce.some(({ model }) => model.key === key)), [])
    }
  }), { numRuns: Number(process.env.XINHENG_PROPERTY_RUNS ?? 10), interruptAfterTimeLimit: 60_000 })
})
