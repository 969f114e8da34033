// @clause X.4, 4.3
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { allRoutes } from '../../src/app/server.ts'
import { worldFor } from '../../src/app/wall/reach.ts'
import { mustBeUnderstood, type Actor, type Asked, type Scope } from '../../src/engines/procedure/index.ts'
import type { Endpoint, InputOf, OutputOf } from '../../src/kernel/endpoint.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import { listScores, listScoresOfSubject } from '../../src/modules/evaluation/contract.ts'
import { getGrades, listGradeChanges } from '../../src/modules/grading/contract.ts'
import { fileObjection, getBeside, getObjection, listObjections } from '../../src/modules/objections/contract.ts'
import { listPublicSubjects } from '../../src/modules/partners/contract.ts'
import { getRecord, listRecords } from '../../src/modules/records/contract.ts'
import { getBatch, listBatches, listFlaggedRows, listOpenRejections } from '../../src/modules/submissions/contract.ts'
import { getSubject, listSubjects } from '../../src/modules/subjects/contract.ts'
import { sql } from '../../src/platform/db/index.ts'
import { startProgram } from '../support/program.ts'

const program = await startProgram()
after(() => program.close())
const { xinheng } = program
const routes = allRoutes(xinheng, { demo: false, filling: () => null })
const DEPARTMENTS = ['market-regulation', 'water', 'credit-office', 'emergency']
let sectors: string[] = []
let subjects: number[] = []
const objections: number[] = []

before(async () => {
  const register = readFileSync('docs/guide/samples/subjects.csv')
  const penalties = readFileSync('docs/guide/samples/penalties.xlsx')
  await program.import('subject', register, 'market-regulation', '2026-11-20')
  await program.import('penalty', penalties, 'market-regulation', '2026-11-20')
  await program.import('penalty', penalties, 'water', '2026-11-21')
  await xinheng.settled()
  const { rows } = await sql<{ id: number; sectors: string[] }>`select subject_id as id, to_jsonb(sectors) as sectors from subjects.subject`.execute(xinheng.database.db)
  subjects = rows.map(({ id }) => id)
  for (const subjectId of subjects) {
    const { cookie } = await program.person({ subjectId, capacity: 'legal-representative', limits: [] })
    objections.push((await program.call(fileObjection, { subjectId, about: 'registration', grounds: '登记信息有误', wish: '请更正登记' }, { as: cookie })).objectionId)
  }
  sectors = [...new Set(rows.flatMap((one) => one.sectors))]
})

/** Somebody whose every permission reaches so far. */
const someone = (scope: Scope): Actor => ({ id: 'officer:someone', name: '某人', department: null, officerId: 0, roles: [], may: () => true, scope: () => scope })

/** The answer of a route to somebody, through the same wall as over HTTP; null when it is refused. */
async function ask<E extends Endpoint>(actor: Actor, endpoint: E, input: InputOf<E>): Promise<OutputOf<E> | null> {
  const within = (permission: string) => worldFor(xinheng.database, xinheng.world, actor, permission)
  try {
    mustBeUnderstood(actor, endpoint)
    const answer = await routes.find((route) => route.endpoint === endpoint)!.handle({ world: within(endpoint.permission), within, actor } satisfies Asked, endpoint.input.parse(input) as never)
    return endpoint.output.parse(answer) as OutputOf<E>
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

const some = <T>(all: () => readonly T[]) => fc.array(fc.nat(50), { maxLength: 2 }).map((at) => [...new Set(at.map((one) => all()[one % Math.max(1, all().length)]).filter((one) => one !== undefined))])
const scopes: fc.Arbitrary<Scope> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Scope>('all') },
  { weight: 9, arbitrary: fc.record({ departments: some(() => DEPARTMENTS), sectors: some(() => sectors), subjects: some(() => subjects) }) })
const page = { offset: 0, limit: 500 }

test('no list, count or search gives a row that the same person may not open, and none that may be opened is missing', async () => {
  let seen = 0
  const batches = (await ask(someone('all'), listBatches, page))!.rows.map(({ batchId }) => batchId)
  const records = (await ask(someone('all'), listRecords, page))!.rows
  await fc.assert(fc.asyncProperty(scopes, async (scope) => {
    const actor = someone(scope)
    const openable = new Map<number, boolean>()
    const opens = async (subjectId: number): Promise<boolean> => {
      if (!openable.has(subjectId)) openable.set(subjectId, (await ask(actor, getSubject, { subjectId })) !== null)
      return openable.get(subjectId)!
    }
    const mayOpen: number[] = []
    for (const subjectId of subjects) if (await opens(subjectId)) mayOpen.push(subjectId)

    for (const input of [page, { ...page, find: '演示' }, { ...page, find: '9146' }]) {
      const list = await ask(actor, listSubjects, input)
      if (list === null) continue
      assert.equal(list.total, list.rows.length)
      for (const { subjectId } of list.rows) assert.ok(await opens(subjectId), `subject ${subjectId}`)
      if (!('find' in input)) assert.deepEqual(list.rows.map(({ subjectId }) => subjectId).sort(), mayOpen.toSorted())
      seen += list.rows.length
    }
    const listed = await ask(actor, listRecords, page)
    if (listed !== null) {
      assert.equal(listed.total, listed.rows.length)
      for (const { recordId, subjectId } of records) {
        const opened = await ask(actor, getRecord, { recordId, subjectId })
        if (listed.rows.some((row) => row.recordId === recordId)) assert.ok(opened !== null, `record ${recordId}`)
        else assert.ok(opened === null, `record ${recordId} can be opened and is in no list`)
      }
    }
    const sent = await ask(actor, listBatches, page)
    if (sent !== null) {
      assert.equal(sent.total, sent.rows.length)
      for (const batchId of batches) {
        const inList = sent.rows.some((row) => row.batchId === batchId)
        assert.equal((await ask(actor, getBatch, { batchId })) !== null, inList, `batch ${batchId}`)
        assert.equal((await ask(actor, listFlaggedRows, { batchId, ...page })) !== null, inList, `rows of batch ${batchId}`)
      }
    }
    const rejections = await ask(actor, listOpenRejections, page)
    if (rejections !== null) {
      assert.equal(rejections.total, rejections.rows.length)
      for (const { batchId } of [...rejections.rows, ...rejections.lateBatches]) assert.ok((await ask(actor, getBatch, { batchId })) !== null, `rejection of batch ${batchId}`)
    }
    for (const [list, open] of [[listGradeChanges, getGrades], [listScores, listScoresOfSubject]] as const) {
      const rows = (await ask(actor, list, { ...page, key: 'public-credit' } as never))?.rows ?? []
      for (const { subjectId } of rows) assert.ok((await ask(actor, open, { subjectId })) !== null, `${list.path} ${subjectId}`)
      seen += rows.length
    }
    const objected = await ask(actor, listObjections, page)
    if (objected !== null) {
      assert.equal(objected.total, objected.rows.length)
      for (const objectionId of objections) assert.equal((await ask(actor, getObjection, { objectionId })) !== null, objected.rows.some((row) => row.objectionId === objectionId), `objection ${objectionId}`)
      seen += objected.rows.length
    }
    for (const subjectId of subjects) assert.equal((await ask(actor, getBeside, { subjectId })) !== null, await opens(subjectId), `beside ${subjectId}`)
    const open = (await ask(actor, listPublicSubjects, page))?.rows ?? []
    for (const { subjectId } of open) assert.ok(await opens(subjectId), `public ${subjectId}`)
    // The wall by itself shows no other subjects than the routes do.
    if (scope !== 'all') {
      const { rows } = await sql<{ id: number }>`select subject_id as id from subjects.subject`.execute(worldFor(xinheng.database, xinheng.world, actor, 'subjects.read').db)
      assert.deepEqual(rows.map(({ id }) => id).sort(), mayOpen.toSorted())
    }
  }), { numRuns: 60 })
  assert.ok(seen > 50, 'the property looked at something')
})
