import type { JsonObject } from '../../../kernel/json.ts'
import { sql, type Db, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** A source document (文书) of a record, kept by the SHA-256 of its content. */
export type Attachment = {
  readonly attachment_id: number
  readonly subject_id: number
  readonly record_id: number
  readonly digest: string
  readonly file_name: string
  readonly content_type: string
  readonly size: number
  readonly attached_at: Date
  readonly actor: string
}

/** Writes an attachment; the same bytes again on the same record answer the one that is there. */
export async function insertAttachment(tx: Tx, one: Omit<Attachment, 'attachment_id'>): Promise<{ attachment: Attachment; isNew: boolean }> {
  const { rows: [known] } = await sql<Attachment>`select * from records.attachment where subject_id = ${one.subject_id} and record_id = ${one.record_id} and digest = ${one.digest}`.execute(tx)
  if (known) return { attachment: known, isNew: false }
  const { rows: [made] } = await sql<Attachment>`insert into records.attachment (subject_id, attachment_id, record_id, digest, file_name, content_type, size, attached_at, actor)
    values (${one.subject_id}, nextval('records.attachment_id'), ${one.record_id}, ${one.digest}, ${one.file_name}, ${one.content_type}, ${one.size}, ${one.attached_at}, ${one.actor}) returning *`.execute(tx)
  return { attachment: made!, isNew: true }
}

/** The documents of a record, the oldest first. */
export async function listAttachments(db: Queryable, subjectId: number, recordId: number): Promise<Attachment[]> {
  const { rows } = await sql<Attachment>`select * from records.attachment where subject_id = ${subjectId} and record_id = ${recordId} order by attachment_id`.execute(db)
  return rows
}

/** One document of a record; null when there is none. */
export async function findAttachment(db: Queryable, subjectId: number, recordId: number, attachmentId: number): Promise<Attachment | null> {
  const { rows: [found] } = await sql<Attachment>`select * from records.attachment where subject_id = ${subjectId} and record_id = ${recordId} and attachment_id = ${attachmentId}`.execute(db)
  return found ?? null
}

/** The witness of an attachment: a pure function of its row. */
export function witnessOfAttachment({ attached_at, ...row }: Attachment): JsonObject {
  return { ...row, attached_at: attached_at.toISOString() }
}

/** The witnesses of attachments, rebuilt from the table. */
export async function witnessAttachments(db: Db, ids: readonly number[]): Promise<Map<number, JsonObject>> {
  const { rows } = await sql<Attachment>`select * from records.attachment where attachment_id = any(${[...ids]}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.attachment_id, witnessOfAttachment(row)]))
}
