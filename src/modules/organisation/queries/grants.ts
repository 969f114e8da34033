import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Holding } from '../roles.ts'

/** A role granted to an officer (授权), from a day, perhaps until one. */
export type Grant = { readonly grantId: number; readonly officerId: number; readonly role: string; readonly fromOn: Day; readonly untilOn: Day | null; readonly endedAt: Date | null; readonly endedBy: string | null }
/** A delegation (代理): the deputy acts for the officer from day to day. */
export type Delegation = { readonly delegationId: number; readonly officerId: number; readonly deputyId: number; readonly fromOn: Day; readonly untilOn: Day; readonly reason: string; readonly endedAt: Date | null; readonly endedBy: string | null }

const grantColumns = sql`officer_role_id as "grantId", officer_id as "officerId", role, from_on as "fromOn", until_on as "untilOn", ended_at as "endedAt", ended_by as "endedBy"`
const delegationColumns = sql`delegation_id as "delegationId", officer_id as "officerId", deputy_id as "deputyId", from_on as "fromOn", until_on as "untilOn", reason, ended_at as "endedAt", ended_by as "endedBy"`
const standing = (today: Day) => sql`ended_at is null and (until_on is null or until_on >= ${today})`

/** Grants by number. */
export async function findGrants(db: Queryable, ids: readonly number[]): Promise<Grant[]> {
  const { rows } = await sql<Grant>`select ${grantColumns} from organisation.officer_role where officer_role_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** The grants of some officers that hold today or begin later. */
export async function listGrants(db: Queryable, officerIds: readonly number[], today: Day): Promise<Grant[]> {
  const { rows } = await sql<Grant>`select ${grantColumns} from organisation.officer_role where officer_id = any(${[...officerIds]}::bigint[]) and ${standing(today)} order by officer_role_id`.execute(db)
  return rows
}

/**
 * What an officer holds on a day: the own roles, and by delegation those of officers whose deputy it is, each in its department and in those that were
 * merged into it: records keep the key of the department that filed them.
 */
export async function listHoldings(db: Queryable, officerId: number, today: Day): Promise<(Holding & { readonly by: 'grant' | 'delegation' })[]> {
  const { rows } = await sql<Holding & { by: 'grant' | 'delegation' }>`
    with recursive standing as (
      select key, sector, merged_into from organisation.department as d where department_id = (select max(department_id) from organisation.department as later where later.key = d.key)),
    acted as (
      select officer_id, 'grant' as by from organisation.officer where officer_id = ${officerId}
      union all
      select officer_id, 'delegation' from organisation.delegation where deputy_id = ${officerId} and from_on <= ${today} and ${standing(today)}),
    reached as (
      select distinct o.department as of, o.department as key from acted join organisation.officer as o using (officer_id)
      union
      select reached.of, s.key from standing as s join reached on s.merged_into = reached.key)
    select r.role, reached.key as department, d.sector, acted.by from acted join organisation.officer as o using (officer_id) join organisation.officer_role as r using (officer_id)
    join reached on reached.of = o.department left join standing as d on d.key = reached.key
    where r.from_on <= ${today} and r.ended_at is null and (r.until_on is null or r.until_on >= ${today}) and (o.left_on is null or o.left_on > ${today})
    order by acted.by desc, r.officer_role_id`.execute(db)
  return rows
}

/** Whether anyone present holds the role today, and has an open account. */
export async function listHolders(db: Queryable, role: string, today: Day): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select distinct officer_id as id from organisation.officer_role join organisation.officer using (officer_id)
    where role = ${role} and ${standing(today)} and (left_on is null or left_on > ${today})`.execute(db)
  return rows.map(({ id }) => id)
}

/** Grants a role. */
export async function insertGrant(tx: Tx, { officerId, role, fromOn, untilOn }: Pick<Grant, 'officerId' | 'role' | 'fromOn' | 'untilOn'>, at: Date, by: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into organisation.officer_role (officer_id, role, from_on, until_on, granted_at, granted_by) values (${officerId}, ${role}, ${fromOn}, ${untilOn}, ${at}, ${by}) returning officer_role_id as id`.execute(tx)
  return rows[0]!.id
}

/** Ends a grant; false when it had ended. */
export async function endGrant(tx: Tx, grantId: number, at: Date, by: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update organisation.officer_role set ended_at = ${at}, ended_by = ${by} where officer_role_id = ${grantId} and ended_at is null`.execute(tx)
  return numAffectedRows === 1n
}

/** Delegations by number. */
export async function findDelegations(db: Queryable, ids: readonly number[]): Promise<Delegation[]> {
  const { rows } = await sql<Delegation>`select ${delegationColumns} from organisation.delegation where delegation_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Delegations from or to some officers that hold today or begin later. */
export async function listDelegations(db: Queryable, officerIds: readonly number[], today: Day): Promise<Delegation[]> {
  const { rows } = await sql<Delegation>`select ${delegationColumns} from organisation.delegation
    where (officer_id = any(${[...officerIds]}::bigint[]) or deputy_id = any(${[...officerIds]}::bigint[])) and ${standing(today)} order by delegation_id`.execute(db)
  return rows
}

/** Makes a delegation. */
export async function insertDelegation(tx: Tx, { officerId, deputyId, fromOn, untilOn, reason }: Pick<Delegation, 'officerId' | 'deputyId' | 'fromOn' | 'untilOn' | 'reason'>, at: Date, by: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into organisation.delegation (officer_id, deputy_id, from_on, until_on, reason, made_at, made_by) values (${officerId}, ${deputyId}, ${fromOn}, ${untilOn}, ${reason}, ${at}, ${by}) returning delegation_id as id`.execute(tx)
  return rows[0]!.id
}

/** Ends a delegation; false when it had ended. */
export async function endDelegation(tx: Tx, delegationId: number, at: Date, by: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update organisation.delegation set ended_at = ${at}, ended_by = ${by} where delegation_id = ${delegationId} and ended_at is null`.execute(tx)
  return numAffectedRows === 1n
}

/** Everyone who holds a role today, by which grant, since when, given by whom; also by delegation. All roles without `role`. */
export async function listRoleHolders(db: Queryable, role: string | null, today: Day): Promise<{ readonly grantId: number; readonly role: string; readonly officerId: number; readonly name: string; readonly department: string; readonly fromOn: Day; readonly untilOn: Day | null; readonly grantedBy: string; readonly deputyFor: string | null }[]> {
  const { rows } = await sql<Awaited<ReturnType<typeof listRoleHolders>>[number]>`
    with held as (select * from organisation.officer_role join organisation.officer using (officer_id)
      where (${role}::text is null or role = ${role}) and from_on <= ${today} and ${standing(today)} and (left_on is null or left_on > ${today}))
    select officer_role_id as "grantId", role, officer_id as "officerId", name, department, from_on as "fromOn", until_on as "untilOn", granted_by as "grantedBy", null::text as "deputyFor" from held
    union all
    select h.officer_role_id, h.role, p.officer_id, p.name, h.department, g.from_on, g.until_on, g.made_by, h.name from held as h
      join organisation.delegation as g on g.officer_id = h.officer_id and g.from_on <= ${today} and g.until_on >= ${today} and g.ended_at is null
      join organisation.officer as p on p.officer_id = g.deputy_id and (p.left_on is null or p.left_on > ${today})
    order by 2, 5, 4, 1`.execute(db)
  return rows
}

/** Every grant that some officers ever had, the latest first. */
export async function listGrantsEver(db: Queryable, officerIds: readonly number[]): Promise<(Grant & { readonly grantedBy: string })[]> {
  const { rows } = await sql<Grant & { grantedBy: string }>`select ${grantColumns}, granted_by as "grantedBy" from organisation.officer_role where officer_id = any(${[...officerIds]}::bigint[]) order by officer_role_id desc`.execute(db)
  return rows
}
