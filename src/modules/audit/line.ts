// @clause 4.3
import { createHmac } from 'node:crypto'
import type { Actor, Scope, Visit } from '../../engines/procedure/index.ts'
import type { Endpoint } from '../../kernel/endpoint.ts'
import type { Json } from '../../kernel/json.ts'

/** What a line is about: a view (查看), an export (导出), an act (办理), a sign-in (登录). */
export type LineKind = 'view' | 'export' | 'act' | 'sign-in'

/** A line of the trail (审计记录) before it has its number: who asked for what, by what right, about whom, and what came of it. */
export type Line = {
  /** Unique; a line that is written again under it is written once. */
  readonly ref: string
  readonly at: Date
  readonly actor: string
  readonly department: string | null
  readonly roles: readonly string[]
  /** What the route asks for, and how far it reached; null when the actor did not have it. */
  readonly permission: string
  readonly reach: Scope | null
  readonly sessionId: number | null
  readonly address: string
  readonly method: string
  /** The pattern, e.g. `/subjects/:subjectId`. */
  readonly route: string
  readonly kind: LineKind
  /** `given`, the code of the refusal, or `fault`. */
  readonly outcome: string
  readonly subjectIds: readonly number[]
  readonly recordIds: readonly number[]
  /** Filters and numbers asked for; free text as `{ digest }` only. */
  readonly asked: Readonly<Record<string, Json>>
  /** How many rows were given; null where the answer is no list. */
  readonly rows: number | null
  readonly purpose: string | null
  readonly ms: number
}

/** A request as the gate saw it. `given` is the input once it was understood; `numbers` what stood in its path and query as a number. */
export type Seen = {
  readonly endpoint: Pick<Endpoint, 'method' | 'path' | 'permission' | 'sees' | 'gives' | 'leaves'>
  readonly actor: Actor
  readonly visit: Pick<Visit, 'address' | 'sessionId'>
  readonly given: unknown
  readonly numbers: Readonly<Record<string, number>>
  readonly outcome: string
  readonly answer: unknown
  readonly purpose: string | null
  readonly at: Date
  readonly ms: number
}

/** Names of inputs whose texts are keys of ours, never somebody's name. */
const KEYS = new Set(['department', 'sector', 'kind', 'model', 'key', 'place', 'status', 'state', 'type', 'grade', 'direction', 'month', 'clause', 'role', 'scale', 'tab', 'beside', 'outcome', 'series', 'part', 'route', 'table'])
const KEY = /^[\w:./-]{1,80}$/
const TIME = /^\d{4}-\d{2}(-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?)?$/
const MOST_IDS = 5_000

/** Whether a request leaves a line: everything but what was given of nobody's or one's own data. */
export function leavesLine({ endpoint: { method, sees }, outcome }: Pick<Seen, 'endpoint' | 'outcome'>): boolean {
  return outcome !== 'given' || method !== 'GET' || (sees !== 'public' && sees !== 'own')
}

/** The kind of a line by its endpoint. */
export function kindOf({ method, permission, sees, gives, leaves }: Seen['endpoint']): LineKind {
  if (leaves !== undefined) return leaves
  if (permission === 'identity.sign-in' && method !== 'GET') return 'sign-in'
  if (gives === 'file') return 'export'
  return method === 'GET' || sees !== undefined ? 'view' : 'act'
}

/** The line that a request leaves. Of free text only the digest under `key` is kept where something was looked for, and nothing of it where something was done: the act has its own entry. */
export function lineOf({ endpoint, actor, visit, given, numbers, outcome, answer, purpose, at, ms }: Seen, ref: string, key: Uint8Array): Line {
  const kind = kindOf(endpoint)
  const input = given === null || typeof given !== 'object' ? numbers : (given as Readonly<Record<string, unknown>>)
  const shown = outcome === 'given' ? answer : null
  return {
    ref, at, actor: actor.id, department: actor.department, roles: actor.roles ?? [], permission: endpoint.permission, reach: actor.may(endpoint.permission) ? actor.scope(endpoint.permission) : null,
    sessionId: visit.sessionId, address: visit.address, method: endpoint.method, route: endpoint.path, kind, outcome,
    subjectIds: idsIn('subjectId', input, shown), recordIds: idsIn('recordId', input, shown),
    asked: askedOf(input, (text) => (kind === 'view' || kind === 'export' ? { digest: digestOfSought(key, text) } : null)),
    rows: rowsOf(shown), purpose, ms: Math.round(ms),
  }
}

/** The keyed digest under which a text that was looked for stands in the trail: who knows the text finds its lines, the lines do not tell it. */
export function digestOfSought(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text.normalize('NFKC').trim().toUpperCase()).digest('hex').slice(0, 32)
}

function askedOf(input: Readonly<Record<string, unknown>>, digest: (text: string) => Json): Record<string, Json> {
  const kept: Record<string, Json> = {}
  for (const [name, value] of Object.entries(input)) {
    if (name === 'subjectId' || name === 'recordId') continue
    if (typeof value === 'number' || typeof value === 'boolean') kept[name] = value
    else if (value instanceof Date) kept[name] = value.toISOString()
    // By what a list was narrowed that left as a file.
    else if (name === 'filter' && typeof value === 'object' && value !== null) kept[name] = askedOf(value as Readonly<Record<string, unknown>>, digest)
    else if (typeof value === 'string' && value !== '') {
      const said = TIME.test(value) || (KEYS.has(name) && KEY.test(value)) ? value : digest(value)
      if (said !== null) kept[name] = said
    }
  }
  return kept
}

function rowsOf(answer: unknown): number | null {
  if (typeof answer !== 'object' || answer === null || !('rows' in answer)) return null
  return Array.isArray(answer.rows) ? answer.rows.length : typeof answer.rows === 'number' ? answer.rows : null
}

/** Every number that stands under `name` or its plural, wherever in the parts: the first few thousand. */
function idsIn(name: string, ...parts: readonly unknown[]): number[] {
  const found = new Set<number>()
  const take = (value: unknown): void => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && found.size < MOST_IDS) found.add(value)
  }
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || value instanceof Date) return
    if (Array.isArray(value)) return value.forEach(walk)
    for (const [key, inner] of Object.entries(value)) {
      if (key === name) take(inner)
      else if (key === `${name}s` && Array.isArray(inner)) inner.forEach(take)
      else walk(inner)
    }
  }
  parts.forEach(walk)
  return [...found].sort((one, other) => one - other)
}
