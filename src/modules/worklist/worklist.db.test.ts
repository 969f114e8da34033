// @clause 12.1
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor, WorkItem, WorkSource } from '../../engines/procedure/index.ts'
import { systemActor } from '../../engines/procedure/index.ts'
import { day, type Day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { adoptDepartments, appointOfficer, departOfficer, delegate, grantRole, listHoldings, rightsOf } from '../organisation/index.ts'
import { askOf, testWorld } from '../submissions/testing/world.ts'
import { assignWork, listWork, releaseWork, takeWork } from './contract.ts'
import { worklistRoutes } from './routes.ts'

const made = await testWorld('2026-11-23T10:00:00+08:00')
const { world, clock } = made
after(() => made.close())

let open: WorkItem[] = []
const item = (key: string, department: string | null, dueOn: string | null): WorkItem => ({ key, title: text(`事项${key}`, `Item ${key}`), subject: null, department, officerId: null, since: new Date('2026-11-20T02:00:00Z'), dueOn: dueOn as Day | null, provisional: false, rule: null, next: { to: '/imports/1', title: text('办理', 'Do it') } })
const source: WorkSource = {
  kind: 'submissions.rejection', title: text('退回待改正', 'To be corrected'), permission: 'submissions.read',
  async list(_world, { departments }) {
    const items = open.filter(({ department }) => departments === null || (department !== null && departments.includes(department)))
    return { items, total: items.length, late: 0, dueSoon: 0 }
  },
}
const routes = worklistRoutes([source])
const people: Record<string, number> = {}

async function as(name: string): Promise<Actor> {
  const officerId = people[name]!
  const department = { chen: 'water', li: 'water', head: 'water', zhao: 'housing', office: 'credit-office' }[name]!
  const { may, scope } = rightsOf(world.policy, await listHoldings(world.db, officerId, day(world.clock.now().toISOString().slice(0, 10))))
  return { id: `officer:${name}`, name, department, officerId, may, scope }
}
const ask = async (name: string) => askOf(world, routes, await as(name))
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

before(async () => {
  await adoptDepartments(world)
  const system = systemActor('test')
  for (const [name, department, role, section] of [['chen', 'water', 'department-officer', '水政科'], ['li', 'water', 'department-officer', '水政科'], ['head', 'water', 'department-head', null], ['zhao', 'housing', 'department-officer', null], ['office', 'credit-office', 'credit-head', null]] as const) {
    const { officerId } = await appointOfficer.perform(world, system, { number: name, name, department, ...(section ? { section } : {}) })
    await grantRole.perform(world, system, { officerId, role })
    people[name] = officerId
  }
  open = [item('1', 'water', '2026-11-20'), item('2', 'water', '2026-11-24'), item('3', 'housing', '2026-11-19'), item('4', 'water', null)]
})

test('an officer sees the department\'s items by day due, late ones first, and nothing of another department', async () => {
  const answer = await (await ask('chen'))(listWork, {})
  assert.equal(answer.view, 'department')
  assert.deepEqual(answer.rows.map(({ key, urgency }) => [key, urgency]), [['1', 'late'], ['2', 'due-soon'], ['4', 'open']])
  assert.deepEqual(answer.views.all, { total: 3, late: 1, dueSoon: 1 })
})

test('what an officer takes is the officer\'s: it stands under mine, nobody else can take it, and taking it again does nothing', async () => {
  const chen = await ask('chen')
  const { assignmentId } = await chen(takeWork, { kind: source.kind, key: '1' })
  assert.deepEqual(await chen(takeWork, { kind: source.kind, key: '1' }), { assignmentId })
  await assert.rejects((await ask('li'))(takeWork, { kind: source.kind, key: '1' }), refused('work.taken'))
  const mine = await chen(listWork, {})
  assert.deepEqual([mine.view, mine.rows.map(({ key }) => key)], ['mine', ['1']])
  assert.equal((await (await ask('li'))(listWork, { view: 'section' })).rows[0]!.inCharge!.name, 'chen')
})

test('another department\'s item can be neither seen nor taken', async () => {
  await assert.rejects((await ask('zhao'))(takeWork, { kind: source.kind, key: '1' }), refused('work.gone'))
  assert.deepEqual((await (await ask('zhao'))(listWork, { view: 'all' })).rows.map(({ key }) => key), ['3'])
})

test('the credit office sees late items of all departments and can have them done, but does not take them out of the department\'s hands', async () => {
  const office = await ask('office')
  const all = await office(listWork, { view: 'all' })
  assert.deepEqual(all.departments.map(({ department, late }) => [department, late]), [['water', 1], ['housing', 1]])
  await assert.rejects(office(takeWork, { kind: source.kind, key: '3' }), refused('work.not-yours'))
  await office(assignWork, { kind: source.kind, key: '3', officerId: people.zhao! })
  assert.deepEqual((await (await ask('zhao'))(listWork, {})).rows.map(({ key, inCharge }) => [key, inCharge!.mine]), [['3', true]])
  await assert.rejects(office(assignWork, { kind: source.kind, key: '3', officerId: people.chen! }), refused('work.other-department'))
})

test('the head gives an item to somebody else and takes it back; an officer cannot give away what is not the officer\'s', async () => {
  const [head, li] = [await ask('head'), await ask('li')]
  await assert.rejects(li(releaseWork, { kind: source.kind, key: '1' }), refused('work.not-in-charge'))
  await head(assignWork, { kind: source.kind, key: '1', officerId: people.li! })
  const { officers } = await head(listWork, { view: 'department' })
  assert.deepEqual(officers.map(({ name, total }) => [name, total]), [['li', 1], [null, 2]])
  await head(releaseWork, { kind: source.kind, key: '1' })
  assert.equal((await head(listWork, { view: 'department' })).rows[0]!.inCharge, null)
})

test('the deputy\'s list holds the items of the other as long as the delegation runs', async () => {
  await (await ask('chen'))(takeWork, { kind: source.kind, key: '2' })
  await delegate.perform(world, systemActor('test'), { officerId: people.chen!, deputyId: people.zhao!, fromOn: '2026-11-23', untilOn: '2026-11-24', reason: '出差' })
  const zhao = await ask('zhao')
  assert.deepEqual((await zhao(listWork, { view: 'mine' })).rows.map(({ key }) => key), ['3', '2'])
  clock.set(new Date('2026-11-25T10:00:00+08:00'))
  assert.deepEqual((await (await ask('zhao'))(listWork, { view: 'mine' })).rows.map(({ key }) => key), ['3'])
  clock.set(new Date('2026-11-23T10:00:00+08:00'))
})

test('what an officer was in charge of goes to the head of the department when the officer leaves', async () => {
  await departOfficer.perform(world, systemActor('test'), { officerId: people.chen! })
  const { rows } = await (await ask('head'))(listWork, { view: 'department' })
  assert.deepEqual(rows.map(({ key, inCharge }) => [key, inCharge && inCharge.name]), [['1', null], ['2', 'head'], ['4', null]])
  await (await ask('li'))(takeWork, { kind: source.kind, key: '2' })
})

test('what is done is gone', async () => {
  open = open.filter(({ key }) => key !== '2')
  await assert.rejects((await ask('li'))(releaseWork, { kind: source.kind, key: '2' }), refused('work.gone'))
})
