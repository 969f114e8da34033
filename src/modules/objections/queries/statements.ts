import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** A statement (信用说明) of a business beside a record, or beside all. */
export type Statement = { readonly subjectId: number; readonly statementId: number; readonly recordId: number | null; readonly documentNumber: string | null; readonly words: string; readonly filedAt: Date; readonly filedBy: string; readonly withdrawnAt: Date | null; readonly withdrawnBy: string | null }
const columns = sql`(select document_number from records.standing as r where r.subject_id = statement.subject_id and r.record_id = statement.record_id and r.known_until = 'infinity' limit 1) as "documentNumber",
  subject_id as "subjectId", statement_id as "statementId", record_id as "recordId", words, filed_at as "filedAt", filed_by as "filedBy", withdrawn_at as "withdrawnAt", withdrawn_by as "withdrawnBy"`

/** The statements of a subject that stand, the latest first; `recordId`: only those beside this record or beside all. */
export async function listStatements(db: Queryable, subjectId: number, recordId: number | null = null): Promise<Statement[]> {
  const { rows } = await sql<Statement>`select ${columns} from objections.statement where subject_id = ${subjectId} and withdrawn_at is null
    and (${recordId}::bigint is null or record_id is null or record_id = ${recordId}) order by statement_id desc`.execute(db)
  return rows
}

/** Statements by number. */
export async function findStatements(db: Queryable, ids: readonly number[]): Promise<Statement[]> {
  const { rows } = await sql<Statement>`select ${columns} from objections.statement where statement_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Files a statement. */
export async function insertStatement(tx: Tx, one: Pick<Statement, 'subjectId' | 'recordId' | 'words' | 'filedAt' | 'filedBy'> & { readonly department: string }): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into objections.statement (subject_id, statement_id, record_id, department, words, filed_at, filed_by)
    values (${one.subjectId}, nextval('objections.statement_id'), ${one.recordId}, ${one.department}, ${one.words}, ${one.filedAt}, ${one.filedBy}) returning statement_id as id`.execute(tx)
  return rows[0]!.id
}

/** Takes a statement back; false when there is none or it was taken back. */
export async function endStatement(tx: Tx, subjectId: number, statementId: number, at: Date, by: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update objections.statement set withdrawn_at = ${at}, withdrawn_by = ${by} where subject_id = ${subjectId} and statement_id = ${statementId} and withdrawn_at is null`.execute(tx)
  return numAffectedRows === 1n
}
