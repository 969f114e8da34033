import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Duty } from '../organisation.ts'

/** A duty as it was set once, with whoever set it (null: the policy folder). */
export type DutyRow = Duty & { readonly dutyId: number; readonly setBy: string | null }

const columns = sql`duty_id as "dutyId", clause, department, sector, part, status, note, set_by as "setBy"`
const same = sql`later.clause = d.clause and later.department = d.department and later.sector is not distinct from d.sector`

/** The duty table (职责分工) as it stands. */
export async function listDuties(db: Queryable): Promise<DutyRow[]> {
  const { rows } = await sql<DutyRow>`select ${columns} from organisation.duty as d where part <> 'ended' and duty_id = (select max(duty_id) from organisation.duty as later where ${same})
    order by clause::integer, sector nulls first, part, duty_id`.execute(db)
  return rows
}

/** The duties as the policy folder last set them, ended ones among them. */
export async function listSeededDuties(db: Queryable): Promise<DutyRow[]> {
  const { rows } = await sql<DutyRow>`select ${columns} from organisation.duty as d where duty_id = (select max(duty_id) from organisation.duty as later where ${same} and later.set_by is null)`.execute(db)
  return rows
}

/** Duties by number. */
export async function findDuties(db: Queryable, ids: readonly number[]): Promise<DutyRow[]> {
  const { rows } = await sql<DutyRow>`select ${columns} from organisation.duty where duty_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Sets a duty; `by` is null for the policy folder. */
export async function insertDuty(tx: Tx, { clause, department, sector, part, status, note }: Duty, at: Date, by: string | null): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into organisation.duty (clause, department, sector, part, status, note, set_at, set_by)
    values (${clause}, ${department}, ${sector}, ${part}, ${status}, ${note}, ${at}, ${by}) returning duty_id as id`.execute(tx)
  return rows[0]!.id
}

/**
 * The departments that answer for a clause of the plan (`4`, `11`) in a sector, leading ones first: duties for that sector and those for all. With
 * sector null, whoever answers for the clause in any sector.
 */
export async function departmentsAnsweringFor(db: Queryable, clause: string, sector: string | null): Promise<{ readonly department: string; readonly part: 'lead' | 'support'; readonly sector: string | null; readonly status: Duty['status'] }[]> {
  const rows = (await listDuties(db)).filter((one) => one.clause === clause && (sector === null || one.sector === null || one.sector === sector))
  const order = (one: DutyRow) => (one.part === 'lead' ? 0 : 2) + (one.sector === sector ? 0 : 1)
  return rows.toSorted((one, other) => order(one) - order(other)).map(({ department, part, sector: of, status }) => ({ department, part: part as 'lead' | 'support', sector: of, status }))
}
