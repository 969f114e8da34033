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
import { getModel, listModels, listScores, listScoresOfSubject } from '../../src/modules/evaluation/contract.ts'
import { getGrades, listGradeChanges } from '../../src/modules/grading/contract.ts'
import { getClaim, getOwnRecord } from '../../src/modules/agents/contract.ts'
import { listWork } from '../../src/modules/worklist/contract.ts'
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

/** Somebody whose every permission reaches so far; the own work list is anybody's. */
const someone = (scope: Scope): Actor => ({ id: 'officer:someone', name: '某人', department: null, officerId: 0, roles: [], may: () => true, scope: (permission) => (permission === 'work.read' ? 'all' : scope) })

/** The answer of a route to somebody, through the same wall as over HTTP; null when it is refused. */
async function ask<E extends Endpoint>(actor: Actor, endpoint: E, input: InputOf<E>): Promise<OutputOf<E> | null> {
  const within = (permission: string) => worldFor(xinheng.database, xinheng.world, actor, permission)
  try {
    mustBeUnderstood(actor, endpoint)
    const answer = await routes.find((route) => route.endpoint === endpoint)!.handle({ world: within(endpoint.permission), within, actor, purpose: '核对各部门报送' } satisfies Asked, endpoint.input.parse(input) as never)
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

/** Named as a route is: method and path. */
const nameOf = ({ method, path }: Pick<Endpoint, 'method' | 'path'>) => `${method} ${path}`
type Row = { readonly subjectId: number; readonly recordId: number; readonly batchId: number; readonly objectionId: number; readonly department: string }
/** What a list is asked for (once, or once for each planted thing), and what somebody to whom it shows a row can open, too. */
type Listing = { readonly asks?: () => readonly object[]; opens(row: Row, asked: object): readonly [Endpoint, object] }
const ofSubjects = () => subjects.map((subjectId) => ({ subjectId }))
const ofBatches = () => batchIds.map((batchId) => ({ batchId }))
const batchIds: number[] = []
const own: Listing = { asks: ofSubjects, opens: (_, asked) => [getOwnRecord, asked] }
const beside: Listing = { asks: ofSubjects, opens: (_, asked) => [getSubject, asked] }
const ofBatch: Listing = { asks: ofBatches, opens: (_, asked) => [getBatch, asked] }
const score: Listing = { asks: () => [{ key: 'public-credit' }], opens: ({ subjectId }) => [listScoresOfSubject, { subjectId }] }
const LISTS: Readonly<Record<string, Listing | 'only counts' | 'only departments' | 'one thing'>> = {
  'GET /subjects': { opens: ({ subjectId }) => [getSubject, { subjectId }] }, 'GET /partners/subjects': { opens: ({ subjectId }) => [getSubject, { subjectId }] },
  'GET /records': { opens: ({ subjectId, recordId }) => [getRecord, { subjectId, recordId }] }, 'GET /grades/changes': { opens: ({ subjectId }) => [getGrades, { subjectId }] }, 'GET /models/:key/scores': score,
  'GET /imports': { opens: ({ batchId }) => [getBatch, { batchId }] }, 'GET /imports/open-rejections': { opens: ({ batchId }) => [getBatch, { batchId }] }, 'GET /imports/:batchId/rows': ofBatch, 'GET /imports/:batchId/failed.xlsx': ofBatch,
  'GET /objections': { opens: ({ objectionId }) => [getObjection, { objectionId }] }, 'GET /objections/export': { asks: () => [{ form: 'csv' }], opens: ({ objectionId }) => [getObjection, { objectionId }] },
  'GET /subjects/:subjectId/objections': beside, 'GET /subjects/:subjectId/scores': beside, 'GET /subjects/:subjectId/grades': beside,
  'GET /my/subjects/:subjectId/records': own, 'GET /my/subjects/:subjectId/looks': own, 'GET /my/subjects/:subjectId/agents': own, 'GET /my/subjects/:subjectId/objections': own,
  'GET /models': 'only counts', 'GET /models/:key': 'only counts', 'GET /records/league': 'only departments', 'GET /records/gaps': 'only departments',
  'GET /subjects/:subjectId': 'one thing', 'GET /subjects/:subjectId/score': 'one thing', 'GET /records/:recordId': 'one thing', 'GET /records/:recordId/documents/:attachmentId': 'one thing', 'GET /imports/:batchId': 'one thing',
  'GET /objections/:objectionId': 'one thing', 'GET /objections/:objectionId/files/:at': 'one thing', 'GET /my/subjects/:subjectId': 'one thing',
  'GET /imports/template/:kind': 'one thing', 'GET /privacy/purposes': 'one thing',
}

test('every route that reads for a limited permission stands among the lists, or as what shows one thing', () => {
  assert.deepEqual(routes.map(({ endpoint }) => endpoint).filter(({ method, reach }) => method === 'GET' && reach !== undefined).map(nameOf).sort(), Object.keys(LISTS).sort())
})

/** The rows of an answer: of a list, or of a file of them by the number in its last column. */
async function rowsIn(answer: unknown): Promise<Row[]> {
  const { rows, total, stream } = answer as { rows?: unknown; total?: number; stream?: AsyncIterable<Buffer> }
  if (stream === undefined) {
    const listed = Array.isArray(rows) ? (rows as Row[]) : []
    if (total !== undefined) assert.equal(total, listed.length)
    return listed
  }
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  const bytes = Buffer.concat(parts)
  if (bytes.subarray(0, 2).toString() === 'PK') return []
  const lines = bytes.toString('utf8').trim().split('\r\n').slice(1)
  assert.equal(rows, lines.length, 'the trail is told how many rows leave')
  return lines.map((line) => ({ objectionId: Number(line.split(',').at(-1)) }) as Row)
}

test('of every list, count and file: whoever is shown a row may open it, and whoever may not open the whole is refused its parts', async () => {
  batchIds.push(...(await ask(someone('all'), listBatches, page))!.rows.map(({ batchId }) => batchId))
  const endpoints = new Map(routes.map(({ endpoint }) => [nameOf(endpoint), endpoint]))
  const shown = new Map<string, number>()
  await fc.assert(fc.asyncProperty(scopes, async (scope) => {
    const actor = someone(scope)
    const opened = new Map<string, boolean>()
    const opens = async ([endpoint, input]: readonly [Endpoint, object]): Promise<boolean> => {
      const key = `${nameOf(endpoint)} ${JSON.stringify(input)}`
      if (!opened.has(key)) opened.set(key, (await ask(actor, endpoint, input as never)) !== null)
      return opened.get(key)!
    }
    for (const [name, listing] of Object.entries(LISTS)) {
      if (typeof listing === 'string') continue
      const endpoint = endpoints.get(name)!
      const takes = Object.keys((endpoint.input as unknown as { shape: object }).shape)
      for (const asked of listing.asks?.() ?? [{}]) {
        const answer = await ask(actor, endpoint, { ...asked, ...(takes.includes('limit') ? page : {}) } as never)
        const inPath = /:(subjectId|batchId)/.test(name)
        if (inPath) assert.equal(answer !== null, await opens(listing.opens({} as Row, asked)), `${name} ${JSON.stringify(asked)}`)
        if (answer === null) continue
        const rows = await rowsIn(answer)
        shown.set(name, (shown.get(name) ?? 0) + rows.length)
        if (!inPath) for (const row of rows) assert.ok(await opens(listing.opens(row, asked)), `${name} ${JSON.stringify(row)}`)
      }
    }
    // Counts by grade tell no more than the list behind them.
    const scores = await ask(actor, listScores, { ...page, key: 'public-credit' })
    const model = (await ask(actor, listModels, {}))?.rows.find(({ key }) => key === 'public-credit')
    const modelPage = await ask(actor, getModel, { key: 'public-credit' })
    if (scores !== null) assert.deepEqual([model!.grades, modelPage!.grades].map((grades) => grades.reduce((sum, one) => sum + one.subjects, 0)), [scores.total, scores.total])
    // What waits is something that can be opened, where the work list leads.
    const work = await ask(actor, listWork, { view: 'all', limit: 200 })
    const leads: Readonly<Record<string, (id: number) => readonly [Endpoint, object]>> = { imports: (batchId) => [getBatch, { batchId }], objections: (objectionId) => [getObjection, { objectionId }], claims: (claimId) => [getClaim, { claimId }] }
    for (const { next: { to } } of work!.rows) {
      const [, place, id] = to.split('/')
      if (leads[place!] !== undefined && id !== undefined) assert.ok(await opens(leads[place!]!(Number(id))), to)
    }
    shown.set('work', (shown.get('work') ?? 0) + work!.rows.length)
  }), { numRuns: 40 })
  assert.deepEqual([...shown].filter(([name, count]) => count === 0 && !/looks|failed|\/subjects\/:subjectId\/(objections|grades)/.test(name)), [], 'every list showed something to somebody')
})
