// @clause X.4
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { day } from '../../kernel/day.ts'
import { sql } from '../../platform/db/index.ts'
import { standingClock } from '../../platform/clock.ts'
import { startProgram } from '../../../tests/support/program.ts'
import { worldFor } from '../wall/reach.ts'
import { doingsOfBusinesses, type Worlds } from './businesses.ts'

const program = await startProgram({ clock: standingClock(new Date('2026-11-20T01:00:00Z')) })
after(() => program.close())

test('killed between the claim of the owner and the mandate of the agent, the second start lets the agent act for the same business, once', async () => {
  await program.import('subject', readFileSync('docs/guide/samples/subjects.csv'), 'market-regulation')
  await program.import('penalty', readFileSync('docs/guide/samples/penalties.xlsx'), 'market-regulation')
  const { world, keeper, database } = program.xinheng
  const letAct = doingsOfBusinesses(world, day('2026-11-20'))[0]!
  const worlds: Worlds = { world, keeper, as: (actor, permission) => worldFor(database, world, actor, permission) }
  const mandates = async () => (await sql<{ subjectId: number; capacity: string }>`select subject_id as "subjectId", capacity from identity.mandate where ended_at is null order by mandate_id`.execute(database.db)).rows
  await assert.rejects(letAct.do({ ...worlds, as: () => { throw new Error('killed') } }), /killed/)
  const [claimed] = await mandates()
  assert.equal((await mandates()).length, 1)
  // Meanwhile another business, which would come first among equals, has the most penalties.
  const { rows: [first] } = await sql<{ subjectId: number }>`select min(subject_id) as "subjectId" from subjects.subject where type = 'enterprise' and status = 'active' and subject_id <> ${claimed!.subjectId}`.execute(database.db)
  await sql`update records.standing set subject_id = ${first!.subjectId} where subject_id = ${claimed!.subjectId} and known_until = 'infinity'`.execute(database.db)
  for (const _ of [1, 2]) await letAct.do(worlds)
  assert.deepEqual(await mandates(), [claimed, { subjectId: claimed!.subjectId, capacity: 'agent' }])
})
