import type { Day } from '../../kernel/day.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { organisationCodeIn } from '../../kernel/codes/index.ts'
import type { Problem } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { normaliseName } from './names.ts'
import { isPersonal } from './persons.ts'

/** 主体类型. */
export type SubjectType = 'enterprise' | 'individual-business' | 'cooperative' | 'institution' | 'social-organisation' | 'government' | 'other-organisation' | 'natural-person'
/** 登记状态. */
export type SubjectStatus = 'active' | 'dormant' | 'revoked' | 'deregistered' | 'moved-out'
/** Kinds of code under which a subject is known (主体代码). A code belongs to one subject. */
export type IdentifierKind = 'uscc' | 'registration-number' | 'organisation-code' | 'tax-number' | 'institution-number' | 'social-organisation-number' | 'resident-id' | 'other-id'
/** A code as the register holds it: half-width, upper case, no blanks. */
export type Identifier = { readonly kind: IdentifierKind; readonly value: string }

/** A subject as one registration leaves it. It goes into `subjects.registration.content` and into the ledger. */
export type SubjectContent = {
  readonly type: SubjectType
  readonly name: string
  readonly uscc: string | null
  readonly codeNote: string | null
  readonly status: SubjectStatus
  readonly industry: string | null
  readonly sectors: readonly string[]
  readonly place: string | null
  readonly department: string | null
  readonly foundedOn: Day | null
  readonly legalRepresentative: string | null
  readonly codes: readonly Identifier[]
}
/** A present or former name; `untilOn` is null for the present one. */
export type NameSpan = { readonly name: string; readonly fromOn: Day | null; readonly untilOn: Day | null }
/** A subject as the register knows it. */
export type Registered = { readonly subjectId: number; readonly content: SubjectContent; readonly names: readonly NameSpan[] }

/** What a row of a file says of a subject. Null and empty say nothing: what is known stays. */
export type SubjectFields = {
  readonly name: string
  readonly type: SubjectType | null
  /** Without the placeholder. At least one. */
  readonly codes: readonly Identifier[]
  readonly status: SubjectStatus | null
  readonly industry: string | null
  readonly sectors: readonly string[]
  readonly place: string | null
  readonly department: string | null
  readonly foundedOn: Day | null
  readonly legalRepresentative: string | null
  readonly formerNames: readonly string[]
  /** 名称变更日期. */
  readonly nameChangedOn: Day | null
}

/** How a message says the name of a subject of a type: others than the sender read it too. */
export type SaidName = (type: SubjectType, name: string) => string
/** What a row does to the register. */
export type Registering =
  | { readonly outcome: 'accepted' | 'corrected'; readonly next: Registered; readonly effectiveOn: Day; readonly warnings: readonly Problem[] }
  | { readonly outcome: 'unchanged'; readonly warnings: readonly Problem[] }
  | { readonly outcome: 'rejected'; readonly problems: readonly Problem[] }

/** The type that the first characters of a credit code imply; null when they leave it open. */
export function typeImpliedBy(uscc: string): SubjectType | null {
  const types: Readonly<Record<string, SubjectType>> = { 91: 'enterprise', 92: 'individual-business', 93: 'cooperative', 11: 'government', 12: 'institution', 51: 'social-organisation', 52: 'social-organisation', 53: 'social-organisation' }
  return types[uscc.slice(0, 2)] ?? null
}

/**
 * Decides what a row does to the register (主体登记). Codes alone decide whom it concerns: names never join. `ownerOf` answers who owns a code.
 * `newId` is used only when the subject is new; `said` says a name in a message. Rejects rows without a code, codes of several subjects, a type that contradicts the code.
 */
export function registerRow(fields: SubjectFields, ownerOf: (code: Identifier) => Registered | undefined, newId: () => number, receivedOn: Day, said: SaidName = (_, name) => name): Registering {
  const problems = contradictions(fields)
  if (problems.length > 0) return { outcome: 'rejected', problems }
  const owners = new Map(fields.codes.flatMap((code) => {
    const owner = ownerOf(code)
    return owner ? [[owner.subjectId, { owner, code }] as const] : []
  }))
  const uscc = fields.codes.find(({ kind }) => kind === 'uscc')?.value ?? null
  const known = uscc === null ? undefined : ownerOf({ kind: 'uscc', value: uscc })
  const others = [...owners.values()].filter(({ owner }) => owner.subjectId !== known?.subjectId)
  // A subject that was registered by another code may receive its credit code later; one that has another credit code may not.
  const taken = known !== undefined ? others[0] : others.find(({ owner }) => uscc !== null && owner.content.uscc !== null) ?? others[1]
  if (taken) return { outcome: 'rejected', problems: [codeTaken(taken.code, taken.owner, said)] }
  const before = known ?? others[0]?.owner
  return before ? change(before, fields, receivedOn, (name) => said(before.content.type, name)) : begin(fields, newId(), receivedOn)
}

/** The parts of a subject's content that differ, as texts for a person: field, before, after. */
export function changesBetween(before: SubjectContent | null, after: SubjectContent): { field: string; from: string | null; to: string | null }[] {
  return Object.keys(after).flatMap((field) => {
    const [from, to] = [before, after].map((content) => shown(content?.[field as keyof SubjectContent] ?? null))
    return from === to ? [] : [{ field, from: from!, to: to! }]
  })
}

/** A subject's content as JSON: what the registration stores and the ledger witnesses. */
export function contentJson(content: SubjectContent): JsonObject {
  return { ...content, sectors: [...content.sectors], codes: content.codes.map(({ kind, value }) => ({ kind, value })) }
}

function begin(fields: SubjectFields, subjectId: number, receivedOn: Day): Registering {
  const uscc = fields.codes.find(({ kind }) => kind === 'uscc')?.value ?? null
  const content: SubjectContent = {
    type: fields.type ?? (uscc === null ? null : typeImpliedBy(uscc)) ?? typeWithoutCode(fields), name: fields.name, uscc, codeNote: null, status: fields.status ?? 'active', industry: fields.industry,
    sectors: sorted(fields.sectors), place: fields.place, department: fields.department, foundedOn: fields.foundedOn, legalRepresentative: fields.legalRepresentative, codes: sortedCodes(fields.codes),
  }
  const former = formerOf(fields, [fields.name], fields.nameChangedOn ?? receivedOn)
  const names = [...former, { name: fields.name, fromOn: fields.nameChangedOn ?? (former.length > 0 ? null : fields.foundedOn), untilOn: null }]
  return { outcome: 'accepted', next: { subjectId, content, names }, effectiveOn: fields.nameChangedOn ?? fields.foundedOn ?? receivedOn, warnings: [] }
}

function change(before: Registered, fields: SubjectFields, receivedOn: Day, said: (name: string) => string): Registering {
  const { content } = before
  const warnings: Problem[] = []
  const present = before.names.find(({ untilOn }) => untilOn === null)
  const former = before.names.find(({ name, untilOn }) => untilOn !== null && normaliseName(name) === normaliseName(fields.name))
  const differs = normaliseName(content.name) !== normaliseName(fields.name)
  const older = differs && former !== undefined && (fields.nameChangedOn === null || (present?.fromOn ?? '') >= fields.nameChangedOn)
  const renamed = differs && !older
  const changedOn = fields.nameChangedOn ?? receivedOn
  if (older) warnings.push(formerNameSent(said(fields.name), said(content.name)))
  if (renamed && fields.nameChangedOn === null) warnings.push(renamedWithoutDay(said(content.name), said(fields.name), receivedOn))
  let names: NameSpan[] = [...before.names]
  if (renamed) {
    names = names.filter(({ name }) => name !== fields.name).map((span) => (span.untilOn === null ? { ...span, untilOn: changedOn } : span))
    names.push({ name: fields.name, fromOn: changedOn, untilOn: null })
  }
  names.push(...formerOf(fields, names.map(({ name }) => name), changedOn))
  const next: SubjectContent = {
    ...content,
    name: renamed ? fields.name : content.name,
    type: fields.type ?? content.type,
    uscc: content.uscc ?? fields.codes.find(({ kind }) => kind === 'uscc')?.value ?? null,
    status: fields.status ?? content.status,
    industry: fields.industry ?? content.industry,
    sectors: fields.sectors.length > 0 ? sorted(fields.sectors) : content.sectors,
    place: fields.place ?? content.place,
    department: fields.department ?? content.department,
    foundedOn: fields.foundedOn ?? content.foundedOn,
    legalRepresentative: fields.legalRepresentative ?? content.legalRepresentative,
    codes: sortedCodes([...content.codes, ...fields.codes]),
  }
  if (changesBetween(content, next).length === 0 && names.length === before.names.length) return { outcome: 'unchanged', warnings }
  return { outcome: 'corrected', next: { subjectId: before.subjectId, content: next, names }, effectiveOn: renamed ? changedOn : receivedOn, warnings }
}

function contradictions({ codes, type }: SubjectFields): Problem[] {
  if (codes.length === 0) {
    return [{ code: 'subject.no-code', severity: 'error', field: 'ZT_TYSHXYDM',
      message: text('这一行没有可以识别主体的代码（占位代码不识别任何主体）', 'This row has no code that identifies the subject (the placeholder identifies nobody)'),
      fix: text('填写统一社会信用代码；确无代码的个体工商户填写工商注册号', 'Write the unified social credit code; for an individual business that has none, its registration number') }]
  }
  const problems: Problem[] = []
  const uscc = codes.find(({ kind }) => kind === 'uscc')?.value
  const implied = uscc === undefined ? null : typeImpliedBy(uscc)
  if (type !== null && implied !== null && type !== implied && (type === 'individual-business' || implied === 'individual-business' || type === 'natural-person')) {
    problems.push({ code: 'subject.type-mismatch', severity: 'error', field: 'ZT_LX',
      message: text(`代码 ${uscc} 以“${uscc!.slice(0, 2)}”开头，与主体类型不符`, `The code ${uscc} begins with "${uscc!.slice(0, 2)}", which contradicts the type of subject`),
      fix: text('92开头的是个体工商户，91开头的是企业：请核对代码和主体类型', 'Codes of individual businesses begin with 92, of enterprises with 91: check the code and the type') })
  }
  const organisation = codes.find(({ kind }) => kind === 'organisation-code')?.value
  if (uscc !== undefined && organisation !== undefined && organisationCodeIn(uscc) !== organisation) {
    problems.push({ code: 'subject.organisation-code-mismatch', severity: 'error', field: 'ZT_TYSHXYDM',
      message: text(`组织机构代码“${organisation}”与统一社会信用代码第9至17位“${organisationCodeIn(uscc)}”不一致`, `The organisation code "${organisation}" differs from characters 9–17 of the credit code, "${organisationCodeIn(uscc)}"`),
      fix: text('按营业执照核对两个代码；组织机构代码可以留空', 'Check both codes with the licence; the organisation code may be left empty') })
  }
  return problems
}

function codeTaken({ kind, value }: Identifier, { content }: Registered, said: SaidName): Problem {
  // Whoever sends an id of a person learns nothing of whose it is.
  const code = isPersonal(kind) ? text('该证件号码', 'The number of the identity document') : text(`代码“${value}”`, `The code "${value}"`)
  const name = said(content.type, content.name)
  return { code: 'subject.code-taken', severity: 'error', field: kind === 'registration-number' ? 'ZT_ZCH' : 'ZT_TYSHXYDM',
    message: text(`${code.zh}已属于另一主体“${name}”${content.uscc === null ? '' : `（${content.uscc}）`}`, `${code.en} already belongs to another subject, "${name}"${content.uscc === null ? '' : ` (${content.uscc})`}`),
    fix: text('对照登记证照核对本行的各个代码；若登记库有误，请先更正原主体', 'Check all codes of this row with the certificate; if the register is wrong, correct the other subject first') }
}

function formerNameSent(sent: string, present: string): Problem {
  return { code: 'subject.former-name', severity: 'warning', field: 'ZT_MC', message: text(`“${sent}”是该主体的曾用名，登记名称仍为“${present}”`, `"${sent}" is a former name; the register keeps "${present}"`),
    fix: text('如确已改回原名，请填写名称变更日期后重新报送', 'If it was really renamed back, write the day of the change and send it again') }
}

function renamedWithoutDay(before: string, after: string, on: Day): Problem {
  return { code: 'subject.renamed-without-day', severity: 'warning', field: 'ZT_MC', message: text(`名称由“${before}”变为“${after}”，未填变更日期，按收到日期 ${on} 记录`, `Renamed from "${before}" to "${after}" without a day: recorded as of the day of receipt, ${on}`),
    fix: text('请核对代码与名称；知道变更日期的，补填后重新报送', 'Check the code and the name; if the day is known, add it and send the row again') }
}

function formerOf(fields: SubjectFields, known: readonly string[], untilOn: Day): NameSpan[] {
  const seen = new Set(known.map(normaliseName))
  return fields.formerNames.flatMap((name) => {
    if (seen.has(normaliseName(name))) return []
    seen.add(normaliseName(name))
    return [{ name, fromOn: null, untilOn }]
  })
}

function typeWithoutCode({ codes }: SubjectFields): SubjectType {
  return codes.every(({ kind }) => isPersonal(kind)) ? 'natural-person' : 'other-organisation'
}

/** Codes in the order in which they are stored and compared, each once. */
export function sortedCodes(codes: readonly Identifier[]): Identifier[] {
  const all = new Map(codes.map(({ kind, value }) => [`${kind} ${value}`, { kind, value }]))
  return [...all.keys()].sort().map((key) => all.get(key)!)
}

function sorted(keys: readonly string[]): string[] {
  return [...new Set(keys)].sort()
}

function shown(value: SubjectContent[keyof SubjectContent]): string | null {
  if (value === null || typeof value === 'string') return value
  const parts = value.map((part) => (typeof part === 'string' ? part : `${part.kind} ${part.value}`))
  return parts.length === 0 ? null : parts.join('; ')
}
