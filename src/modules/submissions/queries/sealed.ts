import { sql, type Queryable } from '../../../platform/db/index.ts'

/** A row with problems that holds sealed cells. */
export type SealedCells = { readonly batchId: number; readonly rowNumber: number; readonly cells: Readonly<Record<string, string>>; readonly partyCode: string | null }

/** The rows with sealed cells of the next batches after a number, whole batches at a time. */
export async function listSealedCells(db: Queryable, after: number, batches: number): Promise<SealedCells[]> {
  const { rows } = await sql<SealedCells>`select batch_id as "batchId", row_number as "rowNumber", cells, party_code as "partyCode" from submissions.flagged_row
    where batch_id in (select batch_id from submissions.flagged_row where batch_id > ${after} and cells::text like '%"v1:k%' group by batch_id order by batch_id limit ${batches})
      and cells::text like '%"v1:k%' order by batch_id, row_number`.execute(db)
  return rows
}

/** Puts cells, and what stands for the party's number, in the place of the same ones sealed by another key. */
export async function replaceSealedCells(db: Queryable, { batchId, rowNumber, cells, partyCode }: SealedCells): Promise<void> {
  await sql`update submissions.flagged_row set cells = ${JSON.stringify(cells)}::text::jsonb, party_code = ${partyCode} where batch_id = ${batchId} and row_number = ${rowNumber}`.execute(db)
}
