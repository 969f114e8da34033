import type { Day } from '../../../kernel/day.ts'
import type { Problem } from '../../../kernel/refusal.ts'
import { given, sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** What a row is about: enough to tell when the same decision is sent again. */
export type RowAbout = { readonly documentNumber: string | null; readonly partyName: string | null; readonly partyCode: string | null; readonly decidedOn: Day | null }
/** A row with problems, as it was sent: cells by field of the standard. */
export type FlaggedRow = { readonly rowNumber: number; readonly rejected: boolean; readonly cells: Readonly<Record<string, string>>; readonly problems: readonly Problem[] }
/** A decision that was sent in, rejected, and not sent again yet. */
export type OpenRejection = RowAbout & Pick<FlaggedRow, 'cells'> & { readonly batchId: number; readonly rowNumber: number; readonly kind: string; readonly department: string; readonly dueOn: Day | null; readonly problems: readonly Problem[] }

/** Writes rows with problems. */
export async function insertFlagged(tx: Tx, batchId: number, rows: readonly (FlaggedRow & { readonly about: RowAbout; readonly dueOn: Day | null })[]): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into submissions.flagged_row (batch_id, row_number, rejected, cells, problems, document_number, party_name, party_code, decided_on, report_due_on)
    select ${batchId}::bigint, row_number, rejected, cells::jsonb, problems::jsonb, document_number, party_name, party_code, decided_on, report_due_on from ${given({
      row_number: ['integer', rows.map(({ rowNumber }) => rowNumber)],
      rejected: ['boolean', rows.map(({ rejected }) => rejected)],
      cells: ['text', rows.map(({ cells }) => JSON.stringify(cells))],
      problems: ['text', rows.map(({ problems }) => JSON.stringify(problems))],
      document_number: ['text', rows.map(({ about }) => about.documentNumber)],
      party_name: ['text', rows.map(({ about }) => about.partyName)],
      party_code: ['text', rows.map(({ about }) => about.partyCode)],
      decided_on: ['date', rows.map(({ about }) => about.decidedOn)],
      report_due_on: ['date', rows.map(({ dueOn }) => dueOn)],
    })}`.execute(tx)
}

/** Whether a department has rejected rows of a kind that wait to be sent again. */
export async function hasOpenRejections(db: Queryable, department: string, kind: string): Promise<boolean> {
  const { rows } = await sql`select 1 from submissions.flagged_row join submissions.batch using (batch_id)
    where flagged_row.rejected and settled_by is null and department = ${department} and kind = ${kind} limit 1`.execute(db)
  return rows.length > 0
}

/**
 * Settles earlier rejections of the decisions that come again: same department, kind, document number and party (by code or name); a row
 * that was sent without number is known by its party and day. Within the same file only a row that was taken in settles another.
 */
export async function settleRejections(tx: Tx, batch: { readonly batchId: number; readonly department: string; readonly kind: string }, rows: readonly (RowAbout & { readonly taken: boolean })[]): Promise<void> {
  if (rows.length === 0) return
  await sql`update submissions.flagged_row as earlier set settled_by = ${batch.batchId}
    from submissions.batch, ${given({
      document_number: ['text', rows.map(({ documentNumber }) => documentNumber)],
      party_name: ['text', rows.map(({ partyName }) => partyName)],
      party_code: ['text', rows.map(({ partyCode }) => partyCode)],
      decided_on: ['date', rows.map(({ decidedOn }) => decidedOn)],
      taken: ['boolean', rows.map(({ taken }) => taken)],
    })}
    where batch.batch_id = earlier.batch_id and batch.department = ${batch.department} and batch.kind = ${batch.kind}
      and earlier.rejected and earlier.settled_by is null and (earlier.batch_id <> ${batch.batchId} or given.taken)
      and (earlier.document_number = given.document_number or (earlier.document_number is null and earlier.decided_on = given.decided_on))
      and (earlier.party_code = given.party_code or earlier.party_name = given.party_name)`.execute(tx)
}

/** A page of the rows with problems of a batch. */
export async function listFlagged(db: Queryable, batchId: number, { rejected, offset, limit }: { rejected?: boolean; offset: number; limit: number }): Promise<{ rows: FlaggedRow[]; total: number }> {
  const where = sql`batch_id = ${batchId} and (${rejected ?? null}::boolean is null or rejected = ${rejected ?? null})`
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from submissions.flagged_row where ${where}`.execute(db)
  const { rows } = await sql<FlaggedRow>`select row_number as "rowNumber", rejected, cells, problems from submissions.flagged_row where ${where} order by row_number limit ${limit} offset ${offset}`.execute(db)
  return { rows, total: count!.total }
}

/** The rows with problems of a batch in their order, or only the rejected ones, a page at a time: never all in memory. */
export async function* eachFlagged(db: Queryable, batchId: number, { rejected = false, page = 500 } = {}): AsyncGenerator<FlaggedRow> {
  for (let after = -1; ;) {
    const { rows } = await sql<FlaggedRow>`select row_number as "rowNumber", rejected, cells, problems from submissions.flagged_row
      where batch_id = ${batchId} and (rejected or not ${rejected}) and row_number > ${after} order by row_number limit ${page}`.execute(db)
    yield* rows
    if (rows.length < page) return
    after = rows.at(-1)!.rowNumber
  }
}

/** A batch with rejected decisions that are late; `dueOn` is the earliest day on which one was due. */
export type LateBatch = { readonly batchId: number; readonly fileName: string; readonly department: string; readonly receivedOn: Day; readonly late: number; readonly dueOn: Day }

const MOST_BATCHES = 300

/** The decision days of rejected rows that were not sent again yet. */
export async function listOpenDecisionDays(db: Queryable): Promise<Day[]> {
  const { rows } = await sql<{ day: Day }>`select distinct decided_on as day from submissions.flagged_row where rejected and settled_by is null and decided_on is not null`.execute(db)
  return rows.map(({ day }) => day)
}

/**
 * Rejected decisions that were not sent again yet: those that can still be in time first, then the late ones, the newest first, with how many there are and the batches that hold late ones.
 * `dueNow` is the deadline of each decision day by the calendar as known now: it puts a stored one off, and never brings it forward.
 */
export async function listOpenRejections(db: Queryable, { kinds, dueNow, department, within = null, party, today, soonUntil, offset, limit }: { kinds: readonly string[]; dueNow: ReadonlyMap<Day, Day>; department?: string; within?: readonly string[] | null; party?: string; today: Day; soonUntil: Day; offset: number; limit: number }): Promise<{ rows: OpenRejection[]; total: number; late: number; dueSoon: number; lateBatches: LateBatch[] }> {
  const now = given({ decided_on: ['date', [...dueNow.keys()]], due_now: ['date', [...dueNow.values()]] })
  const open = sql`from (select f.*, greatest(f.report_due_on, due_now) as due_on from submissions.flagged_row f left join ${now} using (decided_on)) as flagged_row join submissions.batch using (batch_id)
    where flagged_row.rejected and settled_by is null and kind = any(${[...kinds]}::text[]) and (${department ?? null}::text is null or department = ${department ?? null})
      and (${within && [...within]}::text[] is null or department = any(${within && [...within]}::text[]))
      and (${party ?? null}::text is null or party_code = ${party ?? null})`
  const { rows: [count] } = await sql<{ total: number; late: number; dueSoon: number }>`select count(*) as total, count(*) filter (where due_on < ${today}) as late,
    count(*) filter (where due_on between ${today} and ${soonUntil}) as "dueSoon" ${open}`.execute(db)
  const { rows } = await sql<OpenRejection>`select batch_id as "batchId", row_number as "rowNumber", kind, department, document_number as "documentNumber", party_name as "partyName", party_code as "partyCode",
    decided_on as "decidedOn", due_on as "dueOn", cells, problems ${open}
    order by due_on < ${today}, abs(due_on - ${today}::date) nulls last, batch_id, row_number limit ${limit} offset ${offset}`.execute(db)
  const { rows: lateBatches } = await sql<LateBatch>`select batch_id as "batchId", file_name as "fileName", department, received_on as "receivedOn", count(*) as late, min(due_on) as "dueOn" ${open} and due_on < ${today}
    group by batch_id, file_name, department, received_on order by received_on desc, batch_id desc limit ${MOST_BATCHES}`.execute(db)
  return { rows, ...count!, lateBatches }
}
