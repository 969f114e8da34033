// @clause X.4
import type { PolicyBook } from '../../engines/policy/index.ts'
import { maskedId, nameFor, partyClassOf, viewOf, withoutIds, type Audience } from '../privacy/index.ts'
import { isPersonal, PERSONAL_KINDS } from './persons.ts'
import type { ListedSubject } from './queries/list.ts'
import type { ShownRegistration } from './queries/page.ts'
import type { changesBetween, Identifier, NameSpan, SubjectType } from './subjects.ts'

const CODES = new RegExp(`\\b(${PERSONAL_KINDS.join('|')}) ([^;]+)`, 'g')

type Changes = ReturnType<typeof changesBetween>

/** A subject as an audience sees it: of a person the names are masked, and the public sees nothing else. */
export function shownSubject(book: PolicyBook, row: ListedSubject, audience: Audience = 'internal'): ListedSubject {
  const seen = viewOf(book, 'subject', audience, partyClassOf(row.type))
  const part = <Value extends string>(id: string, value: Value | null): Value | null => (value === null ? null : (seen(id, value) as Value | null))
  const name = (value: string) => nameFor(book, audience, partyClassOf(row.type), value)
  return {
    ...row, name: name(row.name), foundBy: row.foundBy === null ? null : name(row.foundBy), uscc: part('ZT_TYSHXYDM', row.uscc), legalRepresentative: part('ZT_FDDBR', row.legalRepresentative),
    industry: part('ZT_HYDM', row.industry), place: part('ZT_JC', row.place), foundedOn: part('ZT_CLRQ', row.foundedOn), sectors: row.sectors.filter((sector) => seen('ZT_LY', sector) !== null),
  }
}

/** Present and former names, of a person masked. */
export function shownNames(book: PolicyBook, type: SubjectType, names: readonly NameSpan[], audience: Audience): NameSpan[] {
  return names.map((span) => ({ ...span, name: nameFor(book, audience, partyClassOf(type), span.name) }))
}

/** Codes: ids of persons masked, and not for the public, which sees no code of a person at all. */
export function shownCodes(book: PolicyBook, type: SubjectType, codes: readonly Identifier[], audience: Audience): Identifier[] {
  if (audience === 'full') return [...codes]
  const shown = audience === 'public' ? codes.filter(({ kind }) => type !== 'natural-person' && !isPersonal(kind)) : codes
  return shown.map(({ kind, value }) => ({ kind, value: isPersonal(kind) ? maskedId(book, value) : value }))
}

/** Registrations with what they changed: names and ids of a person masked; without the words of officers for the public, and none of a person. */
export function shownRegistrations(book: PolicyBook, type: SubjectType, registrations: readonly ShownRegistration[], audience: Audience): ShownRegistration[] {
  if (audience !== 'public') return registrations.map((one) => ({ ...one, reason: one.reason && audience !== 'full' ? withoutIds(book, one.reason) : one.reason, changes: shownChanges(book, type, one.changes, audience) }))
  if (type === 'natural-person') return []
  return registrations.map((one) => ({ ...one, reason: null, changes: shownChanges(book, type, one.changes.filter(({ field }) => field !== 'codeNote'), audience) }))
}

function shownChanges(book: PolicyBook, type: SubjectType, changes: Changes, audience: Audience): Changes {
  if (audience === 'full') return changes
  const seen = viewOf(book, 'subject', audience, partyClassOf(type))
  const shown = (field: string, value: string | null): string | null => {
    if (value === null) return null
    if (field === 'codes') return value.replace(CODES, (_, kind: string, id: string) => `${kind} ${maskedId(book, id)}`)
    if (field === 'name') return nameFor(book, audience, partyClassOf(type), value)
    return field === 'legalRepresentative' ? seen('ZT_FDDBR', value) : withoutIds(book, value)
  }
  return changes.map(({ field, from, to }) => ({ field, from: shown(field, from), to: shown(field, to) }))
}
