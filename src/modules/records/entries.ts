import type { EntryType } from '../../engines/ledger/index.ts'
import { entryNames } from './file-records.ts'
import { witnessAttachments } from './queries/attachments.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { findNumbersOf, witnessFacts } from './queries/versions.ts'

/** What this module says to the ledger: one entry a version of a record, one a source document. */
export const recordEntryTypes: readonly EntryType[] = [
  ...Object.values(entryNames).map((name): EntryType => ({ name, table: { relation: 'records.fact', key: 'fact_id' }, witness: witnessFacts })),
  { name: 'record.document-attached', table: { relation: 'records.attachment', key: 'attachment_id' }, witness: witnessAttachments },
]

/** Which entries are about a record: its versions and documents, by the names under which they stand in the ledger. */
export async function entriesOfRecord(db: Queryable, subjectId: number, recordId: number): Promise<{ name: string; ids: number[] }[]> {
  const { factIds, attachmentIds } = await findNumbersOf(db, subjectId, recordId)
  return [...Object.values(entryNames).map((name) => ({ name, ids: factIds })), { name: 'record.document-attached', ids: attachmentIds }]
}
