// @clause X.4
import type { PolicyBook } from '../../engines/policy/index.ts'
import { maskedId, nameFor, partyClassOf, withoutIds } from '../privacy/index.ts'
import { isPersonal, PERSONAL_KINDS } from './persons.ts'
import type { ListedSubject } from './queries/list.ts'
import type { changesBetween, Identifier, NameSpan, SubjectType } from './subjects.ts'

type Seen = 'internal' | 'full'
const CODES = new RegExp(`\\b(${PERSONAL_KINDS.join('|')}) ([^;]+)`, 'g')

type Changes = ReturnType<typeof changesBetween>

/** A subject as officers see it: of a person the names are masked. */
export function shownSubject(book: PolicyBook, row: ListedSubject, seen: Seen = 'internal'): ListedSubject {
  const name = (value: string) => nameFor(book, seen, partyClassOf(row.type), value)
  return { ...row, name: name(row.name), foundBy: row.foundBy === null ? null : name(row.foundBy), legalRepresentative: row.legalRepresentative === null ? null : name(row.legalRepresentative) }
}

/** Present and former names, of a person masked. */
export function shownNames(book: PolicyBook, type: SubjectType, names: readonly NameSpan[], seen: Seen): NameSpan[] {
  return names.map((span) => ({ ...span, name: nameFor(book, seen, partyClassOf(type), span.name) }))
}

/** Codes, ids of persons masked. */
export function shownCodes(book: PolicyBook, codes: readonly Identifier[], seen: Seen): Identifier[] {
  return codes.map(({ kind, value }) => ({ kind, value: seen === 'internal' && isPersonal(kind) ? maskedId(book, value) : value }))
}

/** What a registration changed, with names and ids of a person masked. */
export function shownChanges(book: PolicyBook, type: SubjectType, changes: Changes, seen: Seen): Changes {
  if (seen === 'full') return changes
  const shown = (field: string, value: string | null): string | null => {
    if (value === null) return null
    if (field === 'codes') return value.replace(CODES, (_, kind: string, id: string) => `${kind} ${maskedId(book, id)}`)
    return field === 'name' || field === 'legalRepresentative' ? nameFor(book, seen, partyClassOf(type), value) : withoutIds(book, value)
  }
  return changes.map(({ field, from, to }) => ({ field, from: shown(field, from), to: shown(field, to) }))
}
