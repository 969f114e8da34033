// @clause X.5
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Chance } from './fuzz.ts'
import { routesOf } from '../../src/app/modules.ts'
import type { Endpoint } from '../../src/kernel/endpoint.ts'
import { seededFraction } from '../../src/platform/randomness.ts'
import { startProgram } from '../support/program.ts'
import { sampleOf, textFieldsOf, withAt } from '../support/text-fields.ts'
import { wordsApart } from '../../src/kernel/words.ts'

const program = await startProgram()
const authorization = `Bearer ${program.xinheng.commandToken}`
after(() => program.close())

const endpoints = routesOf({ desk: program.xinheng.desk, trailKey: new Uint8Array(32), instance: { demo: false, filling: () => null, database: 'embedded', version: '0' }, signer: { name: 'x', verifierKey: 'y' }, asOwner: () => Promise.reject(new Error('no database')) }).map(({ endpoint }) => endpoint)
const INPUTS = Number(process.env.XINHENG_FUZZ_INPUTS ?? 1200)
const SEED = Number(process.env.XINHENG_FUZZ_SEED ?? 1)

let deep: unknown = 'deep'
for (let level = 0; level < 3000; level++) deep = level % 2 === 0 ? [deep] : { a: deep }
const FILE = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const VALUES: readonly unknown[] = [
  '', ' ', '\0', 'a\0b', '\ud800', '😀', '%', '_', '\\', '\'; drop table records.fact; --', '*', '海棠', '‮', 'x'.repeat(400), '汉'.repeat(20_000), FILE,
  0, 1, -1, 1.5, 2 ** 31, 2 ** 53, 1e19, 1e300, -1e300, '1e400', 'NaN', 'Infinity', '0x10', '-0', '9223372036854775808', '00001', ' 7 ', null, true, false, 'true', 'false', '1', '0',
  '2026-11-22', '2026-02-30', '0000-01-01', '0001-01-01', '0999-12-31', '9999-12-31', '10000-01-01', '2099-12-31', '1900-01-01', '2026-11-22T00:00:00Z', '2026-11-22T00:00:00+14:00', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z',
  [], [1], ['a', 'b'], {}, { a: 1 }, { toString: 1 }, deep, { zh: '', en: '' },
  'market-regulation', 'public-credit', 'penalty', 'subject', 'credit-office', 'enterprise', 'records/report-within', '__proto__', 'constructor', 'toString', '91460202XHYX00012N', '00000000000000000X', 'kills-00000001',
]
const pick = <One>(chance: Chance, from: readonly One[]): One => from[Math.floor(chance() * from.length)]!

type Shape = { shape?: Record<string, unknown> }
const keysOf = ({ input }: Endpoint): string[] => Object.keys((input as unknown as Shape).shape ?? {})
/** Days, numbers and keys that fit, so that what lies behind the schema is reached, too. */
const LIKELY: Readonly<Record<string, readonly unknown[]>> = {
  on: ['2026-11-22', '0001-01-01', '9999-12-31'], from: ['2026-01-01', '0001-01-01', 1], until: ['2026-11-22', '9999-12-31'], to: [2, '2026-12-31'], limit: [1, 500], offset: [0, 2 ** 53], model: ['public-credit', 'market-regulation'], key: ['public-credit', 'market-regulation', 'records/report-within'],
  subjectId: [1, 2 ** 53, 1e19, 1.5], recordId: [1, 2 ** 53, 1e19, -1], batchId: [1, 1e19, 1.5], entryId: [1, 1e19, 0.5], attachmentId: [1, 1e19], kind: ['penalty', 'subject', 'licence'], file: [FILE], department: ['market-regulation', 'credit-office'], reason: ['处罚决定经复议撤销', '\0\0\0\0'], name: ['a', 'a\0', '\ud800'], receivedOn: ['2026-01-01', '0001-01-01'],
  uscc: ['91460202XHYX00012A', '91460202XHYX0001\0A'], type: ['enterprise'], sectors: [['market-regulation'], ['\0'], ['nowhere']], requestId: ['fuzz-00000001', '\0'], knownAt: ['2026-11-22T00:00:00Z', '0001-01-01T00:00:00Z'], find: ['\0', '海', '%', '\ud800x', '91460202'], count: [1e9, -5, 0], days: [1e9], occasionOn: ['0001-01-01'],
}

/** The space of businesses answers people only. */
const person = await program.person({ subjectId: 1, capacity: 'legal-representative', limits: [] })
async function answerTo(endpoint: Endpoint, input: Readonly<Record<string, unknown>>, body: string | null): Promise<{ status: number; text: string; asked: string }> {
  const rest = { ...input }
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name] ?? 'missing'
    delete rest[name]
    return encodeURIComponent((typeof value === 'object' ? JSON.stringify(value).slice(0, 100) : String(value)).toWellFormed().slice(0, 300))
  })
  const inQuery = endpoint.method === 'GET' || endpoint.takes === 'upload'
  const query = new URLSearchParams(Object.entries(rest).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : Array.isArray(value) && value.length === 2 ? value.map((one): [string, string] => [name, String(one)]) : [[name, typeof value === 'object' ? '[object]' : String(value).slice(0, 2000)]])))
  const written = `/api${path}${inQuery ? `?${query}` : ''}`
  // Words go in their header mostly, and in the address sometimes, where they are refused.
  const { address: url, headers } = query.size % 7 === 6 ? { address: written, headers: {} } : wordsApart(written)
  const payload = endpoint.takes === 'upload' ? (body ?? 'a,b\n1,2\n') : inQuery ? undefined : (body ?? JSON.stringify(rest))
  const response = await program.server.inject({ method: endpoint.method, url, payload, headers: { ...headers, ...(endpoint.path.startsWith('/my') ? { cookie: person.cookie } : { authorization }), 'content-type': endpoint.takes === 'upload' ? 'application/octet-stream' : 'application/json', 'idempotency-key': 'fuzz-request-1' } })
  return { status: response.statusCode, text: response.body, asked: `${endpoint.method} ${url.slice(0, 400)} ${(payload ?? '').slice(0, 600)}` }
}

function invent(chance: Chance, endpoint: Endpoint): Record<string, unknown> {
  return Object.fromEntries(keysOf(endpoint).flatMap((key): [string, unknown][] => {
    if (chance() < 0.15 && !endpoint.path.includes(`:${key}`)) return []
    return [[key, chance() < 0.65 && LIKELY[key] ? pick(chance, LIKELY[key]) : pick(chance, VALUES)]]
  }))
}

const BODIES = ['', '{', 'null', '[]', '"a"', '1', '{"a":1}{', '\ufeff{}', '{"__proto__":{"x":1}}', '{"constructor":{"prototype":{}}}', JSON.stringify(deep), `{"proof":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, `{"definition":"${'a: &a [*a]\\n'.repeat(50)}"}`]

type Said = { readonly zh: string; readonly en: string }
async function mustAnswer(endpoint: Endpoint, input: Readonly<Record<string, unknown>>, body: string | null, faults: Map<string, string>): Promise<void> {
  const { status, text, asked } = await answerTo(endpoint, input, body)
  if (status < 500) {
    if (status < 400) return
    const { code, message, fix } = JSON.parse(text) as { code?: string; message?: Said; fix?: Said }
    assert.ok([code, message?.zh, message?.en, fix?.zh, fix?.en].every((said) => said) && /\p{Script=Han}/u.test(message!.zh) && /\p{Script=Han}/u.test(fix!.zh) && /[a-z]{2}/.test(message!.en) && /[a-z]{2}/.test(fix!.en), `${asked}\n${text}`)
    return
  }
  const key = `${endpoint.method} ${endpoint.path}`
  if (!faults.has(key)) faults.set(key, `${status} ${asked}`)
}

test('whatever comes to an endpoint, it answers or refuses, and never fails', async () => {
  const chance = seededFraction(SEED)
  const faults = new Map<string, string>()
  for (const endpoint of endpoints) for (const body of endpoint.method === 'GET' ? [] : BODIES) await mustAnswer(endpoint, {}, body, faults)
  const each = Math.ceil(INPUTS / endpoints.length)
  for (const endpoint of endpoints) {
    for (let count = 0; count < each; count++) await mustAnswer(endpoint, invent(chance, endpoint), null, faults)
  }
  assert.deepEqual([...faults.values()], [])
})

const TEXTS = [
  '', ' ', '\u3000', '\0', '\x01\x1b[2J', '\ud800', '\u202e海棠', '\u200b\ufeff', '😀'.repeat(30), 'e\u0301'.repeat(50), '汉'.repeat(3000), 'x'.repeat(300_000), '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', 'javascript:alert(1)', '{{7*7}}${7*7}',
  '=HYPERLINK("http://evil.example")', '@SUM(A1)', '../../etc/passwd', '..\\..\\con', '%2e%2e%2f', "'; drop table records.fact; --", '%_\\', '[object Object]', '9999-12-31', '__proto__', '-1e999', 'a\r\nSet-Cookie: x=1',
]

test('whatever stands in any one text of an otherwise fitting input, it is answered or refused in both languages', async () => {
  const faults = new Map<string, string>()
  let tried = 0
  for (const endpoint of endpoints) {
    const sample = sampleOf(endpoint, { subjectId: 1, recordId: 1, uscc: '91460202XHYX00012N', file: FILE, key: 'public-credit', model: 'public-credit', department: 'market-regulation', requestId: undefined })
    for (const field of textFieldsOf(endpoint)) for (const text of TEXTS) {
      await mustAnswer(endpoint, withAt(sample, field, text), null, faults)
      tried += 1
    }
  }
  assert.ok(tried > 3000, String(tried))
  assert.deepEqual([...faults.values()], [])
})
