import type { Readable } from 'node:stream'
import type { Endpoint, OutputOf, ReceivedOf } from '../../kernel/endpoint.ts'

/** What a handler of a `gives: 'file'` endpoint returns. */
export type FileAnswer = { readonly fileName: string; readonly contentType: string; readonly stream: Readable }

type AnswerOf<E> = E extends { readonly gives?: 'json' | 'file' } ? OutputOf<E> | FileAnswer : OutputOf<E>

/** An endpoint with what answers it. `Context` is whatever the application hands to its handlers. */
export type Route<Context> = { readonly endpoint: Endpoint; readonly handle: (context: Context, input: never) => Promise<unknown> }

/** Joins an endpoint and its handler. */
export function route<E extends Endpoint, Context>(endpoint: E, handle: (context: Context, input: ReceivedOf<E>) => Promise<AnswerOf<E>>): Route<Context> {
  return { endpoint, handle: handle as Route<Context>['handle'] }
}
