import { z } from 'zod'
import type { Text } from './text.ts'

/**
 * The shape of one HTTP operation: all that the browser, the command line and the API document know of the server.
 * Path parameters are written `/subjects/:uscc`. `input` holds path parameters, query and body together: names must not repeat.
 */
export type Endpoint<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/api`. */
  readonly path: string
  /** What the actor must be allowed to do, e.g. `records.import`. */
  readonly permission: string
  /** By which kinds of limited scope the route limits what it answers; without it, only a permission for everything will do. */
  readonly reach?: readonly ('department' | 'sector' | 'subject')[]
  readonly summary: Text
  readonly input: Input
  readonly output: Output
  /** `json` unless said otherwise. `file` answers are streams with a file name; `upload` takes the raw bytes of one file as its body; `form` what other programs post as a form, and nothing that a browser posts from elsewhere. */
  readonly takes?: 'json' | 'upload' | 'form'
  readonly gives?: 'json' | 'file'
  /** Whose data its answer shows. Every GET says it. */
  readonly sees?: Sees
  /** What kind of line it leaves in the trail, where method and answer do not tell. */
  readonly leaves?: 'export'
}

/**
 * Whose data an answer shows: `public` of nobody in particular (law, models, the form of the organisation); `own` of whoever asks; `internal` of others and not public:
 * each such view (查看) leaves a line in the trail, with the subjects and records that it showed.
 */
export type Sees = 'public' | 'own' | 'internal'

/** Declares an endpoint, keeping the types of its schemas. */
export function endpoint<Input extends z.ZodType, Output extends z.ZodType>(parts: Endpoint<Input, Output>): Endpoint<Input, Output> {
  return parts
}

/** What a caller hands in. */
export type InputOf<E> = E extends Endpoint<infer I, z.ZodType> ? z.input<I> : never
/** What a handler receives. */
export type ReceivedOf<E> = E extends Endpoint<infer I, z.ZodType> ? z.output<I> : never
/** What comes back. */
export type OutputOf<E> = E extends Endpoint<z.ZodType, infer O> ? z.output<O> : never

/** A day on the wire. */
export const daySchema = z.iso.date()
/** A page of a list: rows, and how many there are in all. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), total: z.number().int() })
}
/** The window asked for of a list. */
export const pageInput = { offset: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(500).default(50) }
/** A citation on the wire. */
export const basisSchema = z.object({
  kind: z.enum(['law', 'policy', 'practice']),
  text: z.string(),
  article: z.string().optional(),
  status: z.enum(['confirmed', 'unconfirmed']),
  note: z.string().optional(),
})
/** A sentence in both languages on the wire. */
export const textSchema = z.object({ zh: z.string(), en: z.string() })
