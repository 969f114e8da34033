import { useRef, useState } from 'react'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import type { Endpoint, InputOf } from '../kernel/endpoint.ts'
import { call, problemOf, type AnswerOf, type CallExtras, type Problem, type RowOf } from './client.ts'

/** How a reading behaves: `every` re-reads after so many milliseconds (false: not), `keep` shows the old answer while the next is fetched. With a `purpose` a person is seen in full: such an answer is forgotten as soon as no page shows it. */
export type ReadingOptions<E extends Endpoint> = { readonly enabled?: boolean; readonly keep?: boolean; readonly purpose?: string | null; readonly every?: number | false | ((answer: AnswerOf<E> | undefined) => number | false) }

/** Reads an endpoint and keeps the answer; the key is its path and input, so that acts can name what they make stale. */
export function useEndpoint<E extends Endpoint>(endpoint: E, input: InputOf<E>, { enabled = true, keep = false, every = false, purpose = null }: ReadingOptions<E> = {}): UseQueryResult<AnswerOf<E>, Problem> {
  return useQuery<AnswerOf<E>, Problem>({
    queryKey: purpose === null ? [endpoint.path, input] : [endpoint.path, input, purpose],
    queryFn: ({ signal, client, queryKey }) => call(endpoint, input, { signal, refresh: client.getQueryData(queryKey) !== undefined, ...(purpose === null ? {} : { purpose }) }),
    ...(purpose === null ? {} : { gcTime: 0, retry: false }),
    enabled,
    placeholderData: keep ? (keepPreviousData as never) : undefined,
    refetchInterval: typeof every === 'function' ? (query) => every(query.state.data) : every,
  })
}

/** A list that grows from part to part as someone asks for more (再看), the first `first` rows, then `more` at a time: however long it is, it can be read to its end. */
export function useGrowingList<E extends Endpoint>(endpoint: E, input: Omit<InputOf<E>, 'offset' | 'limit'>, { first, more }: { readonly first: number; readonly more: number }) {
  type Part = { readonly rows: readonly RowOf<E>[]; readonly total: number }
  const answer = useInfiniteQuery({
    queryKey: [endpoint.path, 'growing', input], initialPageParam: 0, placeholderData: keepPreviousData,
    queryFn: ({ signal, pageParam: offset }) => call(endpoint, { ...input, offset, limit: offset === 0 ? first : more } as InputOf<E>, { signal }) as Promise<unknown> as Promise<Part>,
    getNextPageParam: (last: Part, parts: readonly Part[]) => (last.rows.length === 0 || shownOf(parts) >= last.total ? undefined : shownOf(parts)),
  })
  const parts = answer.data?.pages ?? []
  const total = parts.at(-1)?.total ?? null
  return { rows: parts.flatMap(({ rows }) => rows), total, left: answer.hasNextPage ? total! - shownOf(parts) : 0, reading: answer.isFetching, problem: answer.error as Problem | null, grow: () => void answer.fetchNextPage(), again: () => void answer.refetch() }
}

function shownOf(parts: readonly { readonly rows: readonly unknown[] }[]): number {
  return parts.reduce((sum, { rows }) => sum + rows.length, 0)
}

/** One act from a button or form. */
export type ActInHand<E extends Endpoint> = {
  /** Performs it. While it runs, another call does nothing. Answers null when it was refused (see `problem`) or already running. */
  perform(input: InputOf<E>, extras?: CallExtras): Promise<AnswerOf<E> | null>
  readonly busy: boolean
  readonly problem: Problem | null
  readonly answer: AnswerOf<E> | null
  forget(): void
}

/**
 * An act that is done once, however often the button is pressed: while it runs further calls are ignored, and repeating the same
 * input after a lost answer sends the same id (the header `idempotency-key`), to which the server gives its first answer.
 * `stale` names endpoints whose answers it changes; all are re-read when it is left out.
 */
export function useAct<E extends Endpoint>(endpoint: E, { stale, onDone }: { readonly stale?: readonly Endpoint[]; onDone?(answer: AnswerOf<E>): void } = {}): ActInHand<E> {
  const queries = useQueryClient()
  const running = useRef(false)
  const request = useRef<{ of: string; id: string } | null>(null)
  const [state, setState] = useState<{ busy: boolean; problem: Problem | null; answer: AnswerOf<E> | null }>({ busy: false, problem: null, answer: null })

  async function perform(input: InputOf<E>, extras?: CallExtras): Promise<AnswerOf<E> | null> {
    if (running.current) return null
    running.current = true
    setState({ busy: true, problem: null, answer: null })
    const of = JSON.stringify(input)
    if (request.current?.of !== of) request.current = { of, id: newRequestId() }
    try {
      const answer = await call(endpoint, input, { requestId: request.current.id, ...extras })
      request.current = null
      setState({ busy: false, problem: null, answer })
      await (stale ? Promise.all(stale.map(({ path }) => queries.invalidateQueries({ queryKey: [path] }))) : queries.invalidateQueries())
      onDone?.(answer)
      return answer
    } catch (error) {
      setState({ busy: false, problem: problemOf(error), answer: null })
      return null
    } finally {
      running.current = false
    }
  }
  return { ...state, perform, forget: () => setState({ busy: false, problem: null, answer: null }) }
}

// crypto.randomUUID exists only over https and on localhost; a district's server may be neither
function newRequestId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
