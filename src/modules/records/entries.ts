import type { EntryType } from '../../engines/ledger/index.ts'
import { entryNames } from './file-records.ts'
import { witnessAttachments } from './queries/attachments.ts'
import { witnessFacts } from './queries/versions.ts'

/** What this module says to the ledger: one entry a version of a record, one a source document. */
export const recordEntryTypes: readonly EntryType[] = [
  ...Object.values(entryNames).map((name): EntryType => ({ name, table: { relation: 'records.fact', key: 'fact_id' }, witness: witnessFacts })),
  { name: 'record.document-attached', table: { relation: 'records.attachment', key: 'attachment_id' }, witness: witnessAttachments },
]
