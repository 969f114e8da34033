// @clause X.4
import { z } from 'zod'
import type { PolicyBook } from '../../engines/policy/index.ts'
import { isMobile, isUscc } from '../../kernel/codes/index.ts'
import { maskAddress, maskCharacters, maskIdsIn, maskName, REMOVED } from '../../kernel/masking/index.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** For whom something is shown: the public (公示), other authorities (共享), officers of the district (内部), or an officer with the right and a purpose (完整). */
export type Audience = 'public' | 'shared' | 'internal' | 'full'
/** What a party is, as far as it matters for what is shown of it. */
export type PartyClass = 'organisation' | 'business' | 'person'
/** A field as an audience sees it; null where it is left out. */
export type Shown = (id: string, value: string) => string | null

const triple = z.string().transform((words) => words.split(' ')).pipe(z.tuple([z.string(), z.string(), z.string()]))
const viewsFile = z.object({
  masks: z.record(z.string(), z.discriminatedUnion('as', [z.object({ as: z.literal('name') }), z.object({ as: z.literal('owner-name') }), z.object({ as: z.literal('address') }), z.object({ as: z.literal('characters'), first: z.number().int().min(0), last: z.number().int().min(0) })])),
  kept: z.record(z.string(), z.array(z.string())).default({}),
  kinds: z.record(z.string(), z.record(z.string(), z.object({ organisation: triple, business: triple.optional(), person: triple, sealed: z.boolean().default(false) }))),
})
type Views = z.output<typeof viewsFile>
type Mask = Views['masks'][string]

const NOTHING_SAID: Views = { masks: {}, kept: {}, kinds: {} }
// What holds no Han character is a code, a number or a day, and never repeats a name.
// Asked of every cell of every row: without so many digits nothing can be an id or a mobile number.
const MANY_DIGITS = /[\d\uff10-\uff19](?:[ -]?[\d\uff10-\uff19]){10}/
const IS_TEXT = /\p{Script=Han}/u
const ID_FIELD = /ZJHM$/
const AUDIENCES: readonly Audience[] = ['public', 'shared', 'internal']
const read = new WeakMap<PolicyBook, Views>()

/** The table of views, from `views.yaml`. Throws when the file does not fit. A book without one says nothing: the default of {@link viewOf} holds for all. */
export function viewsOf(book: PolicyBook): Views {
  const known = read.get(book)
  if (known) return known
  const made = parsed(book)
  for (const [kind, fields] of Object.entries(made.kinds)) {
    for (const [id, { organisation, business, person }] of Object.entries(fields)) {
      for (const word of [...organisation, ...(business ?? []), ...person]) if (word !== 'whole' && word !== 'out' && !(word in made.masks)) throw new Error(`views.yaml: ${kind} ${id}: there is no mask "${word}"`)
    }
  }
  read.set(book, made)
  return made
}

function parsed(book: PolicyBook): Views {
  try {
    return viewsFile.parse(book.file('views'))
  } catch (error) {
    if (error instanceof Refusal && error.code === 'policy.unknown-file') return NOTHING_SAID
    throw error
  }
}

/**
 * How an audience sees the fields of a kind of fact about a party (视图). What the table does not name: not public, not shared, and internally with ids masked.
 * Values are given clear.
 */
export function viewOf(book: PolicyBook, kind: string, audience: Audience, party: PartyClass): Shown {
  const { kinds, masks } = viewsOf(book)
  const fields = kinds[kind] ?? {}
  if (audience === 'full') return (_, value) => value
  const at = AUDIENCES.indexOf(audience)
  return (id, value) => {
    const line = fields[id]
    if (line === undefined) return audience === 'internal' ? unnamed(id, value, masks['id']) : null
    const word = (party === 'organisation' ? line.organisation : party === 'person' ? line.person : line.business ?? line.organisation)[at]!
    return word === 'out' ? null : word === 'whole' ? value : masked(value, masks[word]!)
  }
}

/**
 * The fields of a fact as an audience sees them, null where one is left out. A name or number that is shown in part in its own field is shown so wherever a text of the same fact repeats it,
 * and a text shows nothing whole that looks like an id.
 */
export function fieldsSeen(book: PolicyBook, kind: string, audience: Audience, party: PartyClass, fields: Readonly<Record<string, string>>): Record<string, string | null> {
  const seen = viewOf(book, kind, audience, party)
  const shown = Object.entries(fields).map(([id, value]) => ({ id, value, part: seen(id, value) }))
  if (audience === 'full') return Object.fromEntries(shown.map(({ id, part }) => [id, part]))
  const inPart = shown.flatMap(({ value, part }) => (part !== null && part !== value && value.length > 1 ? [{ value, part }] : []))
  const text = (value: string): string => withoutIds(book, inPart.reduce((said, one) => said.replaceAll(one.value, one.part), value))
  return Object.fromEntries(shown.map(({ id, value, part }) => [id, part !== value ? part : IS_TEXT.test(value) ? text(value) : holdsId(book, value) ? withoutIds(book, value) : value]))
}

/** A name as an audience sees it (名称): of a person, and of an individual business that bears its owner's name in public. */
export function nameFor(book: PolicyBook, audience: Audience, party: PartyClass, name: string): string {
  return viewOf(book, 'subject', audience, party)('ZT_MC', name) ?? maskName(name)
}

/** The name of a subject of the register by its type, as officers see it in lists and messages unless another audience is named. */
export function shownName(book: PolicyBook, type: string | null, name: string, audience: Audience = 'internal'): string {
  return nameFor(book, audience, partyClassOf(type), name)
}

/** An id number as officers see it in lists and messages (证件号码). */
export function maskedId(book: PolicyBook, value: string): string {
  return masked(value, viewsOf(book).masks['id'] ?? HIDDEN)
}

/** A telephone number as officers see it (电话). */
export function maskedPhone(book: PolicyBook, value: string): string {
  return masked(value, viewsOf(book).masks['phone'] ?? HIDDEN)
}

/** A text in which ids of persons are masked, or that is a mobile number and shown in part; `ids` are those that the sender wrote, which may be wrong and then look like none. */
export function withoutIds(book: PolicyBook, text: string, ids: readonly string[] = []): string {
  const mask = viewsOf(book).masks['id'] ?? HIDDEN
  const kept = mask.as === 'characters' ? mask : HIDDEN
  if (isMobile(text)) return maskedPhone(book, text)
  return maskIdsIn(ids.reduce((said, id) => (id.trim().length < 4 ? said : said.replaceAll(id.trim(), maskCharacters(id, kept))), text), kept)
}

/** Whether a text holds what may be a resident id, or is a mobile number, in whatever column it was written. A credit code of digits alone may look like an id. */
export function holdsId(book: PolicyBook, text: string): boolean {
  return MANY_DIGITS.test(text) && withoutIds(book, text) !== text && !isUscc(text)
}

/** The fields of a kind that are kept sealed (加密保存的字段). */
export function isSealedField(book: PolicyBook, kind: string, id: string): boolean {
  return viewsOf(book).kinds[kind]?.[id]?.sealed ?? ID_FIELD.test(id)
}

/** The fields of a kind that stay when a person's data are removed (删除后保留的字段): enough to count by, nothing that tells who. */
export function keptFieldsOf(book: PolicyBook, kind: string): readonly string[] {
  return viewsOf(book).kept[kind] ?? []
}

/** What a party is by the register's type of subject. */
export function partyClassOf(type: string | null): PartyClass {
  return type === 'natural-person' ? 'person' : type === 'individual-business' ? 'business' : 'organisation'
}

/** What a party is by a document's own word (行政相对人类别), where the register does not say it; whoever is named by the number of an identity document and no credit code is a person. */
export function partyClassIn(fields: Readonly<Record<string, string>>): PartyClass {
  const said = (end: RegExp) => Object.keys(fields).filter((id) => end.test(id)).map((id) => fields[id]!.trim()).join('')
  const category = said(/_XDR_LB$/)
  if (category.includes('自然人') || (said(/_XDR_ZJHM$/) !== '' && said(/_XDR_SHXYM$/) === '')) return 'person'
  return category.includes('个体') ? 'business' : 'organisation'
}

const HIDDEN = { as: 'characters', first: 0, last: 0 } as const

function unnamed(id: string, value: string, mask: Mask = HIDDEN): string {
  return ID_FIELD.test(id) ? masked(value, mask) : value
}

function masked(value: string, mask: Mask): string {
  if (value === REMOVED) return value
  if (mask.as === 'name') return maskName(value)
  if (mask.as === 'address') return maskAddress(value)
  if (mask.as === 'owner-name') return isOwnersName(value) ? maskName(value) : value
  return maskCharacters(value, mask)
}

/** A name of two to four Han characters, or with a middle dot, and no word of a trade at its end: most likely the owner's own. */
function isOwnersName(name: string): boolean {
  const bare = name.replace(/[（(]个体工商户[)）]$/, '')
  return /^\p{Script=Han}{2,4}$|^\p{Script=Han}+[·•‧]\p{Script=Han}+$/u.test(bare) && !/[店铺行馆厅坊社部场站吧院园屋楼阁轩斋堂室所家]$/u.test(bare)
}
