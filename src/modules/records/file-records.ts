import { canonicalJson } from '../../kernel/json.ts'
import type { ActContext } from '../../engines/procedure/index.ts'
import { standingAfter, standingOf, witnessOfFact, type FactRow, type NewFact, type Operation, type StandingRow } from './fact.ts'
import { claimRecords, findPresent, insertVersions, keyText, nextFactIds } from './queries/versions.ts'

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
  if (facts.length === 0) return []
  const keys = new Map(facts.map((fact) => [keyText(fact), fact]))
  const claimed = await claimRecords(context.tx, [...keys.values()])
  const known = [...keys].flatMap(([key, { subjectId }]) => (claimed.get(key)!.isNew ? [] : [{ subjectId, recordId: claimed.get(key)!.recordId }]))
  const present = new Map<number, Draft>(await findPresent(context.tx, known))
  const drafts: Draft[] = []
  const outcomes = facts.map((fact) => {
    const recordId = claimed.get(keyText(fact))!.recordId
    const before = present.get(recordId)
    const draft = before === undefined ? firstVersion(context, fact, recordId) : nextVersion(context, fact, before)
    if (draft === null) return { outcome: 'unchanged' as const, draft: before! }
    drafts.push(draft)
    present.set(recordId, draft)
    return { outcome: before === undefined ? ('filed' as const) : before.standing.withdrawn ? ('refiled' as const) : ('corrected' as const), draft }
  })
  const written = await writeVersions(context, drafts)
  return outcomes.map(({ outcome, draft }) => {
    const factId = written.get(draft)?.fact_id ?? (draft as FactRow).fact_id
    return { outcome, subjectId: draft.subject_id, recordId: draft.record_id, factId, version: draft.version }
  })
}

/** Numbers the drafts, writes them and enters each into the ledger. Answers the rows by draft. */
export async function writeVersions(context: ActContext, drafts: readonly Draft[]): Promise<Map<Draft, FactRow>> {
  if (drafts.length === 0) return new Map()
  const ids = await nextFactIds(context.tx, drafts.length)
  const written = new Map(drafts.map((draft, at) => [draft, { ...draft, fact_id: ids[at]! }]))
  const rows = [...written.values()]
  await insertVersions(context.tx, rows)
  await context.enter(rows.map((row) => ({ name: entryNames[row.operation], subjectId: row.subject_id, aboutId: row.fact_id, body: witnessOfFact(row) })))
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

function firstVersion(context: ActContext, fact: NewFact, recordId: number): Draft {
  const standing = standingOf(fact.effect, { department: fact.department, receivedOn: fact.receivedOn, knownFrom: context.now })
  return { ...received(context, fact), record_id: recordId, version: 1, operation: 'filed', reason: fact.reason, standing }
}

function nextVersion(context: ActContext, fact: NewFact, before: Draft): Draft | null {
  const again = before.standing.withdrawn
  const next = received(context, fact)
  if (!again && sameContent(before, next)) return null
  const standing = standingAfter(before.standing, fact.effect, { department: fact.department, knownFrom: knownAfter(before, context.now) })
  const reason = fact.reason ?? (again ? '撤回后重新报送' : `更正报送：${changedFields(before.fields, next.fields).join('、')}`)
  return { ...next, record_id: before.record_id, version: before.version + 1, operation: again ? 'filed' : 'corrected', reason, standing }
}

function received({ now, actor, policy }: ActContext, fact: NewFact): Omit<Draft, 'record_id' | 'version' | 'operation' | 'reason' | 'standing'> {
  return {
    subject_id: fact.subjectId, kind: fact.kind, document_number: fact.documentNumber, fields: storable(fact.fields), decided_on: fact.effect.decidedOn, received_on: fact.receivedOn, recorded_at: now,
    department: fact.department, batch_id: fact.batchId, row_number: fact.rowNumber, occasion_on: null, actor: actor.id, policy_hash: policy.hash,
  }
}

/** Ids of the fields whose values differ, in the order of the later version. */
export function changedFields(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])].filter((id) => (before[id] ?? '') !== (after[id] ?? ''))
}

function sameContent(before: { fields: Readonly<Record<string, string>> }, after: { fields: Readonly<Record<string, string>> }): boolean {
  return canonicalJson(before.fields) === canonicalJson(after.fields)
}

/** PostgreSQL's jsonb holds neither NUL nor half a surrogate pair; a cell may. Empty fields say nothing. */
function storable(fields: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [id, value] of Object.entries(fields)) if (value !== '') kept[id] = value.replaceAll('\0', '').toWellFormed()
  return kept
}
