import { ZodError } from 'zod'
import type { FastifyRequest } from 'fastify'
import { isDeeperThan } from '../../kernel/json.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { WORDS, WORDS_HEADER, wordsIn } from '../../kernel/words.ts'

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

/** The words that someone looks for, from their header. Refuses `request.words-in-address` when they stand in the address. */
export function wordsOf({ query, headers }: Pick<FastifyRequest, 'query' | 'headers'>): Record<string, string> {
  const written = WORDS.find((name) => Object.hasOwn(query as object, name))
  if (written !== undefined) throw new Refusal({
    code: 'request.words-in-address', status: 400, field: written, message: text('查找词不能写在地址里', 'Words of a search do not stand in the address'),
    fix: text(`请改放在请求头 ${WORDS_HEADER}，写作 ${written}=…（URI 编码）`, `Send them in the header ${WORDS_HEADER}, as ${written}=… (URI-encoded)`),
  })
  const given = headers[WORDS_HEADER]
  return wordsIn(typeof given === 'string' ? given : undefined)
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  return typeof value === 'object' && value !== null && Object.entries(value).some(([key, inner]) => key.includes('\0') || holdsNul(inner))
}

function invalid(field: string, message: string): ZodError {
  return new ZodError([{ code: 'custom', path: [field], message, input: null }])
}
