import type { Readable } from 'node:stream'
import type { Endpoint, OutputOf, ReceivedOf } from '../../kernel/endpoint.ts'

/** What a handler of a `gives: 'file'` endpoint returns; `rows` and `subjectIds` say what the file shows, where that is known before it is sent. */
export type FileAnswer = { readonly fileName: string; readonly contentType: string; readonly stream: Readable; readonly rows?: number; readonly subjectIds?: readonly number[] }

type Readonlyish<T> = T extends Date | Readable ? T : T extends readonly (infer One)[] ? readonly Readonlyish<One>[] : T extends object ? { readonly [Key in keyof T]: Readonlyish<T[Key]> } : T
type AnswerOf<E> = Readonlyish<OutputOf<E>> | FileAnswer

/** An endpoint with what answers it. `Context` is whatever the application hands to its handlers. */
export type Route<Context> = { readonly endpoint: Endpoint; readonly handle: (context: Context, input: never) => Promise<unknown> }

/** Joins an endpoint and its handler. */
export function route<E extends Endpoint, Context>(endpoint: E, handle: (context: Context, input: ReceivedOf<E>) => Promise<AnswerOf<E>>): Route<Context> {
  return { endpoint, handle: handle as Route<Context>['handle'] }
}
