import type { ActContext } from '../../engines/procedure/index.ts'
import { together } from '../../platform/db/index.ts'
import { sealedFields } from '../privacy/index.ts'
import { contentDigests, differs, placeOfField, standingAfter, standingOf, witnessOfFact, type FactRow, type NewFact, type Operation, type StandingRow } from './fact.ts'
import { findKnown, findPresent, insertDocuments, insertVersions, keyText, lockRecords, nextFactIds } from './queries/versions.ts'
import { fieldTitles } from './titles.ts'

/** What became of a fact that was handed in. `refiled`: it had been withdrawn. */
export type FiledFact = { readonly outcome: 'filed' | 'refiled' | 'corrected' | 'unchanged'; readonly subjectId: number; readonly recordId: number; readonly factId: number; readonly version: number }

/** A version that waits to be written: all but its number. */
export type Draft = Omit<FactRow, 'fact_id'>

/**
 * The door by which every fact enters (记录归集): licences and penalties, and what later clauses find out. Answers in the order given.
 * Same subject, kind and document number is the same record: equal content changes nothing; other content is a correction that keeps
 * the earlier version; a withdrawn record that comes again is filed again. A few statements, however many facts.
 */
export async function fileRecords(context: ActContext, facts: readonly NewFact[]): Promise<FiledFact[]> {
  const groups = Map.groupBy(facts.map((fact) => receivedFields(context, fact)), ({ fact }) => keyText(fact))
  const keys = [...groups.values()].map(([first]) => first!.fact)
  const made = await insertDocuments(context.tx, keys)
  const known = await findKnown(context.tx, keys.filter((key) => !made.has(keyText(key))))
  // What comes again unchanged needs no lock and no second look: most of a file that is sent twice.
  const changing = keys.filter((key) => {
    const record = known.get(keyText(key))
    return record !== undefined && (record.withdrawn || groups.get(keyText(key))!.some(({ digests }) => !digests.includes(record.contentDigest)))
  }).map((key) => ({ subjectId: key.subjectId, recordId: known.get(keyText(key))!.recordId }))
  await lockRecords(context.tx, changing)
  const present = new Map<number, Draft>(await findPresent(context.tx, changing))
  const drafts: Draft[] = []
  const outcomes = new Map<NewFact, { outcome: FiledFact['outcome']; draft: Draft | null }>()
  for (const [key, group] of groups) {
    const recordId = made.get(key) ?? known.get(key)!.recordId
    for (const { fact, fields, digests } of group) {
      const before = present.get(recordId)
      const unchanged = before === undefined ? digests.includes(known.get(key)?.contentDigest ?? '') : !before.standing.withdrawn && digests.includes(before.content_digest)
      if (unchanged) {
        outcomes.set(fact, { outcome: 'unchanged', draft: before ?? null })
        continue
      }
      const received = receivedOf(context, fact, fields, digests[0]!)
      const draft = before === undefined ? firstVersion(context, fact, received, recordId) : nextVersion(context, fact, received, before)
      drafts.push(draft)
      present.set(recordId, draft)
      outcomes.set(fact, { outcome: before === undefined ? 'filed' : before.standing.withdrawn ? 'refiled' : 'corrected', draft })
    }
  }
  const written = await writeVersions(context, drafts)
  return facts.map((fact) => {
    const { outcome, draft } = outcomes.get(fact)!
    if (draft === null) {
      const { recordId, factId, version } = known.get(keyText(fact))!
      return { outcome, subjectId: fact.subjectId, recordId, factId, version }
    }
    return { outcome, subjectId: fact.subjectId, recordId: draft.record_id, factId: written.get(draft)?.fact_id ?? (draft as FactRow).fact_id, version: draft.version }
  })
}

/** The fields of a fact as they are kept, with the digests by which the same content may be known. */
function receivedFields({ policy, world: { sealing } }: ActContext, fact: NewFact) {
  const clear = storable(fact.fields)
  const fields = sealedFields(policy, sealing, fact.kind, clear, (id) => placeOfField(id, fact.subjectId))
  return { fact, fields, digests: contentDigests(sealing, fields, clear) }
}

/** Numbers the drafts, writes them and enters each into the ledger. Answers the rows by draft. */
export async function writeVersions(context: ActContext, drafts: readonly Draft[]): Promise<Map<Draft, FactRow>> {
  if (drafts.length === 0) return new Map()
  const ids = await nextFactIds(context.tx, drafts.length)
  const written = new Map(drafts.map((draft, at) => [draft, { ...draft, fact_id: ids[at]! }]))
  const rows = [...written.values()]
  await together(insertVersions(context.tx, rows), context.enter(rows.map((row) => ({ name: entryNames[row.operation], subjectId: row.subject_id, aboutId: row.fact_id, body: witnessOfFact(row) }))))
  return written
}

/** The entry that each operation leaves in the ledger. */
export const entryNames: Readonly<Record<Operation, string>> = {
  filed: 'record.filed', corrected: 'record.corrected', withdrawn: 'record.withdrawn', ended: 'record.publicity-ended', recomputed: 'record.deadline-recomputed',
}

/** A version that follows another without a new receipt: the same content, by this actor, now. */
export function followingVersion({ now, actor, policy }: ActContext, before: FactRow, operation: Operation, reason: string, standing: StandingRow): Draft {
  const { fact_id: _, ...same } = before
  return { ...same, version: before.version + 1, operation, recorded_at: now, batch_id: null, row_number: null, reason, occasion_on: null, actor: actor.id, policy_hash: policy.hash, standing }
}

/** The instant from which a version that follows another is known: clocks may run backwards, knowledge may not. */
export function knownAfter(before: { readonly standing: { readonly known_from: Date } }, now: Date): Date {
  return now > before.standing.known_from ? now : before.standing.known_from
}

type Received = Omit<Draft, 'record_id' | 'version' | 'operation' | 'reason' | 'standing'>

function firstVersion(context: ActContext, fact: NewFact, received: Received, recordId: number): Draft {
  const standing = standingOf(fact.effect, { department: fact.department, receivedOn: fact.receivedOn, knownFrom: context.now })
  return { ...received, record_id: recordId, version: 1, operation: 'filed', reason: fact.reason, standing }
}

function nextVersion(context: ActContext, fact: NewFact, received: Received, before: Draft): Draft {
  const again = before.standing.withdrawn
  const standing = standingAfter(before.standing, fact.effect, { department: fact.department, knownFrom: knownAfter(before, context.now) })
  const reason = fact.reason ?? (again ? '撤回后重新报送' : correctionOf(before, received, context))
  return { ...received, record_id: before.record_id, version: before.version + 1, operation: again ? 'filed' : 'corrected', reason, standing }
}

function receivedOf({ now, actor, policy }: ActContext, fact: NewFact, fields: Readonly<Record<string, string>>, digest: string): Received {
  return {
    subject_id: fact.subjectId, kind: fact.kind, document_number: fact.documentNumber, fields, content_digest: digest, decided_on: fact.effect.decidedOn, received_on: fact.receivedOn, recorded_at: now,
    department: fact.department, batch_id: fact.batchId, row_number: fact.rowNumber, occasion_on: null, actor: actor.id, policy_hash: policy.hash,
  }
}

/** Why a record was corrected, when its sender does not say: the titles of the fields that differ. */
function correctionOf(before: Draft, after: Received, { policy, world: { sealing } }: ActContext): string {
  const titles = fieldTitles(after.kind, policy)
  const changed = [...new Set([...Object.keys(after.fields), ...Object.keys(before.fields)])].filter((id) => differs(sealing, after.subject_id, id, before.fields[id], after.fields[id]))
  return `更正报送：${changed.map((id) => titles.get(id) ?? id).join('、')}`
}

/** PostgreSQL's jsonb holds neither NUL nor half a surrogate pair; a cell may. Empty fields say nothing. */
function storable(fields: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const id in fields) {
    const value = fields[id]!
    if (value !== '') kept[id] = value.includes('\0') ? value.replaceAll('\0', '').toWellFormed() : value.toWellFormed()
  }
  return kept
}
