import type { Problem } from '../../kernel/refusal.ts'
import { text, type Text } from '../../kernel/text.ts'
import { normaliseName } from '../subjects/index.ts'
import type { PartySubject } from './queries/parties.ts'
import { categoryDiffers, codesDisagree, creditCodeUnregistered, nameDiffers, partyWithoutCode, subjectUnknown } from './problems.ts'

/** Category of the party (行政相对人类别). */
export type PartyCategory = 'legal-person' | 'individual-business' | 'natural-person'

/** The party of a decision (行政相对人) as a row names it. Codes are tidy, without the placeholder. */
export type Party = { readonly name: string; readonly category: PartyCategory | null; readonly codes: readonly { readonly kind: string; readonly value: string }[] }

/** Whom a row concerns, or why nobody. */
export type PartyFound = { readonly subject: PartySubject; readonly warnings: readonly Problem[] } | { readonly problems: readonly Problem[] }

/** Ids of the fields that problems point to. */
export type PartyFieldIds = { readonly name: string; readonly category: string; readonly uscc: string; readonly personalId: string }

const categories: Readonly<Record<PartyCategory, Text>> = {
  'legal-person': text('法人及非法人组织', 'legal persons and unincorporated organisations'),
  'individual-business': text('个体工商户', 'individual business'),
  'natural-person': text('自然人', 'natural person'),
}

/**
 * Finds the subject of a row by its codes, never by its name (相对人匹配). The name and the category are then checked against the
 * register: a former name will do, another name is refused. `found` holds the subjects by `kind value`; `said` says a name in a message, which others than the sender read too.
 */
export function partyOf(party: Party, found: ReadonlyMap<string, PartySubject>, ids: PartyFieldIds, said: (type: PartySubject['type'], name: string) => string = (_, name) => name): PartyFound {
  const codeField = party.category === 'natural-person' ? ids.personalId : ids.uscc
  if (party.codes.length === 0) return { problems: [partyWithoutCode(codeField)] }
  const owners = new Map(party.codes.flatMap(({ kind, value }) => {
    const subject = found.get(`${kind} ${value}`)
    return subject === undefined ? [] : [[subject.subjectId, subject] as const]
  }))
  if (owners.size > 1) return { problems: [codesDisagree(codeField, [...owners.values()].map((one) => ({ ...one, name: said(one.type, one.name) })))] }
  const [subject] = owners.values()
  const uscc = party.codes.find(({ kind }) => kind === 'uscc')?.value
  // A credit code that is not the subject's is another subject, unless the register still lacks this subject's.
  if (subject === undefined || (uscc !== undefined && subject.uscc !== null && subject.uscc !== uscc)) return { problems: [subjectUnknown(codeField, [uscc ?? party.codes[0]!.value])] }
  const problems: Problem[] = []
  const nameSaid = (name: string) => said(subject.type, name)
  const category = categoryOf(subject)
  if (party.category !== null && party.category !== category) problems.push(categoryDiffers(ids.category, categories[party.category].zh, categories[category], nameSaid(subject.name)))
  const sent = normaliseName(party.name)
  if (![subject.name, ...subject.formerNames].some((name) => normaliseName(name) === sent)) problems.push(nameDiffers(ids.name, nameSaid(party.name), { ...subject, name: nameSaid(subject.name), formerNames: subject.formerNames.map(nameSaid) }))
  if (problems.length > 0) return { problems }
  return { subject, warnings: uscc !== undefined && subject.uscc === null ? [creditCodeUnregistered(ids.uscc, uscc, nameSaid(subject.name))] : [] }
}

/** The category under which the register's type is reported. */
export function categoryOf({ type }: Pick<PartySubject, 'type'>): PartyCategory {
  return type === 'natural-person' || type === 'individual-business' ? type : 'legal-person'
}
