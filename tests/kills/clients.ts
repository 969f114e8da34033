import { setTimeout } from 'node:timers/promises'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import { addDays, day, dayOf, type Day } from '../../src/kernel/day.ts'
import { sectorModel } from '../../src/modules/evaluation/testing/models.ts'
import type { Promised } from './findings.ts'
import { wordsApart } from '../../src/kernel/words.ts'

/** A request that must have its effect once, however often it is sent. `settle` takes its answer. */
type Request = { readonly what: string; send(url: string): Promise<unknown>; settle(answer: unknown): void }
/** A request with its first answer: sent again it must answer the same. */
type Answered = { readonly request: Request; readonly answer: string }

/** An answer that no client should get: neither success nor silence. */
export class Unexpected extends Error {}
/** No answer, or one that says that the server failed: the client knows nothing and sends again. */
class Unanswered extends Error {}

const AUTHORITY = '11460202MB9XH0018U'
const HEADINGS = '行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码'
const SUBJECTS = 40
const uscc = (number: number) => usccFrom('91460202', `XK${String(number).padStart(6, '0')}`)
const nameOf = (number: number) => `三亚演示第${number}号餐饮有限公司`

/** The clients of a district: they send files, withdraw, admit, change models and read, and send again whatever was not answered. `chance` gives fractions of [0, 1). */
export class Clients {
  readonly #chance: () => number
  #open: Request[] = []
  readonly #answered: Answered[] = []
  readonly #documents: string[] = []
  readonly #batches: number[] = []
  readonly #withdrawn: { recordId: number; factId: number }[] = []
  readonly #admitted: { uscc: string; subjectId: number }[] = []
  readonly #asked = new Set<number>()
  #numbers = 0
  /** How many answers came, and how often none did. */
  readonly counts = { answers: 0, silences: 0 }

  constructor(chance: () => number) {
    this.#chance = chance
    this.#open.push(this.#file('subject', Buffer.from(['统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,成立日期,法定代表人',
      ...Array.from({ length: SUBJECTS }, (_, number) => `${uscc(number)},${nameOf(number)},企业,存续,62,市场监管,2015-03-01,演示甲`)].join('\n'))))
  }

  get promised(): Promised {
    return { documents: this.#documents, withdrawn: this.#withdrawn, admitted: this.#admitted, batches: this.#batches }
  }

  /** Sends again everything that has no answer, and now and then something that has one. Throws when the second answer is another, or the server stays silent. */
  async repeat(url: string, withinMs = 20_000): Promise<void> {
    const until = performance.now() + withinMs
    while (this.#open.length > 0) {
      await this.#send(url, this.#open.splice(0))
      if (this.#open.length > 0 && performance.now() > until) throw new Unexpected(`the server does not answer: ${this.#open.map(({ what }) => what).join(', ')}`)
      if (this.#open.length > 0) await setTimeout(100)
    }
    const old = this.#pick(this.#answered)
    if (old === null) return
    const answer = JSON.stringify(await old.request.send(url).catch((error: unknown) => {
      if (error instanceof Unanswered) return JSON.parse(old.answer) as unknown
      throw error
    }))
    if (answer !== old.answer) throw new Unexpected(`${old.request.what} answered ${old.answer}, and sent again ${answer}`)
  }

  /** Sends some new requests, several at a time. Ends when all are answered or the server is gone. */
  async work(url: string, today: Day): Promise<void> {
    const records = await this.#listRecords(url)
    const requests = Array.from({ length: 4 + Math.floor(this.#chance() * 5) }, () => this.#invent(today, records)).filter((one) => one !== null)
    const lanes: Request[][] = [[], [], []]
    for (const request of requests) this.#pick(lanes)!.push(request)
    await Promise.all([...lanes.map((lane) => this.#send(url, lane)), this.#read(url)])
  }

  async #send(url: string, requests: readonly Request[]): Promise<void> {
    for (const request of requests) {
      try {
        const answer = await request.send(url)
        this.counts.answers += 1
        request.settle(answer)
        if (request.what !== 'model') this.#answered.push({ request, answer: JSON.stringify(answer) })
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error
        this.counts.silences += 1
        this.#open.push(request)
      }
    }
  }

  #invent(today: Day, records: readonly { recordId: number; subjectId: number; withdrawn: boolean }[]): Request | null {
    const chance = this.#chance()
    if (chance < 0.45) return this.#penalties(today)
    if (chance < 0.75) {
      const record = this.#pick(records.filter(({ recordId, withdrawn }) => !withdrawn && !this.#asked.has(recordId)))
      return record && this.#withdrawal(record)
    }
    return chance < 0.9 ? this.#admission() : this.#model()
  }

  /** A file: now and then so large that a thread reads it. */
  #penalties(today: Day): Request {
    const rows = this.#chance() < 0.1 ? 500 : 1 + Math.floor(this.#chance() * 40)
    const lines = Array.from({ length: rows }, () => {
      const number = Math.floor(this.#chance() * SUBJECTS)
      const document = `海棠市监罚〔${today.slice(0, 4)}〕第${(this.#numbers += 1)}号`
      this.#documents.push(document)
      return `${nameOf(number)},法人及非法人组织,${uscc(number)},演示甲,${document},经营超过保质期的食品,货架上有超过保质期的食品,《中华人民共和国食品安全法》第一百二十四条,罚款,罚款,${1 + Math.floor(this.#chance() * 20)},${addDays(today, -Math.floor(this.#chance() * 1200))},2099-12-31,海棠区市场监督管理局,${AUTHORITY},海棠区市场监督管理局,${AUTHORITY}`
    })
    return this.#file('penalty', Buffer.from([HEADINGS, ...lines].join('\n')))
  }

  /** Whoever got no answer either repeats the request with its id, or brings the file again as a new one. */
  #file(kind: 'subject' | 'penalty', bytes: Buffer): Request {
    const first = this.#requestId()
    const stubborn = this.#chance() < 0.5
    let tries = 0
    let answered = false
    return {
      what: `file of ${kind}`,
      send: async (url) => {
        const { file } = await ask<{ file: string }>(`${url}/api/imports/recognise?name=${kind}.csv`, bytes)
        // Once there was an answer a new request would be a new submission, which brings back what was withdrawn since.
        if (!answered) tries += 1
        const { batchId } = await ask<{ batchId: number }>(`${url}/api/imports`, { file, name: `${kind}.csv`, kind, department: 'market-regulation' }, stubborn ? first : `${first}-${tries}`)
        return stubborn ? { batchId } : {}
      },
      settle: (answer) => {
        answered = true
        const { batchId } = answer as { batchId?: number }
        if (batchId !== undefined) this.#batches.push(batchId)
      },
    }
  }

  #withdrawal({ recordId, subjectId }: { recordId: number; subjectId: number }): Request {
    this.#asked.add(recordId)
    const requestId = this.#requestId()
    return {
      what: `withdrawal of ${recordId}`,
      send: (url) => ask(`${url}/api/records/${recordId}/withdrawal`, { subjectId, reason: '处罚决定经复议撤销', requestId }),
      settle: (answer) => void this.#withdrawn.push({ recordId, factId: (answer as { factId: number }).factId }),
    }
  }

  #admission(): Request {
    const good = uscc(900_000 - (this.#numbers += 1))
    const name = `三亚核准${this.#numbers}`
    const code = `${good.slice(0, 17)}${good[17] === '0' ? '1' : '0'}`
    const requestId = this.#requestId()
    return {
      what: `admission of ${code}`,
      send: (url) => ask(`${url}/api/subjects/admit`, { uscc: code, name, type: 'enterprise', reason: '营业执照确为此代码', sectors: ['market-regulation'] }, requestId),
      settle: (answer) => void this.#admitted.push({ uscc: code, subjectId: (answer as { subjectId: number }).subjectId }),
    }
  }

  /** A model that differs a little: the whole population is scored again. */
  #model(): Request {
    const definition = JSON.stringify(sectorModel('market-regulation', { base: String(60 + Math.floor(this.#chance() * 40)) }))
    const requestId = this.#requestId()
    return { what: 'model', send: (url) => ask(`${url}/api/models`, { definition, requestId }), settle: () => undefined }
  }

  async #listRecords(url: string): Promise<{ recordId: number; subjectId: number; withdrawn: boolean }[]> {
    const answer = await ask<{ rows: { recordId: number; subjectId: number; withdrawn: boolean }[] }>(`${url}/api/records?limit=100&offset=${Math.floor(this.#chance() * 100)}`).catch(() => null)
    return answer?.rows ?? []
  }

  async #read(url: string): Promise<void> {
    for (const path of ['/ledger', '/subjects?find=演示', '/imports', '/models/market-regulation/scores', '/records?late=true']) await ask(`${url}/api${path}`).catch(() => null)
  }

  #requestId(): string {
    return `kills-${String((this.#numbers += 1)).padStart(8, '0')}`
  }

  #pick<One>(from: readonly One[]): One | null {
    return from.length === 0 ? null : from[Math.floor(this.#chance() * from.length)]!
  }
}

async function ask<Answer>(url: string, body?: object | Buffer, requestId?: string): Promise<Answer> {
  const raw = body instanceof Uint8Array
  let response: Response
  let text: string
  try {
    const apart = wordsApart(url)
    response = await fetch(apart.address, {
      method: body === undefined ? 'GET' : 'POST', body: body === undefined ? undefined : raw ? (body as never) : JSON.stringify(body), signal: AbortSignal.timeout(20_000),
      headers: { ...apart.headers, ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }), ...(requestId === undefined ? {} : { 'idempotency-key': requestId }) },
    })
    text = await response.text()
  } catch (error) {
    throw new Unanswered(url, { cause: error })
  }
  if (response.status >= 500) throw new Unanswered(text)
  if (!response.ok) throw new Unexpected(`${url} answered ${response.status}: ${text}`)
  return JSON.parse(text) as Answer
}

/** The legal day at an instant. */
export const dayAt = (ms: number): Day => day(dayOf(new Date(ms)))
