// @clause 12.1, 4.3
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { allRoutes } from '../../src/app/server.ts'
import { loadPolicy } from '../../src/engines/policy/index.ts'
import { systemActor } from '../../src/engines/procedure/index.ts'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import { rolesOf, setDepartment } from '../../src/modules/organisation/index.ts'
import { startProgram } from '../support/program.ts'

const program = await startProgram()
after(() => program.close())

// Who may ask what, written by hand: the table of roles must come to the same. A route that does not stand here fails.
const OFFICERS = ['nobody', 'credit-officer', 'credit-head', 'department-officer', 'department-head', 'sector-supervisor', 'window', 'inspector', 'association-clerk', 'agency-clerk', 'auditor', 'system-administrator', 'security-administrator', 'audit-administrator']
// People who act for businesses: without a mandate, or with one for a business.
const AGENTS = ['agent', 'agent-objections', 'legal-representative']
const PERSONS = ['person', ...AGENTS]
const SIGNED_IN = [...OFFICERS, ...PERSONS]
const ANYONE = ['visitor', ...SIGNED_IN]
// People of associations and credit agencies have no console.
const INSIDE = OFFICERS.filter((role) => !role.endsWith('-clerk'))
const SENDERS = ['credit-officer', 'department-officer']
const READERS = ['credit-officer', 'credit-head', 'department-officer', 'department-head', 'auditor']
const INSPECTORS = [...READERS, 'inspector', 'sector-supervisor']
// Aggregates over everybody answer only those whose permission reaches everybody.
const UNLIMITED = [...READERS, 'inspector']
const BUSINESS = [...INSPECTORS, 'window']
const LEDGER = [...READERS, 'audit-administrator']
const OBJECTING = ['agent-objections', 'legal-representative']
const HEADS = ['credit-head', 'department-head']
const CREDIT = ['credit-officer', 'credit-head']
const COUNTER = ['credit-officer', 'credit-head', 'window']
const EXPECTED: Record<string, readonly string[]> = {
  'POST /identity/sign-in': ANYONE, 'POST /identity/redeem': ANYONE, 'POST /identity/register': ANYONE, 'GET /identity/outside': ANYONE, 'POST /identity/outside/:service/begin': ANYONE, 'POST /identity/outside/:service/logout': ANYONE, 'POST /identity/outside/finish': ANYONE, 'POST /identity/outside/continue': ANYONE, 'GET /demo/accounts': ANYONE, 'POST /demo/sign-in': ANYONE,
  'GET /me': INSIDE, 'GET /identity/officer-names': INSIDE, 'GET /organisation': INSIDE, 'GET /organisation/officers': INSIDE, 'GET /organisation/officers/:officerId': INSIDE, 'GET /organisation/departments/:key/versions': INSIDE, 'GET /organisation/holders': INSIDE, 'GET /law/figures': OFFICERS, 'GET /law/texts': OFFICERS, 'GET /law/working-days': OFFICERS,
  'GET /work': INSIDE, 'POST /work/take': INSIDE, 'POST /work/release': INSIDE, 'POST /work/assign': ['credit-head', 'department-head'],
  'POST /identity/sign-out': SIGNED_IN, 'GET /identity/sessions': SIGNED_IN, 'POST /identity/sessions/:sessionId/end': SIGNED_IN, 'GET /identity/own-sign-ins': SIGNED_IN, 'POST /identity/password': SIGNED_IN, 'GET /identity/outside-links': SIGNED_IN, 'POST /identity/outside-links/:service/begin': SIGNED_IN, 'POST /identity/outside-links/:outsideLinkId/end': SIGNED_IN,
  'GET /identity/second-factor': SIGNED_IN, 'POST /identity/second-factor': SIGNED_IN, 'POST /identity/second-factor/confirm': SIGNED_IN, 'POST /identity/confirm': SIGNED_IN, 'POST /identity/second-factor/remove': SIGNED_IN, 'POST /identity/recovery-codes': SIGNED_IN,
  'POST /organisation/officers': ['system-administrator'], 'POST /organisation/officers/:officerId/transfer': ['system-administrator'], 'POST /organisation/officers/:officerId/certificates': ['system-administrator'],
  'POST /organisation/certificates/:certificateId/withdrawal': ['system-administrator'], 'POST /organisation/departments': ['system-administrator'], 'POST /organisation/departments/:key/closure': ['system-administrator'],
  'POST /organisation/sections': ['system-administrator'], 'POST /organisation/posts': ['system-administrator'], 'POST /organisation/duties': ['system-administrator'],
  'POST /organisation/import/preview': ['system-administrator'], 'POST /organisation/import': ['system-administrator'], 'GET /organisation/import/:file/problems': ['system-administrator'], 'GET /organisation/workbook': ['system-administrator'],
  'GET /organisation/proposals': ['security-administrator'], 'POST /organisation/proposals/:proposalId/decision': ['security-administrator'],
  'POST /organisation/own-delegations': ['credit-head', 'department-head'], 'POST /organisation/own-delegations/:delegationId/end': ['credit-head', 'department-head'], 'POST /organisation/officers/:officerId/departure': ['system-administrator'],
  'POST /identity/accounts': ['system-administrator'], 'POST /organisation/officers/:officerId/name': ['system-administrator'], 'POST /identity/accounts/:accountId/code': ['system-administrator'], 'POST /identity/accounts/:accountId/close': ['system-administrator'], 'POST /operate/backups': ['system-administrator'],
  'POST /organisation/officers/:officerId/roles': ['security-administrator'], 'POST /organisation/roles/:grantId/end': ['security-administrator'], 'POST /organisation/officers/:officerId/delegations': ['security-administrator'],
  'POST /organisation/delegations/:delegationId/end': ['security-administrator'], 'POST /organisation/closings/:closingId/decision': ['security-administrator'], 'POST /identity/accounts/:accountId/unlock': ['security-administrator'], 'POST /identity/accounts/:accountId/verification': ['security-administrator'], 'POST /identity/accounts/:accountId/unlink-outside': ['security-administrator'],
  'POST /identity/accounts/:accountId/end-sessions': ['security-administrator'], 'POST /identity/accounts/:accountId/remove-second-factor': ['security-administrator'],
  'POST /audit/exports': INSIDE, 'GET /audit/archives': ['auditor', 'audit-administrator'], 'GET /audit/archives/:sealId': ['auditor', 'audit-administrator'], 'GET /audit/archives/:sealId/proof': ['auditor', 'audit-administrator'], 'POST /operate/trail-archive': [],
  'GET /operate/keys': ['security-administrator'], 'POST /operate/keys/rotation': ['security-administrator'], 'POST /operate/keys/retirement': ['security-administrator'], 'POST /operate/keys/signing-rotation': ['security-administrator'],
  'GET /identity/accounts/:accountId/sessions': ['security-administrator'], 'GET /identity/sign-ins': ['audit-administrator'], 'GET /identity/accounts': ['system-administrator', 'security-administrator', 'audit-administrator'], 'GET /organisation/closings': ['system-administrator', 'security-administrator', 'audit-administrator'],
  'POST /imports/recognise': SENDERS, 'POST /imports': SENDERS, 'GET /imports': READERS, 'GET /imports/:batchId': READERS, 'GET /imports/:batchId/rows': READERS, 'GET /imports/:batchId/failed.xlsx': READERS,
  'GET /imports/template/:kind': READERS, 'GET /imports/open-rejections': READERS,
  'GET /privacy/purposes': BUSINESS,
  'GET /subjects': BUSINESS, 'GET /subjects/:subjectId': BUSINESS, 'POST /subjects/admit': ['credit-head'],
  'GET /records': BUSINESS, 'GET /records/league': BUSINESS, 'GET /records/gaps': BUSINESS, 'GET /records/:recordId': BUSINESS, 'GET /records/:recordId/documents/:attachmentId': BUSINESS,
  'POST /records/:recordId/withdrawal': ['credit-officer', 'department-head'], 'POST /records/:recordId/documents': ['credit-officer', 'department-officer', 'inspector'],
  'GET /models': INSPECTORS, 'GET /models/:key': INSPECTORS, 'GET /models/:key/scores': INSPECTORS, 'GET /subjects/:subjectId/scores': INSPECTORS, 'GET /subjects/:subjectId/score': INSPECTORS, 'POST /models': ['credit-head'], 'POST /models/try': UNLIMITED,
  'GET /models/:key/runs': UNLIMITED, 'GET /models/:key/runs/:populationRunId': UNLIMITED, 'POST /models/:key/runs': ['credit-head'], 'POST /models/:key/runs/:populationRunId/cancel': ['credit-head'],
  'GET /subjects/:subjectId/grades': BUSINESS, 'GET /grades/changes': BUSINESS,
  'GET /audit/alarms': ['auditor', 'audit-administrator'], 'POST /audit/alarms/:alarmId/settlement': ['audit-administrator'],
  'GET /my/subjects/:subjectId': AGENTS, 'GET /my/subjects/:subjectId/records': AGENTS, 'GET /my/subjects/:subjectId/looks': AGENTS, 'GET /my/subjects/:subjectId/objections': AGENTS, 'POST /my/subjects/:subjectId/objections': OBJECTING, 'POST /my/subjects/:subjectId/objections/:objectionId/withdrawal': OBJECTING,
  'POST /my/subjects/:subjectId/statements': OBJECTING, 'POST /my/subjects/:subjectId/statements/:statementId/withdrawal': OBJECTING,
  'GET /subjects/:subjectId/objections': BUSINESS,
  'GET /objections': READERS, 'GET /objections/export': READERS, 'GET /objections/:objectionId': READERS, 'GET /objections/:objectionId/files/:at': READERS, 'POST /objections/:objectionId/forward': ['credit-officer'], 'POST /objections/:objectionId/decline': ['credit-officer'],
  'POST /objections/:objectionId/answer': SENDERS, 'POST /objections/:objectionId/extension': HEADS, 'POST /objections/:objectionId/decision': HEADS, 'POST /objections/:objectionId/correction': ['credit-officer', 'department-head'],
  'GET /removals': [...CREDIT, 'auditor'], 'GET /removals/:removalId': [...CREDIT, 'auditor'], 'POST /removals/preview': [...CREDIT, 'auditor'], 'POST /removals': ['credit-officer'], 'POST /removals/:removalId/decision': ['credit-head'],
  'POST /removals/:removalId/withdrawal': ['credit-officer'], 'POST /removals/:removalId/removal': ['credit-officer'], 'GET /my/removal': PERSONS, 'POST /my/removal': PERSONS,
  'GET /partners': ['association-clerk', 'agency-clerk'], 'GET /partners/subjects': ['association-clerk', 'agency-clerk'],
  'GET /my': PERSONS, 'GET /my/notices': PERSONS, 'POST /my/notices/read': PERSONS, 'POST /my/uploads': PERSONS, 'POST /my/claims': PERSONS, 'POST /my/claims/:claimId/withdrawal': PERSONS,
  'GET /my/subjects/:subjectId/agents': AGENTS, 'POST /my/subjects/:subjectId/agents': ['legal-representative'], 'POST /my/subjects/:subjectId/agents/:mandateId/end': ['legal-representative'], 'POST /my/subjects/:subjectId/agents/:mandateId/renewal': ['legal-representative'], 'POST /my/subjects/:subjectId/mandates/:mandateId/end': AGENTS,
  'GET /claims': [...COUNTER, 'auditor'], 'GET /claims/export': [...COUNTER, 'auditor'], 'GET /claims/:claimId': [...COUNTER, 'auditor'], 'GET /claims/:claimId/evidence/:evidenceId': [...COUNTER, 'auditor'], 'POST /claims/:claimId/answer': COUNTER,
  'GET /audit/trail': ['auditor', 'audit-administrator'], 'GET /audit/trail/export': ['auditor', 'audit-administrator'],
  'GET /ledger': LEDGER, 'GET /ledger/keys': LEDGER, 'GET /ledger/entries': LEDGER, 'GET /ledger/entries/:entryId/proof': LEDGER, 'GET /ledger/consistency': LEDGER, 'POST /ledger/verify': LEDGER,
  'POST /ledger/audit': ['credit-officer', 'credit-head', 'auditor', 'audit-administrator'],
}

const routes = allRoutes(program.xinheng, { demo: true, filling: () => null }).map(({ endpoint }) => endpoint)
const nameOf = ({ method, path }: (typeof routes)[number]) => `${method} ${path}`
const people = new Map<string, { accountId: number }>()

before(async () => {
  for (const role of PERSONS) people.set(role, await program.person(role === 'person' ? null : { subjectId: 888_888, capacity: role === 'legal-representative' ? role : 'agent', limits: role === 'agent' ? [] : ['objections'] }))
  const { keeper: world } = program.xinheng
  for (const [key, kind] of [['association', 'association'], ['agency', 'credit-agency']] as const) {
    await setDepartment.perform(world, systemActor('test'), { key, zh: `测试${key}`, en: key, uscc: usccFrom('51460202', kind === 'association' ? 'XHAA0001' : 'XHAG0001'), kind, sector: 'tourism' })
  }
  for (const role of OFFICERS) people.set(role, await program.officer(role === 'nobody' ? [] : [role], /^(association|agency)(?=-clerk)/.exec(role)?.[0] ?? 'market-regulation'))
})

test('every route has an expectation, and every expectation a route', () => {
  assert.deepEqual(routes.map(nameOf).filter((name) => !(name in EXPECTED)), [])
  assert.deepEqual(Object.keys(EXPECTED).filter((name) => !routes.some((route) => nameOf(route) === name)), [])
})

test('every GET says whose data it shows, the operator’s too', () => {
  assert.deepEqual(routes.filter(({ method, sees }) => method === 'GET' && sees === undefined).map(nameOf), [])
})

test('every role of the table is tried', () => {
  assert.deepEqual(rolesOf(loadPolicy('policy')).roles.map(({ key }) => key).filter((key) => key !== 'officer' && key !== 'outsider').sort(), ANYONE.filter((key) => key !== 'nobody').sort())
})

for (const role of ANYONE) {
  test(`${role}: every route answers exactly whoever may ask`, async () => {
    const wrong: string[] = []
    const person = people.get(role)
    let cookie = ''
    for (const route of routes.filter(({ path }) => !path.startsWith('/demo/'))) {
      const ask = () => program.server.inject({
        method: route.method, url: `/api${route.path.replace(/:\w+/g, '999999')}`, headers: { ...(cookie ? { cookie } : {}), 'content-type': route.takes === 'upload' ? 'application/octet-stream' : 'application/json' },
        payload: route.method === 'GET' ? undefined : route.takes === 'upload' ? '' : '{}',
      })
      const codeOf = ({ statusCode, json }: Awaited<ReturnType<typeof ask>>) => (statusCode >= 400 ? json<{ code: string }>().code : 'answered')
      let answer = await ask()
      // A route that ends sessions ends this one too: the next is asked in a new one.
      if (person && codeOf(answer) === 'session.missing') {
        cookie = await program.signedIn(person.accountId)
        answer = await ask()
      }
      const code = codeOf(answer)
      const seen = code === 'session.missing' ? 'visitor' : code === 'act.not-allowed' || code === 'act.out-of-reach' ? 'forbidden' : 'allowed'
      const expected = EXPECTED[nameOf(route)]!.includes(role) ? 'allowed' : role === 'visitor' ? 'visitor' : 'forbidden'
      if (seen !== expected) wrong.push(`${nameOf(route)}: ${seen} (${code}), not ${expected}`)
      if (answer.statusCode === 500) wrong.push(`${nameOf(route)}: ${answer.body}`)
    }
    assert.deepEqual(wrong, [])
  })
}

test('without --demo there is no demo sign-in, and nothing answers a visitor but health and signing in', async () => {
  assert.equal((await program.server.inject({ method: 'GET', url: '/api/demo/accounts' })).statusCode, 404)
  assert.equal((await program.server.inject({ method: 'GET', url: '/healthz' })).statusCode, 200)
  const { statusCode, body } = await program.server.inject({ method: 'GET', url: '/api/openapi.json' })
  assert.equal(statusCode, 401)
  const problem = JSON.parse(body) as { message: { zh: string; en: string }; fix: { zh: string; en: string } }
  assert.ok(problem.message.zh && problem.message.en && problem.fix.zh && problem.fix.en)
})
