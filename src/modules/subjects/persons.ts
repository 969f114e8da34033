// @clause X.4
import { sameness, type Sealing } from '../../platform/sealing/index.ts'
import type { Identifier, SubjectContent } from './subjects.ts'

/** Kinds of code that identify a natural person (自然人证件号码): sealed where they are kept, found by their keyed digest. */
export const PERSONAL_KINDS: readonly string[] = ['resident-id', 'other-id']

/** Whether a kind of code identifies a natural person. */
export function isPersonal(kind: string): boolean {
  return PERSONAL_KINDS.includes(kind)
}

/** Where a sealed code belongs: its kind and its subject. */
export const placeOfCode = (kind: string, subjectId: number): string => `subjects.code.${kind}/${subjectId}`

/** What a code is kept under to be looked up: itself; of an id of a person its keyed digest (检索摘要). */
export function lookUpOf(sealing: Sealing, { kind, value }: { readonly kind: string; readonly value: string }): string {
  return isPersonal(kind) ? sealing.lookUp(value) : value
}

/** What a code is looked for by (检索): while the key of the digests changes, an id of a person by two. */
export function lookUpsOf(sealing: Sealing, { kind, value }: { readonly kind: string; readonly value: string }): readonly string[] {
  return isPersonal(kind) ? sealing.lookUpsOf(value) : [value]
}

/** Codes as a query looks for them: the key of each, its kind, and what it is looked for by, a column each. */
export function askedFor(sealing: Sealing, codes: readonly { readonly kind: string; readonly value: string }[]) {
  const asked = codes.flatMap((code) => lookUpsOf(sealing, code).map((value) => ({ key: `${code.kind} ${code.value}`, kind: code.kind, value })))
  return { key: ['text', asked.map(({ key }) => key)], kind: ['text', asked.map(({ kind }) => kind)], value: ['text', asked.map(({ value }) => value)] } as const
}

/** A subject's content as it is stored: ids of persons sealed. */
export function sealedContent(sealing: Sealing, subjectId: number, content: SubjectContent): SubjectContent {
  return withCodes(content, ({ kind, value }) => sealing.seal(value, placeOfCode(kind, subjectId)))
}

/** A stored content with its ids of persons readable. */
export function openedContent(sealing: Sealing, subjectId: number, content: SubjectContent): SubjectContent {
  return withCodes(content, ({ kind, value }) => sealing.open(value, placeOfCode(kind, subjectId)))
}

/** A stored content as the ledger witnesses it: an id of a person by its keyed digest, which another key does not change. */
export function witnessedContent(content: SubjectContent): SubjectContent {
  return withCodes(content, ({ value }) => sameness(value))
}

function withCodes(content: SubjectContent, valueOf: (code: Identifier) => string): SubjectContent {
  if (!content.codes.some(({ kind }) => isPersonal(kind))) return content
  return { ...content, codes: content.codes.map((code) => (isPersonal(code.kind) ? { kind: code.kind, value: valueOf(code) } : code)) }
}
