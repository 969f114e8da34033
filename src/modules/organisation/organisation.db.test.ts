// @clause 12.1
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { auditLedger } from '../evidence/contract.ts'
import { addDays, dayOf } from '../../kernel/day.ts'
import { usccFrom } from '../../kernel/codes/index.ts'
import { standingClock } from '../../platform/clock.ts'
import { sql } from '../../platform/db/index.ts'
import { HttpRefusal, startProgram } from '../../../tests/support/program.ts'
import { leagueTable } from '../records/contract.ts'
import { listBatches } from '../submissions/contract.ts'
import { listWork } from '../worklist/contract.ts'
import * as organisation from './contract.ts'
import { adoptDepartments, departmentsAnsweringFor, findInCharge, listCertified } from './index.ts'

const clock = standingClock(new Date('2026-11-20T01:00:00Z'))
const program = await startProgram({ clock })
after(() => program.close())
const { keeper: world, database } = program.xinheng
const today = () => dayOf(clock.now())
const refuses = (code: string, status?: number) => (error: unknown) => error instanceof HttpRefusal && error.problem.code === code && (status === undefined || error.status === status)

const system = (await program.officer(['system-administrator'])).cookie
const security = (await program.officer(['security-administrator'])).cookie
const asSystem = { as: system }
let count = 0
async function appoint(department: string, more: object = {}): Promise<number> {
  return (await program.call(organisation.appointOfficer, { number: `n${++count}`, name: `人员${count}`, department, ...more }, asSystem)).officerId
}
const inChargeOf = async (officerId: number, department: string) => (await findInCharge(world.db, [{ officerId, department }], today()))[0]

test('the tree has a government, departments, sections and posts; what is set again keeps what it was before', async () => {
  const uscc = usccFrom('11460202', 'XHGR0001')
  await program.call(organisation.setDepartment, { key: 'government', zh: '海棠区人民政府', en: 'Haitang District Government', uscc, kind: 'government' }, asSystem)
  const water = (await program.call(organisation.getOrganisation, {})).departments.find(({ key }) => key === 'water')!
  await program.call(organisation.setDepartment, { key: 'water', zh: '海棠区水务和海洋局', en: 'Haitang Water and Ocean Bureau', uscc: water.uscc, sector: 'water', parent: 'government', reason: '机构改革' }, asSystem)
  await program.call(organisation.setSection, { department: 'water', key: 'enforcement', zh: '执法科', en: 'Enforcement' }, asSystem)
  await program.call(organisation.setPost, { department: 'water', section: 'enforcement', zh: '科长', en: 'Head of section', leads: true, roles: ['inspector'] }, asSystem)
  const { rows } = await program.call(organisation.listDepartmentVersions, { key: 'water' })
  assert.deepEqual(rows.map(({ zh, parent, reason }) => [zh, parent, reason]), [['海棠区水务局', null, null], ['海棠区水务和海洋局', 'government', '机构改革']])
  await adoptDepartments(world)
  const { departments } = await program.call(organisation.whoAmI, {})
  assert.equal(departments.find(({ key }) => key === 'water')!.zh, '海棠区水务和海洋局', 'the next start does not bring the old name back')
  await assert.rejects(program.call(organisation.setDepartment, { key: 'x1', zh: '甲', en: 'x', uscc: '123456789012345678' }, asSystem), refuses('department.uscc'))
  await assert.rejects(program.call(organisation.setDepartment, { key: 'x1', zh: '甲', en: 'x', uscc, parent: 'nowhere' }, asSystem), refuses('department.unknown'))
  await assert.rejects(program.call(organisation.setSection, { department: 'nowhere', key: 'aa', zh: '甲', en: 'x' }, asSystem), refuses('department.unknown'))
})

test('a repeated request does nothing twice', async () => {
  const given = { number: 'twice', name: '重复', department: 'water', requestId: 'request-0001' }
  const first = await program.call(organisation.appointOfficer, given, asSystem)
  assert.deepEqual(await program.call(organisation.appointOfficer, given, asSystem), first)
  await assert.rejects(program.call(organisation.appointOfficer, { ...given, requestId: 'request-0002' }, asSystem), refuses('officer.number-taken', 409))
  await assert.rejects(appoint('water', { section: '没有的科' }), refuses('section.unknown'))
})

let chief = 0
test('a post proposes its roles; who keeps the people cannot confirm them, the security administrator can, once', async () => {
  chief = await appoint('water', { section: '执法科', post: '科长' })
  const { rows } = await program.call(organisation.listProposals, {}, { as: security })
  const proposal = rows.find(({ officerId }) => officerId === chief)!
  assert.deepEqual([proposal.role, proposal.because], ['inspector', '科长'])
  const decide = { proposalId: proposal.proposalId, decision: 'confirmed' as const }
  await assert.rejects(program.call(organisation.decideProposal, decide, asSystem), refuses('act.not-allowed', 403))
  await assert.rejects(program.call(organisation.decideProposal, { ...decide, decision: 'refused' }, { as: security }), refuses('role-proposal.reason'))
  const work = await program.call(listWork, { view: 'all' }, { as: security })
  assert.ok(work.rows.some(({ kind, key }) => kind === 'organisation.role-proposal' && key === String(proposal.proposalId)))
  await program.call(organisation.decideProposal, decide, { as: security })
  await assert.rejects(program.call(organisation.decideProposal, decide, { as: security }), refuses('role-proposal.decided', 409))
  const { rows: holders } = await program.call(organisation.listHolders, { role: 'inspector' })
  assert.ok(holders.some(({ officerId, fromOn }) => officerId === chief && fromOn === today()))
})

test('access ends at once when an officer leaves, and the work goes to whoever was named, else to the head of the section, else of the department', async () => {
  const leaver = await program.officer(['department-officer'], 'water')
  const colleague = await program.officer(['department-officer'], 'water')
  const head = await program.officer(['department-head'], 'water')
  await program.call(listBatches, {}, { as: leaver.cookie })
  await assert.rejects(program.call(organisation.departOfficer, { officerId: leaver.officerId, successorId: (await program.officer([], 'housing')).officerId }, asSystem), refuses('officer.successor-wrong'))
  await program.call(organisation.departOfficer, { officerId: leaver.officerId, successorId: colleague.officerId }, asSystem)
  await assert.rejects(program.call(listBatches, {}, { as: leaver.cookie }), refuses('session.missing', 401), 'a session that was open sees nothing any more')
  assert.equal(await inChargeOf(leaver.officerId, 'water'), colleague.officerId)
  await program.call(organisation.departOfficer, { officerId: colleague.officerId }, asSystem)
  assert.equal(await inChargeOf(leaver.officerId, 'water'), head.officerId, 'whoever took over is gone too, and nobody was named')
  const clerk = await appoint('water', { section: 'enforcement' })
  await program.call(organisation.departOfficer, { officerId: clerk }, asSystem)
  assert.equal(await inChargeOf(clerk, 'water'), chief)
  await assert.rejects(program.call(organisation.departOfficer, { officerId: clerk }, asSystem), refuses('officer.has-left', 409))
})

test('a transfer to another department ends what was held there, and the new post has to be confirmed anew', async () => {
  const mover = await program.officer(['department-officer'], 'health')
  await program.call(listBatches, {}, { as: mover.cookie })
  await program.call(organisation.transferOfficer, { officerId: mover.officerId, department: 'housing', reason: '工作需要' }, asSystem)
  await assert.rejects(program.call(listBatches, {}, { as: mover.cookie }), refuses('act.not-allowed', 403), 'the role of the old department does not open the new one')
  const one = await program.call(organisation.getOfficer, { officerId: mover.officerId })
  assert.deepEqual(one.placements.map(({ department }) => department), ['health', 'housing'])
  assert.deepEqual(one.proposals.map(({ role }) => role), ['department-officer'])
  assert.equal(await inChargeOf(mover.officerId, 'health'), null, 'nobody leads there: it waits for the department')
  assert.equal(await inChargeOf(mover.officerId, 'housing'), mover.officerId)
  await assert.rejects(program.call(organisation.transferOfficer, { officerId: mover.officerId, reason: '没有变化' }, asSystem), refuses('officer.not-moved'))
})

test('a department that was merged is history: its people move, its successor answers for it, records keep its key', async () => {
  const officer = await program.officer(['department-officer'], 'education')
  const heir = await program.officer(['department-officer'], 'tourism')
  const rows = Buffer.from('统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,成立日期,法定代表人\n,没有代码的企业,企业,存续,62,教育,2015-03-01,符海\n')
  const { batchId } = await program.import('subject', rows, 'education')
  assert.equal((await program.call(listBatches, {}, { as: heir.cookie })).total, 0)
  await assert.rejects(program.call(organisation.closeDepartment, { key: 'education', reason: '撤销' }, asSystem), refuses('department.in-use', 409))
  const { closingId } = await program.call(organisation.closeDepartment, { key: 'education', into: 'tourism', reason: '机构改革' }, asSystem)
  await assert.rejects(program.call(organisation.closeDepartment, { key: 'education', into: 'water', reason: '机构改革' }, asSystem), refuses('department.closing-waits', 409))
  assert.equal((await program.call(organisation.getOfficer, { officerId: officer.officerId })).department, 'education', 'one administrator alone changes nothing')
  await assert.rejects(program.call(organisation.decideClosing, { closingId, decision: 'confirmed' }, asSystem), refuses('act.not-allowed', 403))
  assert.deepEqual((await program.call(organisation.listClosings, {}, asSystem)).rows.map(({ key, into, people }) => [key, into, people]), [['education', 'tourism', 1]])
  const waiting = (await program.call(listWork, { view: 'all' }, { as: security })).rows.find(({ kind }) => kind === 'organisation.closing')!
  assert.equal(waiting.title.zh, '海棠区教育局并入海棠区旅游和文化广电体育局')
  await program.call(organisation.decideClosing, { closingId, decision: 'confirmed' }, { as: security })
  await assert.rejects(program.call(organisation.decideClosing, { closingId, decision: 'refused', reason: '再议' }, { as: security }), refuses('closing.decided', 409))
  const proposed = (await program.call(organisation.getOfficer, { officerId: officer.officerId })).proposals
  await program.call(organisation.decideProposal, { proposalId: proposed[0]!.proposalId, decision: 'confirmed' }, { as: security })
  assert.equal((await program.call(organisation.getOfficer, { officerId: officer.officerId })).department, 'tourism')
  const seen = await program.call(listBatches, {}, { as: heir.cookie })
  assert.deepEqual(seen.rows.map((row) => [row.batchId, row.department]), [[batchId, 'education']])
  await assert.rejects(program.import('subject', rows, 'education'), refuses('department.closed', 409))
  await assert.rejects(appoint('education'), refuses('department.closed', 409))
  await adoptDepartments(world)
  assert.equal((await program.call(organisation.whoAmI, {})).departments.find(({ key }) => key === 'education')!.mergedInto, 'tourism')
  assert.ok(!(await program.call(leagueTable, {})).rows.some(({ department }) => department === 'education'))
})

test('a closing that the security administrator refuses, with a reason, changes nothing and can be proposed again', async () => {
  const { closingId } = await program.call(organisation.closeDepartment, { key: 'housing', into: 'water', reason: '误提' }, asSystem)
  await assert.rejects(program.call(organisation.decideClosing, { closingId, decision: 'refused' }, { as: security }), refuses('role-proposal.reason'))
  await program.call(organisation.decideClosing, { closingId, decision: 'refused', reason: '没有批文' }, { as: security })
  assert.equal((await program.call(organisation.whoAmI, {})).departments.find(({ key }) => key === 'housing')!.closedOn, null)
  const again = await program.call(organisation.closeDepartment, { key: 'housing', into: 'water', reason: '误提' }, asSystem)
  await program.call(organisation.decideClosing, { ...again, decision: 'refused', reason: '没有批文' }, { as: security })
})

test('an officer gets another name, the earlier ones stay in the history, and the appointment still says the first', async () => {
  const officerId = await appoint('housing', { name: '王方' })
  const rename = (name: string, reason: string) => program.call(organisation.renameOfficer, { officerId, name, reason }, asSystem)
  await assert.rejects(rename('王方', '没有变化'), refuses('officer.same-name'))
  await rename('王芳', '登记有误')
  await rename('李王芳', '婚后更名')
  await assert.rejects(program.call(organisation.renameOfficer, { officerId, name: '别人', reason: '试验' }, { as: security }), refuses('act.not-allowed', 403))
  const one = await program.call(organisation.getOfficer, { officerId })
  assert.deepEqual([one.name, one.formerNames.map(({ former, reason }) => [former, reason])], ['李王芳', [['王方', '登记有误'], ['王芳', '婚后更名']]])
})

test('a certificate is good from its first to its last day, warns before it ends, and its renewal takes its place', async () => {
  const officerId = await appoint('housing', { certificate: { number: '琼B-0001', issuedOn: '2021-12-01', untilOn: '2026-12-10' } })
  const state = async () => (await program.call(organisation.getOfficer, { officerId })).certificates.map(({ number, state: how }) => [number, how])
  assert.deepEqual(await state(), [['琼B-0001', 'expiring']])
  assert.ok((await program.call(listWork, { view: 'all' }, asSystem)).rows.some(({ kind, dueOn }) => kind === 'organisation.certificate' && dueOn === '2026-12-10'))
  const drawn = async (on: string) => (await listCertified(world.db, 'housing', on as never)).map((one) => [one.officerId, one.certificate])
  assert.deepEqual(await drawn('2026-12-10'), [[officerId, '琼B-0001']])
  assert.deepEqual(await drawn('2026-12-11'), [])
  await assert.rejects(program.call(organisation.noteCertificate, { officerId: chief, number: '琼B-0001' }, asSystem), refuses('certificate.taken', 409))
  await assert.rejects(program.call(organisation.noteCertificate, { officerId, number: '琼B-0001', issuedOn: '2026-12-02', untilOn: '2026-12-01' }, asSystem), refuses('certificate.days'))
  const { certificateId } = await program.call(organisation.noteCertificate, { officerId, number: '琼B-0001', issuedOn: '2026-11-20', untilOn: '2031-11-19' }, asSystem)
  assert.deepEqual(await state(), [['琼B-0001', 'good']])
  assert.deepEqual(await drawn('2026-12-11'), [[officerId, '琼B-0001']])
  await program.call(organisation.withdrawCertificate, { certificateId, reason: '调离执法岗位' }, asSystem)
  assert.deepEqual([await state(), await drawn(today())], [[['琼B-0001', 'withdrawn']], []])
  await assert.rejects(program.call(organisation.withdrawCertificate, { certificateId, reason: '再次' }, asSystem), refuses('certificate.missing', 404))
})

test('duties come from the policy folder, an administrator changes them, and the next start leaves the change', async () => {
  assert.deepEqual((await departmentsAnsweringFor(world.db, '6', 'water')).map(({ department, part }) => [department, part]), [['water', 'lead'], ['credit-office', 'support']])
  const duty = { clause: '6', sector: 'water', department: 'environment', part: 'support' as const, status: 'confirmed' as const }
  await program.call(organisation.setDuty, duty, asSystem)
  await program.call(organisation.setDuty, { ...duty, department: 'water', part: 'ended' }, asSystem)
  await adoptDepartments(world)
  assert.deepEqual((await departmentsAnsweringFor(world.db, '6', 'water')).map(({ department, part, status }) => [department, part, status]), [['environment', 'support', 'confirmed'], ['credit-office', 'support', 'unconfirmed']])
  await assert.rejects(program.call(organisation.setDuty, { ...duty, department: 'water', part: 'ended' }, asSystem), refuses('duty.missing', 404))
  await assert.rejects(program.call(organisation.setDuty, { ...duty, sector: 'fishing' }, asSystem), refuses('sector.unknown'))
})

test('people of associations and agencies sign in but have no console, and their roles never mix with those of the administration', async () => {
  await program.call(organisation.setDepartment, { key: 'hotels', zh: '海棠酒店行业协会', en: 'Hotel Association', uscc: usccFrom('11460202', 'XHAC0001'), kind: 'association', parent: 'tourism' }, asSystem)
  const clerk = await program.officer(['association-clerk'], 'hotels')
  await assert.rejects(program.call(organisation.whoAmI, {}, { as: clerk.cookie }), refuses('act.not-allowed', 403))
  await assert.rejects(program.call(organisation.grantRole, { officerId: clerk.officerId, role: 'department-officer' }, { as: security }), refuses('role.outside', 409))
  await assert.rejects(program.call(organisation.grantRole, { officerId: chief, role: 'association-clerk' }, { as: security }), refuses('role.outside', 409))
  const days = { fromOn: today(), untilOn: addDays(today(), 3), reason: '出差' }
  await assert.rejects(program.call(organisation.delegate, { officerId: chief, deputyId: clerk.officerId, ...days }, { as: security }), refuses('role.outside', 409))
  await assert.rejects(program.import('subject', Buffer.from('x'), 'hotels'), refuses('department.unknown'))
})

test('a head hands over own duties within the own department, and takes them back', async () => {
  const head = await program.officer(['department-head'], 'environment')
  const deputy = await program.officer([], 'environment')
  const days = { fromOn: today(), untilOn: addDays(today(), 3), reason: '出差' }
  await assert.rejects(program.call(organisation.delegateOwn, { deputyId: chief, ...days }, { as: head.cookie }), refuses('delegation.other-department', 409))
  const { delegationId } = await program.call(organisation.delegateOwn, { deputyId: deputy.officerId, ...days }, { as: head.cookie })
  await program.call(listBatches, {}, { as: deputy.cookie })
  const other = await program.officer(['department-head'], 'water')
  await assert.rejects(program.call(organisation.endOwnDelegation, { delegationId }, { as: other.cookie }), refuses('grant.ended', 409))
  await program.call(organisation.endOwnDelegation, { delegationId }, { as: head.cookie })
  await assert.rejects(program.call(listBatches, {}, { as: deputy.cookie }), refuses('act.not-allowed', 403))
})

test('every change of the organisation stands in the ledger, and one made behind its back shows', async () => {
  await program.xinheng.settled()
  const auditor = (await program.officer(['auditor'])).cookie
  const { valid, firstProblem } = await program.call(auditLedger, {}, { as: auditor })
  assert.deepEqual([valid, firstProblem], [true, null])
  const { rows } = await sql<{ name: string }>`select distinct name from ledger.entry`.execute(database.db)
  for (const name of ['department.set', 'section.set', 'post.set', 'officer.placed', 'duty.set', 'certificate.withdrawn', 'role.proposed', 'role.proposal-decided']) assert.ok(rows.some((one) => one.name === name), name)
  await sql`update organisation.post set roles = '{credit-head}'`.execute(database.db)
  assert.equal((await program.call(auditLedger, {}, { as: auditor })).valid, false)
})
