import type { Basis } from '../kernel/basis.ts'
import type { Endpoint, InputOf, OutputOf } from '../kernel/endpoint.ts'
import type { Text } from '../kernel/text.ts'
import { wordsApart } from '../kernel/words.ts'

/** A value as JSON carries it: instants are ISO texts, since answers are not parsed again in the browser. */
export type Wire<T> = T extends Date ? string : T extends readonly (infer Item)[] ? Wire<Item>[] : T extends object ? { [Key in keyof T]: Wire<T[Key]> } : T
/** What an endpoint answers in the browser. */
export type AnswerOf<E> = Wire<OutputOf<E>>
/** A row of an endpoint that answers `{ rows }`. */
export type RowOf<E> = AnswerOf<E> extends { rows: (infer Row)[] } ? Row : never

/** The body of a problem+json answer. */
export type ProblemBody = {
  readonly code: string
  readonly status: number
  readonly message: Text
  readonly fix: Text
  readonly field?: string
  readonly fields?: readonly { readonly field: string; readonly message: string; readonly says?: Text; readonly fix?: Text }[]
  readonly basis?: Basis
}

/** What went wrong, in words for the user: the server's problem+json, or that the server was not reached. */
export class Problem extends Error {
  readonly body: ProblemBody
  constructor(body: ProblemBody) {
    super(`${body.code}: ${body.message.en}`)
    this.name = 'Problem'
    this.body = body
  }
}

/** Extras of one call: the bytes of an `upload`, for what purpose a person is seen in full (查询目的), who may cancel it, who hears how far an upload is (0 to 1), and under which id a repetition gets the first answer. */
export type CallExtras = { readonly file?: Blob; readonly requestId?: string; readonly purpose?: string; readonly signal?: AbortSignal; /** The page reads again what it shows already. */ readonly refresh?: boolean; onSent?(fraction: number): void }

/**
 * Calls an endpoint: path parameters filled in, the rest as query (GET, DELETE, uploads) or JSON body.
 * Throws a {@link Problem} for every answer that is not a success.
 */
export async function call<E extends Endpoint>(endpoint: E, input: InputOf<E>, extras: CallExtras = {}): Promise<AnswerOf<E>> {
  if (endpoint.takes === 'upload') return (await sendFile(urlOf(endpoint, input), endpoint.method, extras)) as AnswerOf<E>
  const inBody = endpoint.method === 'POST' || endpoint.method === 'PUT'
  const { url, rest } = fill(endpoint, input)
  const apart = wordsApart(url + queryOf(rest))
  const answer = await reach(inBody ? url : apart.address, {
    method: endpoint.method,
    headers: { accept: 'application/json', ...(inBody ? {} : apart.headers), ...headersOf(endpoint.method), ...(inBody ? { 'content-type': 'application/json' } : {}), ...(extras.refresh ? { 'x-refresh': '1' } : {}), ...(extras.requestId ? { 'idempotency-key': extras.requestId } : {}), ...(extras.purpose ? { 'x-purpose': encodeURIComponent(extras.purpose) } : {}) },
    body: inBody ? JSON.stringify(rest) : undefined,
    signal: extras.signal ?? null,
  })
  return readAnswer(answer.status, await answer.text()) as AnswerOf<E>
}

/** The address of an endpoint with its whole input in path and query: for links to files (`gives: 'file'`). */
export function urlOf<E extends Endpoint>(endpoint: E, input: InputOf<E>): string {
  const { url, rest } = fill(endpoint, input)
  return url + queryOf(rest)
}

/** Saves a file whose address holds words, which a link would send along. Throws a {@link Problem} when the server refuses. */
export async function saveFile(address: string): Promise<void> {
  const apart = wordsApart(address)
  const answer = await reach(apart.address, { headers: { ...headersOf('GET'), ...apart.headers } })
  if (!answer.ok) readAnswer(answer.status, await answer.text())
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '')
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** A file (`gives: 'file'`) that is asked for with a purpose. Throws a {@link Problem} for every answer that is not a success. */
export async function fetchFile<E extends Endpoint>(endpoint: E, input: InputOf<E>, purpose: string): Promise<Blob> {
  const apart = wordsApart(urlOf(endpoint, input))
  const answer = await reach(apart.address, { headers: { ...headersOf('GET'), ...apart.headers, 'x-purpose': encodeURIComponent(purpose) } })
  if (!answer.ok) readAnswer(answer.status, await answer.text())
  return answer.blob()
}

/** The problem for the user, whatever was thrown. */
export function problemOf(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(UNKNOWN(error instanceof Error ? error.message : String(error)))
}

// Whom the open page belongs to, and who is told that the session is over: the server looks after both, the page only says what it knows.
let actor: string | null = null
let onSessionMissing: () => void = () => undefined
let attendedAt = performance.now()
const UNATTENDED_AFTER_MS = 60_000
for (const sign of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const) addEventListener(sign, () => void (attendedAt = performance.now()), { capture: true, passive: true })

/** Says for whom this page was opened: changes that it sends then are refused when somebody else has signed in meanwhile (`session.another-person`). */
export function openFor(id: string): void {
  actor = id
}

/** Has somebody told when an answer says that the session is over. */
export function whenSessionIsOver(listener: () => void): void {
  onSessionMissing = listener
}

/** What every request tells of the page: for whom it was opened, and that it asks by itself when nobody has touched it for a while, so that it keeps no session alive. */
function headersOf(method: string): Record<string, string> {
  return { ...(actor !== null && method !== 'GET' ? { 'xinheng-actor': encodeURIComponent(actor) } : {}), ...(performance.now() - attendedAt > UNATTENDED_AFTER_MS ? { 'xinheng-unattended': '1' } : {}) }
}

const NOT_REACHED: ProblemBody = {
  code: 'server.not-reached', status: 0,
  message: { zh: '连接不上服务器', en: 'The server was not reached' },
  fix: { zh: '请检查网络后重试；如仍不行，请联系系统管理员确认服务是否在运行', en: 'Check the network and try again; if it stays, ask the administrator whether the server runs' },
}
const UNKNOWN = (what: string): ProblemBody => ({
  code: 'screen.fault', status: 0,
  message: { zh: '页面出错', en: 'The page failed' },
  fix: { zh: `请刷新页面；如仍不行，请把这句话告诉系统管理员：${what}`, en: `Reload the page; if it stays, tell the administrator: ${what}` },
})

function fill(endpoint: Endpoint, input: unknown): { url: string; rest: Record<string, unknown> } {
  const rest = { ...(input as Record<string, unknown>) }
  const url = endpoint.path.replace(/:(\w+)/g, (_whole, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  return { url: `/api${url}`, rest }
}

function queryOf(values: Record<string, unknown>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new Problem(NOT_REACHED)
  }
}

function readAnswer(status: number, body: string): unknown {
  const parsed = parse(body)
  if (status >= 200 && status < 300) return parsed
  const problem = parsed as Partial<ProblemBody> | undefined
  if (problem?.code === 'session.missing') onSessionMissing()
  if (problem?.code && problem.message && problem.fix) throw new Problem({ ...(problem as ProblemBody), status })
  throw new Problem({ ...NOT_REACHED, status, code: `http.${status}`, message: { zh: `服务器答复 ${status}`, en: `The server answered ${status}` } })
}

function parse(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body)
  } catch {
    return undefined
  }
}

// fetch tells nothing about how much of a body was sent: uploads go by XMLHttpRequest
function sendFile(url: string, method: string, { file, signal, onSent, requestId }: CallExtras): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    request.setRequestHeader('content-type', 'application/octet-stream')
    for (const [name, value] of Object.entries(headersOf(method))) request.setRequestHeader(name, value)
    if (requestId) request.setRequestHeader('idempotency-key', requestId)
    request.upload.onprogress = (event) => onSent?.(event.lengthComputable ? event.loaded / event.total : 0)
    request.onerror = () => reject(new Problem(NOT_REACHED))
    request.onload = () => {
      try {
        resolve(readAnswer(request.status, request.responseText))
      } catch (error) {
        reject(error)
      }
    }
    signal?.addEventListener('abort', () => request.abort())
    request.send(file ?? null)
  })
}
