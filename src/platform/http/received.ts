import { ZodError } from 'zod'
import { isDeeperThan } from '../../kernel/json.ts'

const DEEPEST = 60

/**
 * Query, body and path of a request as one input. What no endpoint takes is refused as `input.invalid` here, once for all: texts with a NUL,
 * which no database keeps, and values so deep that whoever walks through them would not come back.
 */
export function inputOf(...parts: readonly unknown[]): unknown {
  const input = Object.assign({}, ...parts.filter((part) => typeof part === 'object')) as object
  if (isDeeperThan(input, DEEPEST)) throw invalid('', 'is nested too deeply')
  const field = Object.entries(input).find(([, value]) => holdsNul(value))?.[0]
  if (field !== undefined) throw invalid(field, 'holds a NUL character')
  return input
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  return typeof value === 'object' && value !== null && Object.entries(value).some(([key, inner]) => key.includes('\0') || holdsNul(inner))
}

function invalid(field: string, message: string): ZodError {
  return new ZodError([{ code: 'custom', path: [field], message, input: null }])
}
