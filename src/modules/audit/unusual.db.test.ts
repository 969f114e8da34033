// @clause 4.3, X.4
import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { loadPolicy } from '../../engines/policy/index.ts'
import { systemActor, type World } from '../../engines/procedure/index.ts'
import { openFileStore } from '../../platform/files/file-store.ts'
import { sealingForTests } from '../../platform/sealing/testing/sealing.ts'
import { seededRandomness } from '../../platform/randomness.ts'
import { freshDatabase } from '../../../tests/support/database.ts'
import type { Line } from './line.ts'
import { listAlarms } from './queries/alarms.ts'
import { insertLines } from './queries/trail.ts'
import { busiest, lookForUnusual, settleAlarm } from './unusual.ts'

const database = await freshDatabase()
after(() => database.close())
const randomness = seededRandomness(3)
const at = (time: string) => new Date(`2026-11-25T${time}+08:00`)
const sealing = sealingForTests(randomness)
const worldAt = (now: Date): World => ({ db: database.db, clock: { now: () => now }, randomness, policy: loadPolicy('policy'), files: openFileStore(mkdtempSync(join(tmpdir(), 'xinheng-')), randomness, sealing), sealing, wake: () => undefined })

let count = 0
const opened = (actor: string, when: Date, subjectId: number, more: Partial<Line> = {}): Line => ({
  ref: `unusual-${++count}`, at: when, actor, department: 'water', roles: [], permission: 'subjects.read', reach: 'all', sessionId: 1, address: '127.0.0.1', method: 'GET', route: '/subjects/:subjectId', kind: 'view', outcome: 'given', subjectIds: [subjectId], recordIds: [],
  asked: {}, rows: null, purpose: '复核', ms: 1, ...more,
})
const minutesAfter = (from: Date, minutes: number) => new Date(from.getTime() + minutes * 60_000)
const nobodys = { ofOthers: async () => [], byPost: () => false, inPart: () => false }
const alarmsOf = async (actor: string) => (await listAlarms(database.db, { open: false, offset: 0, limit: 100 })).rows.filter((one) => one.actor === actor).map(({ kind, subjects }) => [kind, subjects])

test('more than forty different subjects within ten minutes raise one alarm; the same subjects again, or spread over the day, do not', async () => {
  await insertLines(database.db, Array.from({ length: 41 }, (_, n) => opened('officer:fast', minutesAfter(at('09:00:00'), n / 5), n)))
  await insertLines(database.db, Array.from({ length: 80 }, (_, n) => opened('officer:same', minutesAfter(at('09:00:00'), n / 10), n % 30)))
  await insertLines(database.db, Array.from({ length: 80 }, (_, n) => opened('officer:steady', minutesAfter(at('09:00:00'), n * 2), n)))
  const world = worldAt(at('13:00:00'))
  await lookForUnusual(world, nobodys)
  await lookForUnusual(world, nobodys)
  assert.deepEqual([await alarmsOf('officer:fast'), await alarmsOf('officer:same'), await alarmsOf('officer:steady')], [[['many', 41]], [], []])
})

test('reading at night and on a day that is no working day is unusual from few subjects on', async () => {
  await insertLines(database.db, Array.from({ length: 6 }, (_, n) => opened('officer:night', minutesAfter(at('05:00:00'), n), n)))
  const sunday = new Date('2026-11-22T10:00:00+08:00')
  await insertLines(database.db, Array.from({ length: 6 }, (_, n) => opened('officer:sunday', minutesAfter(sunday, n), n)))
  await lookForUnusual(worldAt(at('08:00:00')), nobodys)
  await lookForUnusual(worldAt(minutesAfter(sunday, 60)), nobodys)
  assert.deepEqual([await alarmsOf('officer:night'), await alarmsOf('officer:sunday')], [[['hours', 6]], [['hours', 6]]])
})

test('what is not public of subjects of other departments, opened without a purpose, is unusual; with one, of the own department, by one whose post is the purpose, or where only the public part was shown, it is not', async () => {
  const lines = (actor: string, purpose: string | null, more: Partial<Line> = {}) => Array.from({ length: 30 }, (_, n) => opened(actor, minutesAfter(at('10:00:00'), n * 3), n, { purpose, ...more }))
  await insertLines(database.db, [...lines('officer:curious', null), ...lines('officer:asked', '联合检查'), ...lines('officer:auditor', null, { roles: ['auditor'] }), ...lines('officer:public', null, { route: '/records/:recordId' })])
  await lookForUnusual(worldAt(at('15:00:00')), { ofOthers: async (_db, ids) => ids.filter((id) => id < 25), byPost: (_on, roles) => roles.includes('auditor'), inPart: (route) => route === '/records/:recordId' })
  assert.deepEqual([await alarmsOf('officer:curious'), await alarmsOf('officer:asked'), await alarmsOf('officer:auditor'), await alarmsOf('officer:public')], [[['duties', 25]], [], [], []])
})

test('an alarm is settled once, with a finding and a reason, and never by whom it is about', async () => {
  const world = worldAt(at('16:00:00'))
  const [alarm] = (await listAlarms(database.db, { open: true, offset: 0, limit: 1 })).rows
  const settle = (id: string) => settleAlarm.perform(world, { ...systemActor('test'), id }, { alarmId: alarm!.alarmId, finding: 'explained', reason: '年度集中复核' })
  await assert.rejects(settle(alarm!.actor), /alarm.own/)
  await settle('officer:audit')
  await assert.rejects(settle('officer:audit'), /alarm.settled/)
  assert.ok(!(await listAlarms(database.db, { open: true, offset: 0, limit: 100 })).rows.some(({ alarmId }) => alarmId === alarm!.alarmId))
})

test('the busiest stretch is the one that trying every stretch finds', () => {
  fc.assert(fc.property(fc.array(fc.record({ minute: fc.nat(60), subjectId: fc.nat(8) }), { maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (given, minutes) => {
    const lines = given.toSorted((one, other) => one.minute - other.minute).map(({ minute, subjectId }) => ({ at: new Date(minute * 60_000), subjectId }))
    const different = (part: typeof lines) => new Set(part.map(({ subjectId }) => subjectId)).size
    const most = Math.max(0, ...lines.map((first) => different(lines.filter((line) => line.at >= first.at && line.at.getTime() - first.at.getTime() <= minutes * 60_000))))
    assert.equal(different([...busiest(lines, minutes)]), most)
  }))
})
