// @clause X.4
import type { OutputOf } from '../../kernel/endpoint.ts'
import type { World } from '../../engines/procedure/index.ts'
import { fieldsSeen, withoutIds, type Audience } from '../privacy/index.ts'
import type { getRecord } from './contract.ts'
import { openedFields, type FactRow } from './fact.ts'
import { partyIn, versionListOf } from './page.ts'
import type { ListedRecord } from './queries/list.ts'
import { fieldTitles } from './titles.ts'

type VersionList = OutputOf<typeof getRecord>['versionList']

/** What there is of a record: the row, its versions from the first on, where each stands in the ledger, whether it is published today, and of which departments the caller may open batches. */
export type WholeRecord = { readonly record: ListedRecord; readonly versions: readonly FactRow[]; readonly sequence: ReadonlyMap<number, number | null>; readonly published: boolean; batchOpens(department: string): boolean }

/** The versions of a record as an audience sees them, the newest first. The public sees of a published record how it stands, without earlier versions and the words of officers; of any other record no field. */
export function versionsSeen({ policy, sealing }: Pick<World, 'policy' | 'sealing'>, { record, versions, sequence, published, batchOpens }: WholeRecord, audience: Audience): VersionList {
  const list = versionListOf(versions, fieldTitles(record.kind, policy), sequence, { sealing, batchOpens, seenOf: ({ fields, subject_id }) => fieldsSeen(policy, record.kind, audience, partyIn(record), openedFields(sealing, subject_id, fields)) }).reverse()
  const inWords = (one: VersionList[number]) => ({ ...one, reason: one.reason && audience !== 'full' ? withoutIds(policy, one.reason) : one.reason })
  return audience === 'public' ? list.slice(0, 1).map((one) => ({ ...one, reason: null, fields: published ? one.fields.map((field) => ({ ...field, changed: false })) : [] })) : list.map(inWords)
}
