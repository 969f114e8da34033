import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { freshDatabase } from '../../../../tests/support/database.ts'
import { basis } from '../../../kernel/basis.ts'
import { startOf, type Day } from '../../../kernel/day.ts'
import { signerOfSeed, startLedger, type Follower, type Ledger } from '../../../engines/ledger/index.ts'
import { makeBook } from '../../../engines/policy/index.ts'
import { act, systemActor, type ActContext, type World } from '../../../engines/procedure/index.ts'
import { standingClock } from '../../../platform/clock.ts'
import { given, sql } from '../../../platform/db/index.ts'
import { openFileStore } from '../../../platform/files/file-store.ts'
import { seededRandomness } from '../../../platform/randomness.ts'
import { fileRecords, type NewFact } from '../../records/index.ts'
import { sealingForTests } from '../../../platform/sealing/testing/sealing.ts'

/** A small district for tests: a database, a clock that the test sets, and subjects without names of their own. */
export type District = {
  readonly world: World
  readonly ledger: Ledger
  readonly faults: unknown[]
  /** Sets the clock to noon of a day. */
  setDay(on: Day): void
  /** Registers subjects by number and tells the ledger. */
  register(subjects: readonly { readonly id: number; readonly sectors?: readonly string[]; readonly type?: string; readonly foundedOn?: Day }[]): Promise<void>
  /** Does something as an act. */
  perform<Answer>(run: (context: ActContext) => Promise<Answer>): Promise<Answer>
  /** Files facts: subject, kind, number and what differs from a plain one. */
  file(facts: readonly (Partial<NewFact['effect']> & { readonly subjectId: number; readonly number: string; readonly kind?: string; readonly fields?: Record<string, string> })[]): Promise<void>
  close(): Promise<void>
}

/** Opens a district on a day, with the models of its policy packs and whatever follows its ledger. */
export async function openDistrict(on: Day, models: readonly object[], followers: readonly Follower<World>[], parameters: Parameters<typeof makeBook>[0]['parameters'] = []): Promise<District> {
  const database = await freshDatabase()
  const clock = standingClock(noonOf(on))
  const faults: unknown[] = []
  const randomness = seededRandomness(7)
  const policy = makeBook({
    packs: [{ key: 'national', name: { zh: '全国', en: 'Nation' }, rank: 1, parent: null }], texts: [], parameters, notices: [],
    data: models.map((content, at) => ({ pack: 'national', name: `models/m${at}`, file: `national/models/m${at}.yaml`, content: content as never })),
  })
  const sealing = sealingForTests(randomness)
  const world: World = { db: database.db, clock, randomness, policy, files: openFileStore(mkdtempSync(join(tmpdir(), 'xinheng-')), randomness, sealing), sealing, wake: () => undefined }
  const ledger = startLedger({ db: database.db, clock, signers: [signerOfSeed('haitang.example/xinheng', new Uint8Array(32).fill(7))], followers, world, everyMs: 0, log: { error: ({ error }) => void faults.push(error) } })
  const perform = <Answer>(run: (context: ActContext) => Promise<Answer>) =>
    act({ name: 'testing.act', permission: 'testing', basis: basis('practice', 'practice'), input: z.object({}), run }).perform(world, systemActor('testing'), {})
  return {
    world, ledger, faults, perform,
    setDay: (next) => clock.set(noonOf(next)),
    async register(subjects) {
      await perform(async ({ tx, now, enter }) => {
        await sql`insert into subjects.subject (subject_id, type, name, sectors, founded_on, name_lines, name_grams, registered_at)
          select id, type, '演示' || id, string_to_array(sectors, ' '), founded_on, '', '{}', ${now} from ${given({
            id: ['bigint', subjects.map(({ id }) => id)], type: ['text', subjects.map(({ type = 'enterprise' }) => type)],
            sectors: ['text', subjects.map(({ sectors = [] }) => sectors.join(' '))], founded_on: ['date', subjects.map(({ foundedOn }) => foundedOn ?? null)],
          })} on conflict (subject_id) do update set sectors = excluded.sectors, founded_on = excluded.founded_on`.execute(tx)
        await enter(subjects.map(({ id }) => ({ name: 'subject.changed', subjectId: id, aboutId: null, body: {} })))
      })
    },
    file: (facts) => perform(async (context) => void (await fileRecords(context, facts.map((fact) => newFact(fact, context.today))))),
    async close() {
      await ledger.stop()
      await database.close()
    },
  }
}

/** Noon of a day in China. */
export function noonOf(on: Day): Date {
  return new Date(startOf(on).getTime() + 12 * 3_600_000)
}

function newFact({ subjectId, number, kind = 'penalty', fields, ...effect }: Parameters<District['file']>[0][number], today: Day): NewFact {
  const plain: NewFact['effect'] = {
    decidedOn: today, reportDueOn: null, reportDueProvisional: false, endsOn: null, class: 'general', tags: [], sector: null, amountFen: null, grade: null, public: true,
    withheldReason: null, repairableOn: null, publicity: null, sharing: null, use: null, series: null,
  }
  const full = { ...plain, ...effect }
  return {
    subjectId, kind, documentNumber: number, effect: full, receivedOn: today, department: 'test', batchId: null, rowNumber: null, reason: null,
    fields: fields ?? { content: JSON.stringify(full, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) },
  }
}
