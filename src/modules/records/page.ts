import type { Basis } from '../../kernel/basis.ts'
import type { Day } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/endpoint.ts'
import { text, type Text } from '../../kernel/text.ts'
import type { PolicyBook } from '../../engines/policy/index.ts'
import type { World } from '../../engines/procedure/index.ts'
import type { Sealing } from '../../platform/sealing/index.ts'
import { nameFor, partyClassIn, partyClassOf, withoutIds, type Audience, type PartyClass } from '../privacy/index.ts'
import type { getRecord, listRecords } from './contract.ts'
import { differs, openedFields, type FactRow, type SwitchEnd } from './fact.ts'
import type { ListedRecord } from './queries/list.ts'
import { isOn, lateBy } from './records.ts'

type RecordRow = OutputOf<typeof listRecords>['rows'][number]
type RecordPage = OutputOf<typeof getRecord>

/** A record in the shape of the contract, as it stands on a day and an audience sees it. */
export function rowOf(record: ListedRecord, { policy: book, sealing }: Pick<World, 'policy' | 'sealing'>, today: Day, audience: Audience = 'internal'): RecordRow {
  const fields = openedFields(sealing, record.subject_id, record.fields)
  const end = (endsOn: Day | null, reason: string | null): SwitchEnd => (endsOn === null ? null : { endsOn, reason: reason ?? 'by-rule' })
  const party = partyIn({ subject_type: record.subject_type, fields })
  const name = nameIn(fields)
  // The violation, or the words of the decision, may repeat whom it is about.
  const said = (words: string) => (audience === 'full' ? words : withoutIds(book, name === undefined ? words : words.replaceAll(name, nameFor(book, audience, party, name))))
  const shown = (one: SwitchEnd) => ({ on: isOn(one, record.withdrawn, today), endsOn: one?.endsOn ?? null, reason: one?.reason ?? null })
  const publicity = shown(end(record.publicity_ends_on, record.publicity_end_reason))
  return {
    recordId: record.record_id, subjectId: record.subject_id, subjectName: nameFor(book, audience, party, record.subject_name ?? name ?? ''), kind: record.kind as RecordRow['kind'], documentNumber: record.document_number,
    title: said(titleOf(record.kind, fields) ?? record.document_number), department: record.department, decidedOn: record.decided_on, receivedOn: record.received_on,
    reportDueOn: record.report_due_on, reportDueProvisional: record.report_due_provisional, lateBy: lateBy(record.report_due_on, record.received_on, book.calendar),
    class: record.class, amountFen: record.amount_fen, tags: [...record.tags], grade: record.grade, endsOn: record.ends_on,
    publicity: { ...publicity, on: record.public && publicity.on, repairableOn: record.repairable_on, withheldReason: record.public ? null : record.public_reason },
    sharing: shown(end(record.sharing_ends_on, record.sharing_end_reason)), use: shown(end(record.use_ends_on, record.use_end_reason)),
    objected: record.objected, withdrawn: record.withdrawn, versions: record.versions, attachments: record.attachments,
  }
}

/** What the party of a record is: by the register, or by the document's own word where the register does not reach so far. */
export function partyIn({ subject_type, fields }: Pick<ListedRecord, 'subject_type' | 'fields'>): PartyClass {
  return subject_type === null ? partyClassIn(fields) : partyClassOf(subject_type)
}

/** A record of another department as a list shows it to whoever said no purpose: of what is neither published nor shared today, that it is there. */
export function rowInPart(row: RecordRow): RecordRow {
  return row.publicity.on || row.sharing.on ? row : { ...row, title: row.documentNumber, class: null, amountFen: null, tags: [], grade: null }
}

/** The name as the document has it: whoever filed a document may read it there, though the register does not reach so far. */
function nameIn(fields: Readonly<Record<string, string>>): string | undefined {
  return ['CF_XDR_MC', 'XK_XDR_MC', 'PJ_MC'].map((id) => fields[id]).find((value) => value !== undefined)
}

/** What a record is about, in its own words: the violation, the certificate. */
export function titleOf(kind: string, fields: Readonly<Record<string, string>>): string | undefined {
  const ids: Readonly<Record<string, readonly string[]>> = { penalty: ['CF_WFXW', 'CF_NR'], licence: ['XK_XKZS', 'XK_XKWS', 'XK_NR'] }
  return (ids[kind] ?? ['title']).map((id) => fields[id]).find((value) => value !== undefined && value !== '')
}

/** The versions of a record with their fields: titles from the field standard, what differs from the version before; `seenOf` gives the fields of a version as they are seen, without those that are left out. */
export function versionListOf(rows: readonly FactRow[], titles: ReadonlyMap<string, string>, sequence: ReadonlyMap<number, number | null>, { sealing, seenOf, batchOpens }: { readonly sealing: Sealing; seenOf(row: FactRow): Readonly<Record<string, string | null>>; batchOpens(department: string): boolean }): RecordPage['versionList'] {
  return rows.map((row, at) => {
    const before = rows[at - 1]?.fields ?? {}
    const seen = seenOf(row)
    const ids = [...titles.keys()].filter((id) => row.fields[id] !== undefined || before[id] !== undefined)
    const others = Object.keys({ ...row.fields, ...before }).filter((id) => !titles.has(id)).sort()
    return {
      factId: row.fact_id, version: row.version, operation: row.operation, recordedAt: row.recorded_at, receivedOn: row.received_on, actor: row.actor, reason: row.reason, batchId: row.batch_id,
      rowNumber: row.row_number, batchOpens: row.batch_id !== null && batchOpens(row.department), occasionOn: row.occasion_on, policyHash: row.policy_hash, entrySeq: sequence.get(row.fact_id) ?? null,
      fields: [...ids, ...others].filter((id) => seen[id] !== null).map((id) => ({ id, title: titles.get(id) ?? id, value: seen[id] ?? '', changed: at > 0 && differs(sealing, row.subject_id, id, before[id], row.fields[id]) })),
    }
  })
}

/** The figures of law that decided a record, with their articles. */
export function basesOf(record: ListedRecord, book: PolicyBook): RecordPage['bases'] {
  const wanted: [key: string, what: Text, applies: boolean][] = [
    ['records/report-within', text('报送期限', 'Time to report'), record.report_due_on !== null],
    ['records/class-of-penalty', text('失信程度', 'Class of dishonesty'), record.class !== null],
    ['records/publicity-periods', text('公示期', 'Publicity period'), record.class !== null],
    ['records/simple-procedure', text('简易程序不公示', 'Simple procedure is not published'), record.public_reason === 'simple-procedure'],
    ['records/withdraw-within', text('撤回期限', 'Time to withdraw'), record.class !== null],
  ]
  return wanted.flatMap(([policyKey, what, applies]) => {
    const found = applies ? book.on(record.decided_on).find(policyKey) : null
    return found === null ? [] : [{ what, basis: found.basis as Basis, policyKey }]
  })
}
