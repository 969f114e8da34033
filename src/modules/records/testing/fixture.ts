import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { z } from 'zod'
import { basis } from '../../../kernel/basis.ts'
import type { Day } from '../../../kernel/day.ts'
import { loadPolicy, makeBook, type CalendarNotice, type PolicyBook } from '../../../engines/policy/index.ts'
import { act, type ActContext, type Actor, type World } from '../../../engines/procedure/index.ts'
import { standingClock } from '../../../platform/clock.ts'
import { sql, type Database } from '../../../platform/db/index.ts'
import { openFileStore } from '../../../platform/files/file-store.ts'
import { seededRandomness } from '../../../platform/randomness.ts'
import { lookUpOf } from '../../subjects/index.ts'
import type { PenaltyFields } from '../../submissions/index.ts'
import { sealingForTests } from '../../../platform/sealing/testing/sealing.ts'

// For tests of this module only: nothing else may import it.

/** The law as it stands in the repository. */
export const realBook = loadPolicy(new URL('../../../../policy', import.meta.url).pathname)

/** The same law, with the transition rule for older records turned to the one more favourable to the subject. */
export const favourableBook = changed('records/publicity-transition', 'more-favourable')

function changed(key: string, value: string): PolicyBook {
  const parameters = realBook.parts.parameters.map((one) => (one.key === key ? { ...one, values: one.values.map((step) => ({ ...step, value })) } : one))
  return makeBook({ ...realBook.parts, parameters })
}

/** The same law, after the notice for 2027 came. Its days are made up: the first days of January are off, a Saturday is worked. */
export function bookWith2027(off: readonly string[], makeUp: readonly string[] = []): PolicyBook {
  const notice: CalendarNotice = {
    layer: 'national', file: 'calendar/national/2027.yaml', year: 2027, title: '2027', number: null, announcedOn: '2026-12-30' as Day, status: 'unconfirmed', source: 'test', place: null,
    off: [{ name: '元旦', days: off as readonly Day[] }], makeUp: makeUp as readonly Day[],
  }
  return makeBook({ ...realBook.parts, notices: [...realBook.parts.notices, notice] })
}

/** An officer who may do everything. */
export const officer: Actor = { id: 'officer:test', name: '测试', department: 'market-regulation', may: () => true, scope: () => 'all' }

const sealing = sealingForTests(seededRandomness(1))

/** A world over a database whose clock stands at an instant in China. */
export function worldAt(database: Database, at: string, policy: PolicyBook = realBook) {
  const clock = standingClock(instant(at))
  const randomness = seededRandomness(1)
  const files = openFileStore(mkdtempSync(join(tmpdir(), 'xinheng-records-')), randomness, sealing)
  const world: World & { policy: PolicyBook } = { db: database.db, clock, randomness, policy, files, sealing, wake: () => undefined }
  return { world, set: (next: string) => clock.set(instant(next)) }
}

/** `2026-11-22 10:00` in China. */
export function instant(at: string): Date {
  return new Date(`${at.replace(' ', 'T')}${at.length > 10 ? '' : 'T10:00'}:00+08:00`)
}

/** Does something inside an act, as an import does. */
export async function within<Answer>(world: World, run: (context: ActContext) => Promise<Answer>): Promise<Answer> {
  return act({ name: 'test.act', permission: 'test', basis: basis('practice', 'practice'), input: z.object({}), run }).perform(world, officer, {})
}

/** Puts a subject into the register. */
export async function registerSubject(database: Database, one: { id: number; name: string; type?: string; formerNames?: string[]; codes: [kind: string, value: string][] }): Promise<void> {
  const { db } = database
  const uscc = one.codes.find(([kind]) => kind === 'uscc')?.[1] ?? null
  await sql`insert into subjects.subject (subject_id, type, name, uscc, name_lines, name_grams, registered_at) values (${one.id}, ${one.type ?? 'enterprise'}, ${one.name}, ${uscc}, ${one.name}, ${[...one.name].slice(1).map((character, at) => [...one.name][at]! + character)}::text[], now())`.execute(db)
  await sql`insert into subjects.name (subject_id, name) values (${one.id}, ${one.name})`.execute(db)
  for (const name of one.formerNames ?? []) await sql`insert into subjects.name (subject_id, name, until_on) values (${one.id}, ${name}, '2025-01-01')`.execute(db)
  for (const [kind, value] of one.codes) {
    await sql`insert into subjects.identifier (subject_id, kind, value) values (${one.id}, ${kind}, ${lookUpOf(sealing, { kind, value })})`.execute(db)
    await sql`insert into subjects.identifier_owner (kind, value, subject_id) values (${kind}, ${lookUpOf(sealing, { kind, value })}, ${one.id})`.execute(db)
  }
}

/** A penalty as the intake hands it over: 2,000 yuan for selling expired food, unless said otherwise. */
export function penalty(parts: Partial<Omit<PenaltyFields, 'values' | 'party'>> & { party?: Partial<PenaltyFields['party']>; values?: Record<string, string> } = {}): PenaltyFields {
  const { party: partyParts, values, ...rest } = parts
  const party: PenaltyFields['party'] = {
    name: '三亚海棠湾酒店有限公司', category: 'legal-person', uscc: '91460200MA5TXXXX01', usccAdmitted: false, registrationNumber: null, organisationCode: null, taxNumber: null, institutionNumber: null,
    socialOrganisationNumber: null, naturalId: null, ...partyParts,
  }
  const fields: Omit<PenaltyFields, 'values'> = {
    kind: 'penalty', party, documentNumber: '海棠市监罚〔2026〕1号', kinds: ['fine'], decidedOn: '2026-11-10' as Day, fineFen: 200_000n, confiscatedFen: null, validUntil: '2027-11-10' as Day,
    publicityEndStated: null, ...rest,
  }
  return {
    ...fields,
    values: {
      CF_XDR_MC: party.name, CF_XDR_SHXYM: party.uscc ?? '', CF_WSH: fields.documentNumber, CF_JDRQ: fields.decidedOn, CF_CFLB: fields.kinds.join(';'), CF_NR_FK: fields.fineFen?.toString() ?? '', CF_NR: '罚款2000元',
      CF_WFXW: '经营超过保质期的食品', ...(party.naturalId ? { CF_XDR_ZJHM: party.naturalId.number } : {}), ...values,
    },
  }
}

/** A stream of bytes, as an upload comes. */
export function streamOf(...chunks: (string | Uint8Array)[]): NodeJS.ReadableStream {
  const stream = new PassThrough()
  for (const chunk of chunks) stream.write(chunk)
  stream.end()
  return stream
}
