// @clause X.4, 4.8
import { Readable } from 'node:stream'
import { systemActor, type Actor, type World } from '../../engines/procedure/index.ts'
import { addDays, dayOf, type Day } from '../../kernel/day.ts'
import { text } from '../../kernel/text.ts'
import { appointAgent, confirmByIdentityService, fileClaim, keepUpload } from '../../modules/agents/index.ts'
import { actorOfPerson, findAccountByName, listMandatesOf, openPersonAccount } from '../../modules/identity/index.ts'
import { answerObjection, declineObjection, fileObjection, fileStatement } from '../../modules/objections/index.ts'
import { askOwnRemoval } from '../../modules/removals/index.ts'
import { sql, type Queryable } from '../../platform/db/index.ts'

/** The people of the demo's businesses (演示企业人员) whom one click signs in; they land in the space of businesses. */
export const demoBusinessPeople = [
  { userName: 'demo.owner', what: text('法定代表人：看档案、提异议、定经办人', 'legal representative: sees the record, objects, says who may act') },
  { userName: 'demo.agent', what: text('经办人：看档案、提异议', 'agent: sees the record, objects') },
] as const

/** What a business or officer of the demo does on a day. */
export type Doing = { readonly on: Day; do(worlds: Worlds): Promise<void> }
/** The program's own worlds, and the one that a request of somebody would have (`as`): the wall in the database stands in the demo too. */
export type Worlds = { readonly world: World; readonly keeper: World; as(actor: Actor, permission: string): World }
type Chosen = { readonly subjectId: number; readonly name: string; readonly type: string; readonly uscc: string; readonly status: string; readonly legalRepresentative: string }

const AGENT = '林晓梅'
const CLAIMANT = 'demo.claimant'
// Nobody's: made up for the demo.
const PHONE = '10000000000'
const FORMER = 'demo.former'
const MARKET = 'market-regulation'
const MANDATE_DAYS = 300
const opener = systemActor('demo')
// The first bytes of a picture: enough to be told as one, and nothing that could be taken for somebody's licence.
const PICTURE = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

/**
 * What happens in the last weeks before a day: one business's legal representative lets an agent act; of its objections one is declined, one answered, one open and due
 * soon; a statement; somebody who once acted for it asks for the removal of the own data; and somebody's claim of another business, which waits. Every doing, done again, does nothing.
 */
export function doingsOfBusinesses({ policy }: Pick<World, 'policy'>, until: Day): Doing[] {
  const within = policy.on(until).value<{ answer: number }>('objections/time-limits').answer
  let filed = addDays(until, -20)
  while (policy.calendar.addWorkingDays(filed, within).day <= until) filed = addDays(filed, 1)
  return [
    { on: addDays(filed, -12), do: letAct },
    { on: addDays(filed, -10), do: (worlds) => object(worlds, { key: 'registration', about: 'registration', nth: null, grounds: '公司地址门牌号近期已由村委会重新编排', wish: '请更新登记地址' }) },
    { on: addDays(filed, -8), do: (worlds) => act(worlds, 'registration', 'objections.handle', () => officer('credit', '符晓岚', 'credit-office'), (world, actor, objectionId) => declineObjection.perform(world, actor, { objectionId, words: '地址变更请先向登记机关申请变更登记，登记变更后系统自动更新' }, once('decline'))) },
    { on: filed, do: (worlds) => object(worlds, { key: 'first', about: 'record', nth: 0, grounds: '该决定已在行政复议中，复议机关已受理', wish: '复议决定作出前请暂停公示' }) },
    { on: filed, do: state },
    { on: filed, do: (worlds) => object(worlds, { key: 'second', about: 'record', nth: 1, grounds: '决定书所载内容与现场检查笔录不一致', wish: '请核对后更正' }) },
    { on: addDays(until, -2), do: (worlds) => act(worlds, 'second', 'objections.answer', (department) => officer('market', '陈雨', department), (world, actor, objectionId) => answerObjection.perform(world, actor, { objectionId, words: '已调阅案卷：笔录与决定书一致，附现场照片，建议维持' }, once('answer'))) },
    { on: addDays(until, -3), do: askRemoval },
    { on: addDays(until, -1), do: claim },
  ]
}

/** One click's account of a person of a business: null where the demo is not that far yet. */
export async function findDemoPerson(db: Queryable, userName: string): Promise<{ readonly accountId: number; readonly name: string } | null> {
  const account = demoBusinessPeople.some((one) => one.userName === userName) ? await findAccountByName(db, userName) : null
  return account && account.closedAt === null && account.personName !== null ? { accountId: account.accountId, name: account.personName } : null
}

async function letAct({ world, keeper, as }: Worlds): Promise<void> {
  const business = await choose(world.db, 'most')
  if (!business) return
  const untilOn = addDays(dayOf(keeper.clock.now()), MANDATE_DAYS)
  const ownerId = await openOnce(keeper, 'demo.owner', business.legalRepresentative)
  const agentId = await openOnce(keeper, 'demo.agent', AGENT)
  // Killed in between, it goes on with the business that was claimed, whichever has the most penalties by then.
  if ((await findOwn(keeper)) === null) await confirmByIdentityService(keeper, world.db, 'demo', { accountId: ownerId, name: business.legalRepresentative, uscc: business.uscc, capacity: 'legal-representative', untilOn })
  const own = (await findOwn(keeper))!
  await appointAgent.perform(as(own.actor, 'my.appoint'), own.actor, { subjectId: own.subjectId, accountId: agentId, name: AGENT, limits: ['view', 'objections'], untilOn }, once('agent'))
}

type Objected = { readonly key: string; readonly about: 'record' | 'registration'; readonly nth: number | null; readonly grounds: string; readonly wish: string }

async function object({ world, keeper, as }: Worlds, { key, about, nth, grounds, wish }: Objected): Promise<void> {
  const own = await findOwn(keeper)
  const records = own && nth !== null ? await recordsOf(world.db, own.subjectId) : []
  if (!own || (nth !== null && records[nth] === undefined)) return
  await fileObjection.perform(as(own.actor, 'my.object'), own.actor, { subjectId: own.subjectId, accountId: own.accountId, about, recordId: nth === null ? null : records[nth]!, model: null, grounds, wish, uploadIds: [] }, once(key))
}

/** An officer's step, where the objection was filed at all. */
async function act({ world, keeper, as }: Worlds, key: string, permission: string, by: (department: string) => Actor, step: (world: World, actor: Actor, objectionId: number) => Promise<unknown>): Promise<void> {
  const own = await findOwn(keeper)
  if (!own) return
  const { rows: [filed] } = await sql<{ objectionId: number; department: string }>`select (answer->>'objectionId')::bigint as "objectionId", answer->>'department' as department from platform.performed_act where request_id = ${once(key).requestId}`.execute(world.db)
  if (!filed) return
  const actor = by(filed.department)
  await step(as(actor, permission), actor, filed.objectionId)
}

async function state({ world, keeper, as }: Worlds): Promise<void> {
  const own = await findOwn(keeper)
  const [recordId] = own ? await recordsOf(world.db, own.subjectId) : []
  if (own && recordId !== undefined) await fileStatement.perform(as(own.actor, 'my.object'), own.actor, { subjectId: own.subjectId, recordId, words: '我公司已完成整改并邀请主管部门复查，愿接受社会监督' }, once('statement'))
}

async function claim({ world, keeper, as }: Worlds): Promise<void> {
  const business = await choose(world.db, 'least')
  if (!business) return
  const accountId = await openOnce(keeper, CLAIMANT, business.legalRepresentative, PHONE)
  const actor = person(accountId, business.legalRepresentative)
  const { uploadId } = await keepUpload({ world: as(actor, 'my.claim'), actor, upload: Readable.from([PICTURE]) }, '营业执照.png')
  const { legalRepresentative: name, ...subject } = business
  await fileClaim.perform(as(actor, 'my.claim'), actor, { accountId, name, subject, capacity: 'legal-representative', limits: [], untilOn: addDays(dayOf(keeper.clock.now()), MANDATE_DAYS), words: null, uploadIds: [uploadId] }, once('claim'))
}

async function askRemoval({ keeper, as }: Worlds): Promise<void> {
  const accountId = await openOnce(keeper, FORMER, '王美兰')
  const actor = person(accountId, '王美兰')
  await askOwnRemoval.perform(as(actor, 'my.open'), actor, { accountId, words: '已从企业离职，不再代办，请删除我的账号和信息' }, once('removal'))
}

/** The business with the most, or the least, standing penalties of the market regulator. */
async function choose(db: Queryable, which: 'most' | 'least'): Promise<Chosen | null> {
  const { rows } = await sql<Chosen>`select s.subject_id as "subjectId", s.name, s.type, s.uscc, s.status, coalesce(s.legal_representative, '陈海燕') as "legalRepresentative" from subjects.subject as s
    left join (select subject_id, count(*) as penalties from records.standing where known_until = 'infinity' and kind = 'penalty' and department = ${MARKET} and not withdrawn group by subject_id) as p using (subject_id)
    where s.type = 'enterprise' and s.status = 'active' and s.uscc is not null
    order by coalesce(p.penalties, 0) * ${which === 'most' ? -1 : 1}, s.subject_id limit 1`.execute(db)
  return rows[0] ?? null
}

/** Records of the market regulator, penalties first, the latest decided first. */
async function recordsOf(db: Queryable, subjectId: number): Promise<number[]> {
  const { rows } = await sql<{ recordId: number }>`select record_id as "recordId" from records.standing where subject_id = ${subjectId} and known_until = 'infinity' and department = ${MARKET} and not withdrawn
    order by kind = 'penalty' desc, decided_on desc, record_id limit 2`.execute(db)
  return rows.map(({ recordId }) => recordId)
}

async function findOwn(keeper: World): Promise<{ readonly subjectId: number; readonly accountId: number; readonly actor: Actor } | null> {
  const owner = await findDemoPerson(keeper.db, 'demo.owner')
  const [mandate] = owner ? await listMandatesOf(keeper.db, owner.accountId, dayOf(keeper.clock.now())) : []
  return owner && mandate ? { subjectId: mandate.subjectId, accountId: owner.accountId, actor: person(owner.accountId, owner.name) } : null
}

async function openOnce(keeper: World, userName: string, name: string, phone: string | null = null): Promise<number> {
  return (await findAccountByName(keeper.db, userName))?.accountId ?? (await openPersonAccount.perform(keeper, opener, { userName, name, phone })).accountId
}

/** A repetition is known by the name alone, whatever has become of the rest since. */
function once(key: string): { readonly requestId: string; readonly asked: unknown } {
  return { requestId: `demo-business-${key}`, asked: {} }
}

function person(accountId: number, name: string): Actor {
  return { id: actorOfPerson(accountId), name, department: null, accountId, may: () => true, scope: () => 'all' }
}

function officer(userName: string, name: string, department: string): Actor {
  return { id: `officer:${userName}`, name, department, may: () => true, scope: () => 'all' }
}
