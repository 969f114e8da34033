import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** Where an officer works from a day on (任职); `successorId` took over what was left behind. */
export type Placement = {
  readonly placementId: number; readonly officerId: number; readonly department: string; readonly section: string | null; readonly post: string | null; readonly fromOn: Day
  readonly successorId: number | null; readonly setAt: Date; readonly setBy: string | null; readonly reason: string | null
}

const columns = sql`placement_id as "placementId", officer_id as "officerId", department, section, post, from_on as "fromOn", successor_id as "successorId", set_at as "setAt", set_by as "setBy", reason`

/** Every placement of some officers, in order. */
export async function listPlacements(db: Queryable, officerIds: readonly number[]): Promise<Placement[]> {
  const { rows } = await sql<Placement>`select ${columns} from organisation.placement where officer_id = any(${[...officerIds]}::bigint[]) order by placement_id`.execute(db)
  return rows
}

/** Placements by number. */
export async function findPlacements(db: Queryable, ids: readonly number[]): Promise<Placement[]> {
  const { rows } = await sql<Placement>`select ${columns} from organisation.placement where placement_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Places an officer, and shows it in the officer's row. */
export async function insertPlacement(tx: Tx, { officerId, department, section, post, fromOn, successorId, reason }: Omit<Placement, 'placementId' | 'setAt' | 'setBy'>, at: Date, by: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into organisation.placement (officer_id, department, section, post, from_on, successor_id, set_at, set_by, reason)
    values (${officerId}, ${department}, ${section}, ${post}, ${fromOn}, ${successorId}, ${at}, ${by}, ${reason}) returning placement_id as id`.execute(tx)
  await sql`update organisation.officer set department = ${department}, section = ${section}, post = ${post} where officer_id = ${officerId}`.execute(tx)
  return rows[0]!.id
}
