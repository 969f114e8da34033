import type { Json, JsonObject } from '../../../kernel/json.ts'

/** How a value of law is shown. */
export type Shape =
  | { readonly kind: 'scalar'; readonly value: null | boolean | number | string }
  | { readonly kind: 'list'; readonly items: readonly (boolean | number | string | null)[] }
  /** Rows with the same columns. `name` is what the row is called, if its place in the value names it. */
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly { readonly name: string | null; readonly cells: JsonObject }[] }
  | { readonly kind: 'decisions'; readonly rows: readonly { readonly when: JsonObject; readonly then: Json }[]; readonly otherwise: Json; readonly heaviest: readonly string[] | null }
  /** A sentence in both languages, with what else stands beside it. */
  | { readonly kind: 'text'; readonly zh: string; readonly en: string; readonly rest: JsonObject }
  | { readonly kind: 'parts'; readonly parts: readonly { readonly name: string; readonly value: Json }[] }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly name: string; readonly value: Json }[] }

/** Finds how to show a value; knows shapes, not single figures. */
export function shapeOf(value: Json): Shape {
  if (value === null || typeof value !== 'object') return { kind: 'scalar', value }
  if (isList(value)) {
    if (value.length > 0 && value.every(isObject)) return { kind: 'table', columns: columnsOf(value), rows: value.map((cells) => ({ name: null, cells })) }
    return { kind: 'list', items: value.map((one) => (one !== null && typeof one === 'object' ? JSON.stringify(one) : one)) }
  }
  if (!isObject(value)) return { kind: 'scalar', value: null }
  if (isList(value.rows) && value.rows.every((row) => isObject(row) && 'when' in row && 'then' in row)) {
    return { kind: 'decisions', rows: value.rows as never, otherwise: value.otherwise ?? null, heaviest: isList(value.heaviest) ? value.heaviest.map(String) : null }
  }
  const { zh, en, ...rest } = value
  if (typeof zh === 'string' && typeof en === 'string' && Object.values(rest).every((one) => one === null || typeof one !== 'object')) return { kind: 'text', zh, en, rest: rest as JsonObject }
  const entries = Object.entries(value)
  if (entries.length > 0 && entries.every(([, one]) => isFlat(one))) return { kind: 'table', columns: columnsOf(entries.map(([, one]) => one as JsonObject)), rows: entries.map(([name, cells]) => ({ name, cells: cells as JsonObject })) }
  if (entries.some(([, one]) => one !== null && typeof one === 'object' && !isScalars(one))) return { kind: 'parts', parts: entries.map(([name, one]) => ({ name, value: one })) }
  return { kind: 'facts', facts: entries.map(([name, one]) => ({ name, value: one })) }
}

function columnsOf(rows: readonly JsonObject[]): string[] {
  const names = [...new Set(rows.flatMap(Object.keys))]
  // a row that has its words in both languages is shown by them; the machine's form beside it would say the same twice
  return names.includes('zh') && names.includes('en') ? ['zh', ...names.filter((name) => name !== 'zh' && name !== 'en' && name !== 'key')] : names
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function isScalars(value: Json): boolean {
  return isList(value) && value.every((one) => one === null || typeof one !== 'object')
}

function isFlat(value: Json): boolean {
  return isObject(value) && Object.values(value).every((one) => one === null || typeof one !== 'object' || isScalars(one))
}
