import type { EntryType } from '../../engines/ledger/index.ts'
import type { Day } from '../../kernel/day.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { sql, type Queryable } from '../../platform/db/index.ts'

const table = { relation: 'subjects.registration', key: 'registration_id' }

/** What a registration says to the ledger, from the values as they are stored. */
export function witnessOf({ content, effectiveOn, batchId, rowNumber, reason }: { content: JsonObject; effectiveOn: Day; batchId: number | null; rowNumber: number | null; reason: string | null }): JsonObject {
  return { content, effective_on: effectiveOn, batch_id: batchId, row_number: rowNumber, reason }
}

async function witness(db: Queryable, registrationIds: number[]): Promise<Map<number, JsonObject>> {
  const { rows } = await sql<{ registration_id: number; content: JsonObject; effective_on: Day; batch_id: number | null; row_number: number | null; reason: string | null }>`
    select registration_id, content, effective_on, batch_id, row_number, reason from subjects.registration where registration_id = any(${registrationIds}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.registration_id, witnessOf({ content: row.content, effectiveOn: row.effective_on, batchId: row.batch_id, rowNumber: row.row_number, reason: row.reason })]))
}

/** The kinds of entry of the register: 登记, 变更, 核准校验不符的代码. */
export const subjectEntryTypes: readonly EntryType[] = ['subject.registered', 'subject.changed', 'subject.admitted'].map((name) => ({ name, table, witness }))
