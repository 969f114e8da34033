import type { Problem } from '../../../kernel/refusal.ts'
import { problem } from './problems.ts'
import type { Choice, Field, KindTable } from './standard.ts'
import { comparable, oneLine } from './text.ts'

/** The value of a code table that a text names, in whatever spelling; null when there is none. */
export function choiceOf(text: string, choices: readonly Choice[]): Choice | null {
  const wanted = comparable(text)
  if (wanted === '') return null
  return spellingsOf(choices).get(wanted) ?? null
}

const spellings = new WeakMap<readonly Choice[], ReadonlyMap<string, Choice>>()

function spellingsOf(choices: readonly Choice[]): ReadonlyMap<string, Choice> {
  const known = spellings.get(choices)
  if (known) return known
  const made = new Map<string, Choice>()
  for (const choice of choices) for (const spelling of [choice.key, choice.zh, ...choice.also]) if (!made.has(comparable(spelling))) made.set(comparable(spelling), choice)
  spellings.set(choices, made)
  return made
}

const respelled = new WeakMap<KindTable, WeakMap<object, readonly Choice[]>>()

function choicesOf(table: KindTable, also: Readonly<Record<string, readonly string[]>>): readonly Choice[] {
  const known = respelled.get(table) ?? new WeakMap<object, readonly Choice[]>()
  respelled.set(table, known)
  const choices = known.get(also) ?? table.kinds.map((kind) => ({ ...kind, also: [...kind.also, ...(also[kind.key] ?? [])] }))
  known.set(also, choices)
  return choices
}

const NO_SPELLINGS = {}

/** Kinds as they were read: keys of the table, and one canonical text of the standard (`罚款;没收违法所得`). */
export type KindsRead = { readonly keys: readonly string[]; readonly text: string; readonly problems: readonly Problem[] }

/**
 * Splits a text at `;` `；` `、` `，` and maps each part to the code table. A text after "其他" is kept (`其他-责令改正`). Older values that
 * stand for several kinds are taken apart; those that do not say which of several they are become a problem.
 */
export function readKinds(text: string, table: KindTable, field: Field, also: Readonly<Record<string, readonly string[]>> = NO_SPELLINGS): KindsRead {
  const choices = choicesOf(table, also)
  const found = new Map<string, string>()
  const problems: Problem[] = []
  const add = (choice: Choice, said = choice.zh) => {
    if (said !== choice.zh || !found.has(choice.key)) found.set(choice.key, said)
  }
  let rest = oneLine(text)
  for (const combined of [...table.combined].sort((one, other) => other.zh.length - one.zh.length)) {
    const at = rest.indexOf(combined.zh)
    if (at < 0) continue
    rest = `${rest.slice(0, at)};${rest.slice(at + combined.zh.length)}`
    const meant = choices.filter((choice) => combined.kinds.includes(choice.key))
    if (combined.ambiguous) problems.push(ambiguous(combined.zh, meant, field))
    else for (const choice of meant) add(choice)
  }
  for (const part of rest.split(/[;；、，,|\n]/).map((piece) => piece.trim()).filter((piece) => piece !== '')) {
    const choice = choiceOf(part, choices)
    const other = /^其[他它]\s*[-—–－:：(（]\s*(.+?)[)）]?$/.exec(part)
    if (choice) add(choice)
    else if (other && choices.some(({ key }) => key === 'other')) add(choices.find(({ key }) => key === 'other')!, `其他-${other[1]}`)
    else if (/暂扣或者?吊销/.test(part)) problems.push(ambiguous(part, choices.filter(({ zh }) => /^(暂扣|吊销)/.test(zh)), field))
    else problems.push(problem('field.not-in-table', field, { value: part, zh: choices.map(({ zh }) => zh).join('、') }))
  }
  // In the order of the table, so that the same kinds always give the same text.
  const keys = choices.map(({ key }) => key).filter((key) => found.has(key))
  return { keys, text: keys.map((key) => found.get(key)).join(';'), problems }
}

function ambiguous(text: string, meant: readonly Choice[], field: Field): Problem {
  return problem('field.ambiguous-kind', field, { value: text, zh: meant.map(({ zh }) => zh).join('、') })
}
