import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable } from '../../../platform/db/index.ts'
import type { SubjectContent } from '../subjects.ts'

/** A registration as it is witnessed. */
export type WitnessedRegistration = { readonly content: SubjectContent; readonly effectiveOn: Day; readonly batchId: number | null; readonly rowNumber: number | null; readonly reason: string | null }

/** Registrations by id. */
export async function findRegistrations(db: Queryable, registrationIds: readonly number[]): Promise<Map<number, WitnessedRegistration>> {
  const { rows } = await sql<WitnessedRegistration & { registrationId: number }>`select registration_id as "registrationId", content, effective_on as "effectiveOn", batch_id as "batchId", row_number as "rowNumber", reason
    from subjects.registration where registration_id = any(${[...registrationIds]}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.registrationId, row]))
}
