import { createWriteStream } from 'node:fs'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance } from 'fastify'
import type { Endpoint, InputOf, OutputOf } from '../../kernel/endpoint.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text as say } from '../../kernel/text.ts'
import { wordsApart } from '../../kernel/words.ts'
import type { ProblemDocument } from '../../platform/http/index.ts'
import { boot, type Xinheng } from '../boot.ts'
import { holderOf } from '../hold.ts'
import { serverOf } from '../server.ts'

/** Where the commands find the program. */
export type Place = { readonly data: string; readonly databaseUrl?: string; readonly ownerUrl?: string; readonly policy?: string }

/** A refusal that came back from the API. */
export class Refused extends Error {
  readonly problem: ProblemDocument
  constructor(problem: ProblemDocument) {
    super(problem.code)
    this.problem = problem
  }
}

/** The API as a command uses it: the same whether a server holds the data folder or this process opened it. */
export type Client = {
  /** Where a running server was found, or null. */
  readonly server: string | null
  call<E extends Endpoint>(endpoint: E, input: InputOf<E>, upload?: Readable): Promise<OutputOf<E>>
  download<E extends Endpoint>(endpoint: E, input: InputOf<E>, to: string): Promise<void>
  /** Waits until followers have caught up, where this process runs them. */
  settled(): Promise<void>
  close(): Promise<void>
}

type Answer = { readonly status: number; readonly body: Readable; text(): Promise<string> }
type Send = (method: string, url: string, headers: Record<string, string>, body?: string | Readable) => Promise<Answer>

/** Opens the API: through the server that holds the data folder, else in this process. Every request carries the `purpose` (查询目的), where one is given. */
export async function openClient({ data, databaseUrl, ownerUrl, policy }: Place, purpose?: string): Promise<Client> {
  const holder = databaseUrl === undefined ? holderOf(data) : null
  if (holder?.url) return clientOf(sendTo(holder.url), holder.url, null, { token: holder.token ?? '', purpose })
  const xinheng = await boot({ data, databaseUrl, ownerUrl, policy })
  await xinheng.follow()
  const server = await serverOf(xinheng, { demo: false, filling: () => null })
  return clientOf(sendInto(server), null, xinheng, { token: xinheng.commandToken, purpose }, server)
}

function clientOf(sendPlain: Send, server: string | null, xinheng: Xinheng | null, { token, purpose }: { readonly token: string; readonly purpose: string | undefined }, app?: FastifyInstance): Client {
  const says = { authorization: `Bearer ${token}`, ...(purpose === undefined ? {} : { 'x-purpose': encodeURIComponent(purpose) }) }
  const send: Send = (method, url, headers, body) => sendPlain(method, url, { ...headers, ...says }, body)
  const ask = async (endpoint: Endpoint, given: unknown, upload?: Readable): Promise<Answer> => {
    const { url, rest } = fillPath(endpoint.path, given as Record<string, unknown>)
    const inQuery = endpoint.method === 'GET' || upload !== undefined
    const query = inQuery ? queryOf(rest) : ''
    const apart = wordsApart(`${url}${query}`)
    const answer = upload !== undefined
      ? await send(endpoint.method, `${url}${query}`, { 'content-type': 'application/octet-stream' }, upload)
      : inQuery ? await send(endpoint.method, apart.address, apart.headers) : await send(endpoint.method, url, { 'content-type': 'application/json' }, JSON.stringify(rest))
    if (answer.status < 400) return answer
    throw refusalIn(server ?? 'xinheng', answer.status, await answer.text())
  }
  return {
    server,
    call: async (endpoint, input, upload) => endpoint.output.parse(JSON.parse(await (await ask(endpoint, input, upload)).text())) as never,
    download: async (endpoint, input, to) => pipeline((await ask(endpoint, input)).body, createWriteStream(to)),
    settled: async () => xinheng?.settled(),
    async close() {
      await app?.close()
      await xinheng?.close()
    },
  }
}

/** What was refused; a server that is about to stop answers in words of its framework. */
function refusalIn(base: string, status: number, said: string): Error {
  try {
    const problem = JSON.parse(said) as Partial<ProblemDocument>
    if (problem.message?.zh !== undefined && problem.fix !== undefined) return new Refused(problem as ProblemDocument)
  } catch {
    // No JSON: something else than the program answered.
  }
  return unanswered(base, `${status} ${said.slice(0, 200)}`)
}

/** Past `fetch`, which gives up after five minutes: an audit of a large ledger takes longer before its first byte. */
function sendTo(base: string): Send {
  return (method, url, headers, body) => new Promise((answer, fail) => {
    const failed = (error: Error): void => fail(unanswered(base, error.message))
    const sending = request(`${base}${url}`, { method, headers }, (response) => answer({ status: response.statusCode!, body: response, text: () => text(response).catch((error: Error) => { throw unanswered(base, error.message) }) }))
    sending.on('error', failed)
    if (body instanceof Readable) body.on('error', (error) => { fail(error); sending.destroy() }).pipe(sending)
    else sending.end(body)
  })
}

function unanswered(base: string, why: string): Refusal {
  return new Refusal({
    code: 'server.unanswered', status: 503, message: say(`占用数据目录的服务（${base}）没有给出完整的回答：${why}`, `The server that holds the data folder (${base}) gave no whole answer: ${why}`),
    fix: say('请查看服务是否在运行或正在停止（日志、/healthz），稍候重试；已开始的操作可能已经完成，请先查看结果', 'See whether it runs or is being stopped (its log, /healthz), and try again in a moment; what was begun may have been done, so look first'),
  })
}

function sendInto(server: FastifyInstance): Send {
  return async (method, url, headers, body) => {
    const response = await server.inject({ method: method as 'GET', url, headers, payload: body, payloadAsStream: true })
    const stream = response.stream()
    return { status: response.statusCode, body: stream, text: async () => Buffer.concat(await stream.toArray()).toString('utf8') }
  }
}

function fillPath(path: string, given: Record<string, unknown>): { url: string; rest: Record<string, unknown> } {
  const rest = { ...given }
  const url = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  return { url: `/api${url}`, rest }
}

function queryOf(rest: Record<string, unknown>): string {
  const pairs = Object.entries(rest).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)])
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs as [string, string][])}`
}
