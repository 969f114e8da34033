// @clause 12.1
import { setTimeout as wait } from 'node:timers/promises'
import { addDays, dayOf } from '../../kernel/day.ts'
import type { Asked, World } from '../../engines/procedure/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import * as closings from './acts/closings.ts'
import * as departments from './acts/departments.ts'
import * as grants from './acts/grants.ts'
import { importOrganisation, standingOrganisation } from './acts/import.ts'
import * as officers from './acts/officers.ts'
import { certificateState, latestOfEach } from './certificates.ts'
import * as contract from './contract.ts'
import { districtOf, sectorsOf } from './organisation.ts'
import { findInCharge } from './people.ts'
import { listOpenClosings } from './queries/closings.ts'
import { listDepartments, listPosts, listSections, listVersions, type DepartmentRow } from './queries/departments.ts'
import { listDuties } from './queries/duties.ts'
import { listDelegations, listGrants, listGrantsEver, listRoleHolders } from './queries/grants.ts'
import { findOfficers, listAllOfficers, listCertificates, listOfficers, type Certificate } from './queries/officers.ts'
import { listPlacements } from './queries/placements.ts'
import { listRenamings } from './queries/renamings.ts'
import { listOpenProposalsOf, listProposals } from './queries/proposals.ts'
import { officerMissing } from './refusals.ts'
import { rolesOf } from './roles.ts'
import { planOf } from './workbook/plan.ts'
import { readWorkbook } from './workbook/read.ts'
import { organisationWorkbook, problemsSheet } from './workbook/write.ts'

/** What the application knows beside the modules. */
export type Instance = {
  readonly demo: boolean
  readonly database: 'embedded' | 'postgresql'
  readonly version: string
  /** How far the demo district is filled; null when it is not being filled. */
  filling(): { readonly done: number; readonly note: { readonly zh: string; readonly en: string } } | null
}

const LARGEST_WORKBOOK = 20 * 1_048_576

/** Who is signed in, and where; the organisation. */
export function organisationRoutes(instance: Instance): readonly Route<Asked>[] {
  return [
    route(contract.whoAmI, async ({ world, actor }: Asked) => ({
      actor: { id: actor.id, name: actor.name, department: actor.department, roles: [...(actor.roles ?? [])], verified: !actor.unverified },
      permissions: rolesOf(world.policy).permissions.map(({ key }) => key).filter((key) => actor.may(key)),
      district: districtOf(world.policy), departments: await departmentsShown(world.db, instance), sectors: sectorsOf(world.policy),
      demo: instance.demo, filling: instance.filling(), today: dayOf(world.clock.now()), database: instance.database, version: instance.version,
    })),
    ...reading, ...keeping, ...granting, ...importing,
  ] as readonly Route<Asked>[]
}

const reading = [
  route(contract.getOrganisation, async ({ world }: Asked) => {
    const { roles, permissions } = rolesOf(world.policy)
    const [departmentRows, sections, posts, duties] = [await listDepartments(world.db), await listSections(world.db), await listPosts(world.db), await listDuties(world.db)]
    return { departments: departmentRows, sections, posts, duties, permissions, roles }
  }),
  route(contract.listOfficers, async ({ world }: Asked, { department, find, offset, limit }) => {
    const today = dayOf(world.clock.now())
    const { rows, total } = await listOfficers(world.db, { department, find, offset, limit })
    const ids = rows.map(({ officerId }) => officerId)
    const [held, delegations, certificates] = [await listGrants(world.db, ids, today), await listDelegations(world.db, ids, today), await listCertificates(world.db, ids)]
    return {
      rows: rows.map((row) => ({
        ...row, grants: held.filter(({ officerId }) => officerId === row.officerId),
        delegations: delegations.filter(({ officerId, deputyId }) => officerId === row.officerId || deputyId === row.officerId), certificates: shownCertificates(world, certificates.filter(({ officerId }) => officerId === row.officerId)),
      })), total,
    }
  }),
  route(contract.getOfficer, async ({ world }: Asked, { officerId }) => {
    const today = dayOf(world.clock.now())
    const [officer] = await findOfficers(world.db, [officerId])
    if (!officer) throw officerMissing()
    const [inCharge] = await findInCharge(world.db, [officer], today)
    const [successor] = inCharge === null ? [] : await findOfficers(world.db, [inCharge!])
    return {
      ...officer, formerNames: await listRenamings(world.db, officerId), placements: await listPlacements(world.db, [officerId]), grants: await listGrantsEver(world.db, [officerId]), delegations: await listDelegations(world.db, [officerId], today),
      proposals: await listOpenProposalsOf(world.db, officerId), certificates: shownCertificates(world, await listCertificates(world.db, [officerId])),
      inCharge: successor ? { officerId: successor.officerId, name: successor.name } : null,
    }
  }),
  route(contract.listDepartmentVersions, async ({ world }: Asked, { key }) => ({ rows: await listVersions(world.db, key) })),
  route(contract.listHolders, async ({ world }: Asked, { role }) => ({ rows: await listRoleHolders(world.db, role ?? null, dayOf(world.clock.now())) })),
  route(contract.listProposals, async ({ world }: Asked, filter) => listProposals(world.db, filter)),
  route(contract.listClosings, async ({ world }: Asked) => {
    const [rows, people] = [await listOpenClosings(world.db), await listAllOfficers(world.db)]
    return { rows: rows.map((row) => ({ ...row, people: people.filter(({ department, leftOn }) => department === row.key && leftOn === null).length })) }
  }),
]

const keeping = [
  route(contract.appointOfficer, async ({ world, actor, requestId }: Asked, { requestId: given, ...input }) => officers.appointOfficer.perform(world, actor, input, { requestId: given ?? requestId })),
  route(contract.transferOfficer, async ({ world, actor, requestId }: Asked, input) => officers.transferOfficer.perform(world, actor, input, { requestId })),
  route(contract.renameOfficer, async ({ world, actor, requestId }: Asked, input) => officers.renameOfficer.perform(world, actor, input, { requestId })),
  route(contract.departOfficer, async ({ world, actor, requestId }: Asked, input) => officers.departOfficer.perform(world, actor, input, { requestId })),
  route(contract.noteCertificate, async ({ world, actor, requestId }: Asked, input) => officers.noteCertificate.perform(world, actor, input, { requestId })),
  route(contract.withdrawCertificate, async ({ world, actor, requestId }: Asked, input) => officers.withdrawCertificate.perform(world, actor, input, { requestId })),
  route(contract.setDepartment, async ({ world, actor, requestId }: Asked, input) => departments.setDepartment.perform(world, actor, input, { requestId })),
  route(contract.closeDepartment, async ({ world, actor, requestId }: Asked, input) => closings.proposeClosing.perform(world, actor, input, { requestId })),
  route(contract.setSection, async ({ world, actor, requestId }: Asked, input) => departments.setSection.perform(world, actor, input, { requestId })),
  route(contract.setPost, async ({ world, actor, requestId }: Asked, input) => departments.setPost.perform(world, actor, input, { requestId })),
  route(contract.setDuty, async ({ world, actor, requestId }: Asked, input) => departments.setDuty.perform(world, actor, input, { requestId })),
]

const granting = [
  route(contract.grantRole, async ({ world, actor, requestId }: Asked, input) => grants.grantRole.perform(world, actor, input, { requestId })),
  route(contract.endRole, async ({ world, actor, requestId }: Asked, input) => grants.endRole.perform(world, actor, input, { requestId })),
  route(contract.decideProposal, async ({ world, actor, requestId }: Asked, input) => grants.decideProposal.perform(world, actor, input, { requestId })),
  route(contract.decideClosing, async ({ world, actor, requestId }: Asked, input) => closings.decideClosing.perform(world, actor, input, { requestId })),
  route(contract.delegate, async ({ world, actor, requestId }: Asked, input) => grants.delegate.perform(world, actor, input, { requestId })),
  route(contract.endDelegation, async ({ world, actor, requestId }: Asked, input) => grants.endDelegation.perform(world, actor, input, { requestId })),
  route(contract.delegateOwn, async ({ world, actor, requestId }: Asked, input) => grants.delegateOwn.perform(world, actor, input, { requestId })),
  route(contract.endOwnDelegation, async ({ world, actor, requestId }: Asked, input) => grants.endOwnDelegation.perform(world, actor, input, { requestId })),
]

const importing = [
  route(contract.previewImport, async ({ world, upload }: Asked, { name }) => {
    const { digest: file } = await world.files.keep(upload!, LARGEST_WORKBOOK)
    const { digest: plan, rows, problems, roles } = planOf(world.policy, await standingOrganisation(world.db, dayOf(world.clock.now())), await readKept(world, file, name))
    const count = (what: 'new' | 'changed' | 'same') => rows.filter((one) => one.what === what).length
    return { file, plan, added: count('new'), changed: count('changed'), same: count('same'), rows, problems, roles }
  }),
  route(contract.applyImport, async ({ world, actor, requestId }: Asked, asked) => {
    return importOrganisation.perform(world, actor, { ...asked, read: await readKept(world, asked.file, asked.name) }, { requestId, asked })
  }),
  route(contract.downloadImportProblems, async ({ world }: Asked, { file, sheet }) => {
    const read = await readKept(world, file, '组织机构.xlsx')
    const { problems } = planOf(world.policy, await standingOrganisation(world.db, dayOf(world.clock.now())), read)
    return problemsSheet(sheet ?? problems[0]?.sheet ?? 'officers', read, problems)
  }),
  route(contract.downloadOrganisation, async ({ world }: Asked, { empty }) => organisationWorkbook(empty ? null : await standingOrganisation(world.db, dayOf(world.clock.now())))),
]

const PATIENCE_MS = 250
const shown = new WeakMap<Queryable, DepartmentRow[]>()

/** The embedded database answers nobody while a file is taken in: until it does, the departments that were known count, so that the console goes on. */
async function departmentsShown(db: Queryable, { database }: Pick<Instance, 'database'>): Promise<DepartmentRow[]> {
  const asked = listDepartments(db).then((rows) => (shown.set(db, rows), rows))
  const known = database === 'embedded' ? shown.get(db) : undefined
  if (known === undefined) return asked
  asked.catch(() => undefined)
  return Promise.race([asked, wait(PATIENCE_MS, known)])
}

/** Refuses `file.missing` when nobody uploaded it. */
function readKept(world: World, file: string, name: string): ReturnType<typeof readWorkbook> {
  return world.files.withCopy(file, (path) => readWorkbook(path, name))
}

function shownCertificates(world: World, certificates: readonly Certificate[]) {
  const today = dayOf(world.clock.now())
  const warnUntil = addDays(today, world.policy.on(today).value<number>('organisation/certificate-warning'))
  return latestOfEach(certificates).map((one) => ({ ...one, state: certificateState(one, today, warnUntil) }))
}
