import { z } from 'zod'
import type { Endpoint } from '../../src/kernel/endpoint.ts'

/** Where a text stands in an input: `grounds`, or `reach.departments.0`. */
export type FieldPath = readonly (string | number)[]
type Schema = { readonly type?: string; readonly format?: string; readonly pattern?: string; readonly enum?: readonly unknown[]; readonly const?: unknown; readonly anyOf?: readonly Schema[]; readonly properties?: Readonly<Record<string, Schema>>; readonly items?: Schema; readonly minLength?: number; readonly minimum?: number; readonly default?: unknown }

function schemaOf({ input }: Endpoint): Schema {
  return z.toJSONSchema(input, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema
}
const chosen = (schema: Schema): Schema => schema.anyOf?.find(({ type }) => type !== 'null') ?? schema

/** Every text that an endpoint takes, wherever it stands in its input: keys and days too, or only what is `free`, for which no form is laid down. */
export function textFieldsOf(endpoint: Endpoint, { free = false }: { readonly free?: boolean } = {}): FieldPath[] {
  const walk = (given: Schema, path: FieldPath): FieldPath[] => {
    const schema = chosen(given)
    if (schema.type === 'string') return free && (schema.enum ?? schema.format ?? schema.pattern) !== undefined ? [] : [path]
    if (schema.type === 'array' && schema.items) return walk(schema.items, [...path, 0])
    return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => walk(inner, [...path, name]))
  }
  return walk(schemaOf(endpoint), [])
}

/** An input that fits the form of an endpoint, with every field that it may have; `known` are fields by name. */
export function sampleOf(endpoint: Endpoint, known: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const made = (given: Schema, name: string): unknown => {
    if (name in known) return known[name]
    const schema = chosen(given)
    if (schema.default !== undefined) return schema.default
    if (schema.enum) return schema.enum[0]
    if (schema.const !== undefined) return schema.const
    if (schema.type === 'string') return schema.format === 'date' ? '2026-12-01' : '示例文字'.padEnd(schema.minLength ?? 0, '字')
    if (schema.type === 'boolean') return false
    if (schema.type === 'array') return schema.items ? [made(schema.items, '')] : []
    if (schema.type === 'object') return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, made(inner, key)]))
    return Math.max(1, schema.minimum ?? 1)
  }
  return made(schemaOf(endpoint), '') as Record<string, unknown>
}

/** The same input with another value at a place. */
export function withAt<T>(input: T, [first, ...rest]: FieldPath, value: unknown): T {
  if (first === undefined) return value as T
  const inner = rest.length === 0 ? value : withAt((input as never)[first], rest, value)
  return (Array.isArray(input) ? input.map((one: unknown, at) => (at === first ? inner : one)) : { ...input, [first]: inner }) as T
}
