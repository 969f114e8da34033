// @clause 12.1
import { dayOf } from '../../kernel/day.ts'
import type { Asked } from '../../engines/procedure/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import * as acts from './acts.ts'
import * as contract from './contract.ts'
import { departmentsOf, districtOf, sectorsOf } from './organisation.ts'
import { listDepartments, listDuties, listSections } from './queries/departments.ts'
import { listDelegations, listGrants } from './queries/grants.ts'
import { listCertificates, listOfficers } from './queries/officers.ts'
import { rolesOf } from './roles.ts'

/** What the application knows beside the modules. */
export type Instance = {
  readonly demo: boolean
  readonly database: 'embedded' | 'postgresql'
  readonly version: string
  /** How far the demo district is filled; null when it is not being filled. */
  filling(): { readonly done: number; readonly note: { readonly zh: string; readonly en: string } } | null
}

/** Who is signed in, and where; the organisation. */
export function organisationRoutes(instance: Instance): readonly Route<Asked>[] {
  return [
    route(contract.whoAmI, async ({ world, actor }: Asked) => ({
      actor: { id: actor.id, name: actor.name, department: actor.department, roles: [...(actor.roles ?? [])] },
      permissions: rolesOf(world.policy).permissions.map(({ key }) => key).filter((key) => actor.may(key)),
      district: districtOf(world.policy), departments: departmentsOf(world.policy), sectors: sectorsOf(world.policy),
      demo: instance.demo, filling: instance.filling(), today: dayOf(world.clock.now()), database: instance.database, version: instance.version,
    })),
    route(contract.getOrganisation, async ({ world }: Asked) => {
      const { roles, permissions } = rolesOf(world.policy)
      return { departments: await listDepartments(world.db), sections: await listSections(world.db), duties: await listDuties(world.db), permissions, roles }
    }),
    route(contract.listOfficers, async ({ world }: Asked, { department, offset, limit }) => {
      const today = dayOf(world.clock.now())
      const { rows, total } = await listOfficers(world.db, { department, offset, limit })
      const ids = rows.map(({ officerId }) => officerId)
      const [grants, delegations, certificates] = [await listGrants(world.db, ids, today), await listDelegations(world.db, ids, today), await listCertificates(world.db, ids)]
      return {
        rows: rows.map((row) => ({
          ...row, grants: grants.filter(({ officerId }) => officerId === row.officerId),
          delegations: delegations.filter(({ officerId, deputyId }) => officerId === row.officerId || deputyId === row.officerId), certificates: certificates.filter(({ officerId }) => officerId === row.officerId),
        })), total,
      }
    }),
    route(contract.appointOfficer, async ({ world, actor, requestId }: Asked, { requestId: given, ...input }) => acts.appointOfficer.perform(world, actor, input, { requestId: given ?? requestId })),
    route(contract.departOfficer, async ({ world, actor, requestId }: Asked, input) => acts.departOfficer.perform(world, actor, input, { requestId })),
    route(contract.grantRole, async ({ world, actor, requestId }: Asked, input) => acts.grantRole.perform(world, actor, input, { requestId })),
    route(contract.endRole, async ({ world, actor, requestId }: Asked, input) => acts.endRole.perform(world, actor, input, { requestId })),
    route(contract.delegate, async ({ world, actor, requestId }: Asked, input) => acts.delegate.perform(world, actor, input, { requestId })),
    route(contract.endDelegation, async ({ world, actor, requestId }: Asked, input) => acts.endDelegation.perform(world, actor, input, { requestId })),
  ] as readonly Route<Asked>[]
}
