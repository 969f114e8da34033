// @clause X.4, 4.8
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { allRoutes } from '../../src/app/server.ts'
import * as agents from '../../src/modules/agents/contract.ts'
import { closeAccount, endSessionsOf } from '../../src/modules/identity/contract.ts'
import * as objections from '../../src/modules/objections/contract.ts'
import { listRecords } from '../../src/modules/records/contract.ts'
import { standingClock } from '../../src/platform/clock.ts'
import { sql } from '../../src/platform/db/index.ts'
import { startProgram } from '../support/program.ts'

const clock = standingClock(new Date('2026-11-20T01:00:00Z'))
const program = await startProgram({ clock })
after(() => program.close())
const routes = allRoutes(program.xinheng, { demo: false, filling: () => null }).map(({ endpoint }) => endpoint).filter(({ path }) => path.startsWith('/my/subjects/'))
type Route = (typeof routes)[number]
const nameOf = ({ method, path }: Route) => `${method} ${path}`

type Known = { readonly subjectId: number; readonly recordId: number; readonly mandateId: number; readonly objectionId: number; readonly statementId: number }
type Needs = 'view' | 'objections' | 'legal-representative'
/** What a route of the own business takes beside the ids in its path, which limit of a mandate it needs, how it answers to the number of a thing that is not this business's, and how to the own numbers where not everything is given. A route that does not stand here fails. */
const OWN: Record<string, { readonly needs: Needs; readonly body?: (of: Known) => object; readonly elsewhere?: string; readonly owned?: string }> = {
  'GET /my/subjects/:subjectId': { needs: 'view' },
  'GET /my/subjects/:subjectId/records': { needs: 'view' },
  'GET /my/subjects/:subjectId/looks': { needs: 'view' },
  'GET /my/subjects/:subjectId/agents': { needs: 'view' },
  'GET /my/subjects/:subjectId/objections': { needs: 'view' },
  'POST /my/subjects/:subjectId/agents': { needs: 'legal-representative', body: () => ({ userName: clerk.userName, name: clerk.name, untilOn: '2027-01-01' }) },
  'POST /my/subjects/:subjectId/agents/:mandateId/end': { needs: 'legal-representative', elsewhere: 'mandate.missing' },
  'POST /my/subjects/:subjectId/agents/:mandateId/renewal': { needs: 'legal-representative', body: () => ({ untilOn: '2027-01-01' }), elsewhere: 'mandate.missing', owned: 'mandate.stands-already' },
  'POST /my/subjects/:subjectId/mandates/:mandateId/end': { needs: 'view', elsewhere: 'mandate.missing', owned: 'mandate.missing' },
  'POST /my/subjects/:subjectId/objections': { needs: 'objections', body: ({ recordId }) => ({ about: 'record', recordId, grounds: '处罚决定已被撤销', wish: '请撤回该记录' }), elsewhere: 'objection.nothing-there' },
  'POST /my/subjects/:subjectId/objections/:objectionId/withdrawal': { needs: 'objections', elsewhere: 'objection.missing' },
  'POST /my/subjects/:subjectId/statements': { needs: 'objections', body: ({ recordId }) => ({ recordId, words: '我公司已全面整改' }), elsewhere: 'objection.nothing-there' },
  'POST /my/subjects/:subjectId/statements/:statementId/withdrawal': { needs: 'objections', elsewhere: 'statement.missing' },
}

let clerk: Awaited<ReturnType<typeof program.person>>
let own: Known
let other: Known
const GUESSED: Known = { subjectId: 424_242, recordId: 424_242, mandateId: 424_242, objectionId: 424_242, statementId: 424_242 }

async function codeOf(route: Route, cookie: string, ids: Known): Promise<string> {
  const url = route.path.replace(/:(\w+)/g, (_, name: string) => String(ids[name as keyof Known]))
  const payload = route.method === 'GET' ? undefined : { ...OWN[nameOf(route)]!.body?.(ids) }
  const answer = await program.server.inject({ method: route.method, url: `/api${url}`, headers: cookie ? { cookie } : {}, payload })
  return answer.statusCode >= 400 ? answer.json<{ code: string }>().code : 'answered'
}
async function differing(cookie: string, ids: Known, expected: (route: Route) => string): Promise<string[]> {
  const wrong: string[] = []
  for (const route of routes) {
    const code = await codeOf(route, cookie, ids)
    if (code !== expected(route)) wrong.push(`${nameOf(route)}: ${code}, not ${expected(route)}`)
  }
  return wrong
}

const given = (route: Route): string => OWN[nameOf(route)]!.owned ?? 'answered'
const REPRESENTS = { capacity: 'legal-representative', limits: [] } as const
/** A business with a record, somebody who represents it, an objection, a statement and an agent. */
async function businessOf(record: { readonly subjectId: number; readonly recordId: number }): Promise<Known & { readonly cookie: string }> {
  const { subjectId, recordId } = record
  const { cookie } = await program.person({ subjectId, ...REPRESENTS })
  const { mandateId } = await program.mandated(await program.person(null), { subjectId, capacity: 'agent', limits: [] })
  const { statementId } = await program.call(objections.fileStatement, { subjectId, words: '情况说明如下' }, { as: cookie })
  const { objectionId } = await program.call(objections.fileObjection, { subjectId, about: 'registration', grounds: '登记信息有误', wish: '请更正登记' }, { as: cookie })
  return { subjectId, recordId, mandateId, objectionId, statementId, cookie }
}
let represents = ''

before(async () => {
  await program.import('subject', readFileSync('docs/guide/samples/subjects.csv'), 'market-regulation')
  await program.import('penalty', readFileSync('docs/guide/samples/penalties.xlsx'), 'market-regulation')
  await program.xinheng.settled()
  const { rows } = await program.call(listRecords, { kind: 'penalty' })
  const [first, second] = [rows[0]!, rows.find(({ subjectId }) => subjectId !== rows[0]!.subjectId)!]
  clerk = await program.person(null, '周敏')
  const [one, two] = [await businessOf(first), await businessOf(second)]
  own = one
  other = two
  represents = one.cookie
})

test('every route of the own business stands in the table, and none that is not', () => {
  assert.deepEqual(routes.map(nameOf).filter((name) => !(name in OWN)), [])
  assert.deepEqual(Object.keys(OWN).filter((name) => !routes.some((route) => nameOf(route) === name)), [])
})

test('whoever represents a business is given all of it, and nothing of another, of none, or of another through the own number', async () => {
  assert.deepEqual(await differing(represents, other, () => 'my.subject-missing'), [], 'of another business')
  assert.deepEqual(await differing(represents, GUESSED, () => 'my.subject-missing'), [], 'a guessed number sounds the same')
  for (const [what, through] of [['another’s', other], ['guessed', GUESSED]] as const) {
    const named = routes.filter((route) => OWN[nameOf(route)]!.elsewhere !== undefined)
    const wrong = await Promise.all(named.map(async (route) => ({ name: nameOf(route), code: await codeOf(route, represents, { ...through, subjectId: own.subjectId }) })))
    assert.deepEqual(wrong.filter(({ name, code }) => code !== OWN[name]!.elsewhere), [], what)
  }
  // Nothing of the other business was touched by what was tried.
  const theirs = (await program.call(agents.listAgents, { subjectId: other.subjectId }, { as: (await program.person({ subjectId: other.subjectId, ...REPRESENTS })).cookie })).rows
  assert.ok(theirs.some(({ mandateId, endedAt }) => mandateId === other.mandateId && endedAt === null))
  assert.deepEqual(await differing(represents, own, given), [])
})

test('a mandate lets do what its limits say', async () => {
  const { subjectId } = own
  const looks = await program.person({ subjectId, capacity: 'agent', limits: [] })
  const objects = await program.person({ subjectId, capacity: 'agent', limits: ['objections'] })
  assert.deepEqual(await differing(looks.cookie, GUESSED, (route) => (OWN[nameOf(route)]!.needs === 'view' ? 'my.subject-missing' : 'act.not-allowed')), [])
  assert.deepEqual(await differing(objects.cookie, GUESSED, (route) => (OWN[nameOf(route)]!.needs === 'legal-representative' ? 'act.not-allowed' : 'my.subject-missing')), [])
  // Who may not, may not for the own business either, nor for another that the same person represents.
  await program.mandated(looks, { subjectId: other.subjectId, ...REPRESENTS })
  assert.deepEqual(await differing(looks.cookie, own, (route) => (OWN[nameOf(route)]!.needs === 'view' ? given(route) : 'my.subject-missing')), [])
})

test('a mandate that has ended, expired or not begun opens nothing, also beside one that stands for another business', async () => {
  const { subjectId } = own
  const [ended, expired, early] = [await program.person(null), await program.person(null), await program.person(null)]
  const { mandateId } = await program.mandated(ended, { subjectId, ...REPRESENTS })
  await program.mandated(expired, { subjectId, ...REPRESENTS }, 1)
  await sql`insert into identity.mandate (subject_id, mandate_id, account_id, name, capacity, limits, from_on, until_on, granted_at, granted_by)
    values (${subjectId}, nextval('identity.mandate_id'), ${early.accountId}, ${early.name}, 'legal-representative', '{view,objections}', '2026-12-24', '2027-12-24', ${clock.now()}, 'system:test')`.execute(program.xinheng.database.db)
  assert.equal(await codeOf(routes[0]!, expired.cookie, own), 'answered', 'until its last day')
  await program.call(agents.endAgent, { subjectId, mandateId }, { as: (await program.person({ subjectId, ...REPRESENTS })).cookie })
  clock.set(new Date(clock.now().getTime() + 2 * 86_400_000))
  for (const [what, person] of [['ended', ended], ['expired', expired], ['not begun', early]] as const) {
    person.cookie = await program.signedIn(person.accountId)
    assert.deepEqual(await differing(person.cookie, own, () => 'act.not-allowed'), [], what)
    await program.mandated(person, { subjectId: other.subjectId, ...REPRESENTS })
    assert.deepEqual(await differing(person.cookie, own, () => 'my.subject-missing'), [], `${what}, with another that stands`)
  }
})

test('without a session, with one that was revoked, and with a closed account nothing opens', async () => {
  const { subjectId } = own
  const [revoked, closed] = [await program.person({ subjectId, ...REPRESENTS }), await program.person({ subjectId, ...REPRESENTS })]
  await program.call(endSessionsOf, { accountId: revoked.accountId }, { as: (await program.officer(['security-administrator'])).cookie })
  await program.call(closeAccount, { accountId: closed.accountId }, { as: (await program.officer(['system-administrator'])).cookie })
  for (const [what, cookie] of [['none', ''], ['guessed', 'xinheng=guessed'], ['revoked', revoked.cookie], ['closed', closed.cookie], ['closed, and signed in', await program.signedIn(closed.accountId)]] as const) assert.deepEqual(await differing(cookie, own, () => 'session.missing'), [], what)
})
