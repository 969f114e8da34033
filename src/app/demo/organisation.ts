import { systemActor, type World } from '../../engines/procedure/index.ts'
import { addDays, addMonths, dayOf } from '../../kernel/day.ts'
import { usccFrom } from '../../kernel/codes/index.ts'
import { text } from '../../kernel/text.ts'
import { openAccount } from '../../modules/identity/index.ts'
import { appointOfficer, departmentsOf, findOfficerByNumber, grantRole, noteCertificate, setDepartment, setPost, setSection, transferOfficer } from '../../modules/organisation/index.ts'
import type { Tx } from '../../platform/db/index.ts'

const opener = systemActor('demo')
/** What is done last: where it stands, everything before does too. */
const LAST = 'demo-new'

const GOVERNMENT = { key: 'government', zh: '海棠区人民政府', en: 'Haitang District Government', uscc: usccFrom('11460202', 'XHDG0001'), kind: 'government' } as const
const HOTELS = { key: 'hotel-association', zh: '海棠湾酒店行业协会', en: 'Haitang Bay Hotel Association', uscc: usccFrom('11460202', 'XHDG0002'), kind: 'association', parent: 'tourism', sector: 'tourism' } as const
const AGENCY = { key: 'credit-agency', zh: '海南演示信用服务有限公司', en: 'Hainan Demo Credit Services', uscc: usccFrom('91460202', 'XHDG0003'), kind: 'credit-agency', sector: 'market-regulation' } as const

/** Somebody of the demo who has an office and an account without a password. */
export type DemoOfficer = { readonly userName: string; readonly name: string; readonly role: string; readonly department: string }

/** The people of the demo's association and agency (演示协会与服务机构人员): one click signs them in, to a page of their own. `body`: where they work, which came with them. */
export const demoPartners = [
  { userName: 'association', name: '韦海霞', role: 'association-clerk', department: HOTELS.key, body: HOTELS, what: text('行业协会：看本行业的公开信息', 'association: sees what is public of its sector') },
  { userName: 'agency', name: '曾立', role: 'agency-clerk', department: AGENCY.key, body: AGENCY, what: text('信用服务机构：看本行业的公开信息', 'credit agency: sees what is public of its sector') },
] as const

const SECTIONS = [
  ['credit-office', 'general', '综合科', 'General'], ['credit-office', 'records', '信用信息科', 'Credit records'],
  ['market-regulation', 'food', '食品科', 'Food'], ['market-regulation', 'enforcement', '综合执法大队', 'Enforcement brigade'], ['market-regulation', 'window', '政务服务窗口', 'Service window'], ['water', 'law', '水政科', 'Water law'],
] as const
const PLACED = [
  ['credit', 'records', '经办人'], ['credit-head', 'general', '主任'], ['market', 'food', '经办人'], ['market-head', null, '局长'], ['window', 'window', '窗口人员'], ['inspector', 'enforcement', '执法人员'], ['water', 'law', '科长'],
] as const
const POSTS = [
  ['credit-office', null, '主任', 'Director', true, ['credit-head']], ['credit-office', 'records', '经办人', 'Officer', false, ['credit-officer']], ['market-regulation', null, '局长', 'Director', true, ['department-head']], ['market-regulation', 'food', '经办人', 'Officer', false, ['department-officer']],
  ['market-regulation', 'enforcement', '执法人员', 'Enforcement officer', false, ['inspector']], ['market-regulation', 'window', '窗口人员', 'Window staff', false, ['window']], ['water', 'law', '科长', 'Head of section', true, ['department-officer']],
] as const

/** The staff number of somebody of the demo. */
export const numberOf = (userName: string): string => `demo-${userName}`

/** Appoints somebody of the demo who is not there yet, role and account included; `first` is done before, together with it. Whoever was there and left is not called back. */
export async function appointOnce(world: World, { userName, name, role, department }: DemoOfficer, first?: (tx: Tx) => Promise<unknown>): Promise<void> {
  const number = numberOf(userName)
  if (await findOfficerByNumber(world.db, number)) return
  await world.db.transaction().execute(async (tx) => {
    await first?.(tx)
    const { officerId } = await appointOfficer.performIn(tx, world, opener, { number, name, department })
    await grantRole.performIn(tx, world, opener, { officerId, role })
    await openAccount.performIn(tx, world, opener, { officerId, userName })
  })
  world.wake()
}

/** Gives the demo an association and an agency (演示协会与服务机构) with their people, also one that an earlier version filled. */
export async function adoptDemoPartners(world: World): Promise<void> {
  for (const one of demoPartners) await appointOnce(world, one, (tx) => setDepartment.performIn(tx, world, opener, one.body))
}

/** Gives the demo district (演示机构) its government, sections, posts, certificates, and one officer whose role waits to be confirmed. */
export async function adoptDemoOrganisation(world: World): Promise<void> {
  if (await findOfficerByNumber(world.db, LAST)) return
  await world.db.transaction().execute(async (tx) => {
    const today = dayOf(world.clock.now())
    const idOf = async (userName: string) => (await findOfficerByNumber(tx, numberOf(userName)))!.officerId
    await setDepartment.performIn(tx, world, opener, GOVERNMENT)
    for (const { key, zh, en, uscc, sector } of departmentsOf(world.policy)) await setDepartment.performIn(tx, world, opener, { key, zh, en, uscc, sector, parent: GOVERNMENT.key })
    for (const [department, key, zh, en] of SECTIONS) await setSection.performIn(tx, world, opener, { department, key, zh, en })
    for (const [userName, section, post] of PLACED) await transferOfficer.performIn(tx, world, opener, { officerId: await idOf(userName), ...(section === null ? {} : { section }), post, reason: '演示' })
    for (const [department, section, zh, en, leads, roles] of POSTS) await setPost.performIn(tx, world, opener, { department, section, zh, en, leads, roles: [...roles] })
    await noteCertificate.performIn(tx, world, opener, { officerId: await idOf('inspector'), number: '琼B-演示-0001', issuedOn: addMonths(today, -6), untilOn: addMonths(today, 54) })
    await noteCertificate.performIn(tx, world, opener, { officerId: await idOf('market'), number: '琼B-演示-0002', issuedOn: addMonths(today, -58), untilOn: addDays(addMonths(today, 36), 40) })
    await appointOfficer.performIn(tx, world, opener, { number: LAST, name: '苏明', department: 'market-regulation', section: 'food', post: '经办人' })
  })
  world.wake()
}
