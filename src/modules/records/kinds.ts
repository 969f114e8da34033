import type { Day } from '../../kernel/day.ts'
import type { Problem } from '../../kernel/refusal.ts'
import type { ActContext } from '../../engines/procedure/index.ts'
import { listDepartments } from '../organisation/index.ts'
import { shownName } from '../privacy/index.ts'
import { parseDocumentNumber, WITHOUT_END, type BatchInHand, type LicenceFields, type Party as SentParty, type PenaltyFields, type RowInHand, type RowOutcome, type SubmissionKind } from '../submissions/index.ts'
import type { NewFact } from './fact.ts'
import { fileRecords } from './file-records.ts'
import { partyOf, type Party, type PartyFieldIds } from './party.ts'
import { findParties, type PartySubject } from './queries/parties.ts'
import { filedAfterWithdrawal, publicityEndDiffers, simpleProcedureRead } from './problems.ts'
import { effectOfLicence, effectOfPenalty } from './records.ts'

/** What a row is held to mean, with what its sender should know. */
type Understood = { readonly effect: NewFact['effect']; readonly warnings: readonly Problem[] }
type Decision = LicenceFields | PenaltyFields

/** 行政许可: the licences that departments send in. */
export const licenceKind: SubmissionKind<LicenceFields> = {
  kind: 'licence', standard: 'administrative-licence',
  take: async (context, batch, rows) => (await licenceKind.ahead!(context, batch, rows))(),
  ahead: (context, batch, rows) => aheadLicences(context, ofOne(batch, rows)),
  takeTogether: async (context, lots) => byLot(lots, await (await aheadLicences(context, lots.flatMap(({ batch, rows }) => ofOne(batch, rows))))()),
}

const aheadLicences = (context: ActContext, rows: readonly RowOfBatch<LicenceFields>[]) => ahead(context, rows, fieldIds('XK', 'XK_WSH'), (fields, sector) => understoodLicence(context, fields, sector))

/** 行政处罚: the penalties that departments send in. */
export const penaltyKind: SubmissionKind<PenaltyFields> = {
  kind: 'penalty', standard: 'administrative-penalty',
  take: async (context, batch, rows) => (await penaltyKind.ahead!(context, batch, rows))(),
  ahead: (context, batch, rows) => aheadPenalties(context, ofOne(batch, rows)),
  takeTogether: async (context, lots) => byLot(lots, await (await aheadPenalties(context, lots.flatMap(({ batch, rows }) => ofOne(batch, rows))))()),
}

const aheadPenalties = (context: ActContext, rows: readonly RowOfBatch<PenaltyFields>[]) => ahead(context, rows, fieldIds('CF', 'CF_WSH'), (fields, sector) => understoodPenalty(context, fields, sector))

/** A row with the batch in which it came. */
type RowOfBatch<Fields> = { readonly batch: BatchInHand; readonly row: RowInHand<Fields> }

function ofOne<Fields>(batch: BatchInHand, rows: readonly RowInHand<Fields>[]): RowOfBatch<Fields>[] {
  return rows.map((row) => ({ batch, row }))
}

/** Outcomes of the rows of several batches, batch by batch. */
function byLot(lots: readonly { readonly rows: readonly unknown[] }[], outcomes: readonly RowOutcome[]): RowOutcome[][] {
  let from = 0
  return lots.map(({ rows }) => outcomes.slice(from, (from += rows.length)))
}

type Ids = PartyFieldIds & { readonly number: string }

function fieldIds(prefix: 'XK' | 'CF', number: string): Ids {
  return { name: `${prefix}_XDR_MC`, category: `${prefix}_XDR_LB`, uscc: `${prefix}_XDR_SHXYM`, personalId: `${prefix}_XDR_ZJHM`, number }
}

/** Finds the parties of some rows by one look-up and judges what each means; what it gives files what fits, and says of every row what became of it. */
async function ahead<Fields extends Decision>(context: ActContext, rows: readonly RowOfBatch<Fields>[], ids: Ids, understand: (fields: Fields, sector: string | null) => Understood): Promise<() => Promise<RowOutcome[]>> {
  const parties = rows.map(({ row }) => identified(row.fields.party))
  const found = await partiesOf(context, parties.flatMap(({ codes }) => codes))
  const sectors = await sectorsOf(context)
  const outcomes = new Map<RowInHand<Fields>, RowOutcome>()
  const accepted: { row: RowInHand<Fields>; warnings: Problem[]; fact: NewFact }[] = []
  rows.forEach(({ batch, row }, at) => {
    const party = partyOf(parties[at]!, found, ids, (type, name) => shownName(context.policy, type, name))
    if ('problems' in party) return void outcomes.set(row, { rowNumber: row.rowNumber, outcome: 'rejected', problems: [...party.problems, ...row.warnings] })
    const { effect, warnings } = understand(row.fields, sectors.get(batch.department) ?? null)
    accepted.push({ row, warnings: [...row.warnings, ...party.warnings, ...warnings], fact: factOf(row, batch, party.subject.subjectId, effect) })
  })
  return async () => {
    const filed = await fileRecords(context, accepted.map(({ fact }) => fact))
    accepted.forEach(({ row, warnings }, at) => {
      const { outcome } = filed[at]!
      const again = outcome === 'refiled' ? [filedAfterWithdrawal(ids.number)] : []
      outcomes.set(row, { rowNumber: row.rowNumber, outcome: outcome === 'filed' || outcome === 'refiled' ? 'accepted' : outcome, warnings: [...warnings, ...again] })
    })
    return rows.map(({ row }) => outcomes.get(row)!)
  }
}

const sectorsRemembered = new WeakMap<ActContext, ReadonlyMap<string, string | null>>()

/** The sector of each department by its key; asked once an act, not for every piece of a file. */
async function sectorsOf(context: ActContext): Promise<ReadonlyMap<string, string | null>> {
  const known = sectorsRemembered.get(context) ?? new Map((await listDepartments(context.tx)).map(({ key, sector }) => [key, sector]))
  sectorsRemembered.set(context, known)
  return known
}

type Codes = Party['codes']
const REMEMBERED = 20_000
const remembered = new WeakMap<ActContext, Map<string, PartySubject | null>>()

/** The subjects that own codes, by `kind value`. Within one act each code is asked for once: a business has many decisions in a file. */
async function partiesOf(context: ActContext, codes: Codes): Promise<ReadonlyMap<string, PartySubject>> {
  let known = remembered.get(context)
  if (known === undefined || known.size > REMEMBERED) remembered.set(context, (known = new Map()))
  const unknown = codes.filter(({ kind, value }) => !known.has(`${kind} ${value}`))
  const found = await findParties(context.tx, context.world.sealing, unknown)
  for (const { kind, value } of unknown) known.set(`${kind} ${value}`, found.get(`${kind} ${value}`) ?? null)
  const parties = new Map<string, PartySubject>()
  for (const { kind, value } of codes) {
    const party = known.get(`${kind} ${value}`)
    if (party) parties.set(`${kind} ${value}`, party)
  }
  return parties
}

function factOf({ rowNumber, fields }: RowInHand<Decision>, batch: BatchInHand, subjectId: number, effect: NewFact['effect']): NewFact {
  return { subjectId, kind: fields.kind, documentNumber: fields.documentNumber, fields: fields.values, effect, receivedOn: batch.receivedOn, department: batch.department, batchId: batch.batchId, rowNumber, reason: null }
}

/** A credit code or an identity document names the party; other codes are asked only where there is none. */
function identified(party: SentParty): Party {
  const code = (kind: string, value: string | null) => (value === null ? [] : [{ kind, value }])
  const { naturalId, uscc } = party
  const codes = naturalId !== null ? [{ kind: naturalId.type === 'resident-id' ? 'resident-id' : 'other-id', value: naturalId.number }]
    : uscc !== null ? [...code('uscc', uscc), ...code('registration-number', party.registrationNumber)]
    : [...code('registration-number', party.registrationNumber), ...code('organisation-code', party.organisationCode), ...code('tax-number', party.taxNumber),
      ...code('institution-number', party.institutionNumber), ...code('social-organisation-number', party.socialOrganisationNumber)]
  return { name: party.name, category: party.category, codes }
}

function understoodLicence({ policy }: ActContext, fields: LicenceFields, sector: string | null): Understood {
  const effect = effectOfLicence({
    decidedOn: fields.decidedOn, validUntil: lastDay(fields.validUntil), sector, naturalPerson: fields.party.naturalId !== null, series: parseDocumentNumber(fields.documentNumber),
    kinds: fields.kinds, invalid: fields.status === '2',
  }, policy)
  return { effect, warnings: [] }
}

function understoodPenalty({ policy, today }: ActContext, fields: PenaltyFields, sector: string | null): Understood {
  const simple = simpleProcedureIn(fields)
  const effect = effectOfPenalty({
    decidedOn: fields.decidedOn, validUntil: lastDay(fields.validUntil), sector, field: null, naturalPerson: fields.party.naturalId !== null, series: parseDocumentNumber(fields.documentNumber),
    kinds: fields.kinds, fine: fields.fineFen, procedure: simple === null ? null : 'simple',
  }, policy, today)
  const warnings = simple === null ? [] : [simpleProcedureRead(simple.field, simple.words, policy.basisOf('records/simple-procedure', fields.decidedOn))]
  const stated = fields.publicityEndStated
  if (effect.public && effect.publicity !== null && stated !== null && stated >= effect.publicity.endsOn && stated !== WITHOUT_END) warnings.push(publicityEndDiffers('CF_GSJZQ', stated, effect.publicity.endsOn))
  return { effect, warnings }
}

function lastDay(on: Day): Day | null {
  return on === WITHOUT_END ? null : on
}

// The standard has no column for the procedure (处罚程序). Departments say it in a column of their own, in the remark, in the name of the case, or in the series of the number.
const SIMPLE = /(?<![不非未])(?<!不适用|非适用|未适用)(?:简易程序|当场处罚)/
const SIMPLE_SERIES = /[简当](?:易)?(?:罚|处|决)/

/** The words by which a penalty is one of the simple procedure (简易程序); null when nothing says so. */
export function simpleProcedureIn({ values, documentNumber }: Pick<PenaltyFields, 'values' | 'documentNumber'>): { readonly field: string; readonly words: string } | null {
  const said = values['CF_CFCX']
  if (said !== undefined && said !== '') return SIMPLE.test(said) ? { field: 'CF_CFCX', words: said } : null
  for (const field of ['BZ', 'CF_CFMC']) {
    const words = SIMPLE.exec(values[field] ?? '')?.[0]
    if (words !== undefined) return { field, words }
  }
  const words = SIMPLE_SERIES.exec(parseDocumentNumber(documentNumber)?.series ?? '')?.[0]
  return words === undefined ? null : { field: 'CF_WSH', words }
}
