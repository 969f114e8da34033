// @clause X.5
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { buildServer, measureRequests, metricsText, route, type Family } from '../http/index.ts'
import { describeFault, openLog, type LogForm } from './index.ts'

const at = () => new Date('2026-11-22T02:03:04.567Z')
function kept(form: LogForm) {
  const written: string[] = []
  return { written, log: openLog({ write: (line: string) => void written.push(line) }, at, form), json: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

const findOne = endpoint({ method: 'GET', path: '/subjects/:uscc', permission: 'a.b', summary: { zh: '', en: '' }, input: z.object({ uscc: z.string(), find: z.string().optional() }), output: z.object({}) })
const change = endpoint({ method: 'POST', path: '/subjects', permission: 'a.b', summary: { zh: '', en: '' }, input: z.object({ name: z.string() }), output: z.object({}) })
const refusal = new Refusal({ code: 'x.y', message: text('甲', 'a'), fix: text('乙', 'b') })

async function serverWith(form: LogForm) {
  const out = kept(form)
  let requests: { families(): Family[] } | null = null
  const server = await buildServer<string>({
    log: out.log, contextOf: async () => 'officer:chen.yu', actorOf: (actor) => actor, prepare: (made) => void (requests = measureRequests(made)),
    routes: [
      route(findOne, async (_actor: string, { uscc }) => { if (uscc === 'fault') throw Object.assign(new Error('duplicate key (Key (uscc)=(91460202XH9000010A) already exists.)'), { code: '23505', detail: '王小明', parameters: ['王小明'] }); if (uscc === 'no') throw refusal; return {} }),
      route(change, async () => ({})),
    ],
  })
  return { server, ...out, families: () => requests!.families() }
}

test('a request is one line with its route, who asked, outcome and time, and without anything of what was asked', async () => {
  const { server, json, written } = await serverWith('json')
  await server.inject({ url: '/api/subjects/91460202XH9000010A?name=王小明' })
  await server.inject({ method: 'POST', url: '/api/subjects', payload: { name: '王小明' } })
  await server.inject({ url: '/api/subjects/no' })
  await server.inject({ url: '/nowhere/91460202XH9000010A' })
  assert.deepEqual(json().map(({ method, route: said, status, actor, level, msg }) => [method, said, status, actor, level, msg]), [
    ['GET', '/api/subjects/:uscc', 200, 'officer:chen.yu', 'info', 'request'], ['POST', '/api/subjects', 200, 'officer:chen.yu', 'info', 'request'],
    ['GET', '/api/subjects/:uscc', 422, 'officer:chen.yu', 'info', 'request'], ['GET', 'none', 404, undefined, 'info', 'request'],
  ])
  assert.ok(json().every(({ ms, reqId, time }) => typeof ms === 'number' && /^[0-9a-f]{12}$/.test(String(reqId)) && String(time).endsWith('Z')))
  assert.doesNotMatch(written.join(''), /王小明|91460202XH|%E7/)
})

test('a fault is logged under the reference that the user was given, with its place and without the values of the row', async () => {
  const { server, json, written } = await serverWith('json')
  const answer = (await server.inject({ url: '/api/subjects/fault' })).json<{ status: number; fix: { en: string } }>()
  const [fault, request] = json() as [{ fault: string; level: string; err: { code: string; stack: string } }, { status: number; level: string; reqId: string }]
  assert.equal(answer.status, 500)
  assert.ok(answer.fix.en.includes(fault.fault), 'the reference that the user reads out')
  assert.deepEqual([fault.level, fault.err.code, request.level, request.status, request.reqId], ['error', '23505', 'error', 500, fault.fault])
  assert.match(fault.err.stack, /log\.test\.ts/)
  assert.doesNotMatch(written.join(''), /王小明|91460202XH/)
})

test('passwords in addresses of databases never reach the log', () => {
  assert.doesNotMatch(JSON.stringify(describeFault(new Error('cannot reach postgres://xinheng:geheim@db:5432/xinheng'))), /geheim/)
})

test('a person at a terminal reads plain lines', async () => {
  const { server, written, log } = await serverWith('text')
  log.info({}, '已启动')
  await server.inject({ url: '/api/subjects/1' })
  assert.equal(written[0], '10:03:04   已启动\n')
  assert.match(written[1]!, /^\d\d:\d\d:\d\d {3}GET \/api\/subjects\/:uscc 200 [\d.]+ ms officer:chen\.yu/)
})

test('requests are counted and timed by route and status in the text that Prometheus reads', async () => {
  const { server, families } = await serverWith('json')
  for (let n = 0; n < 3; n++) await server.inject({ url: `/api/subjects/${n}` })
  await server.inject({ url: '/api/subjects/no' })
  const said = metricsText(families()).split('\n')
  assert.ok(said.includes('xinheng_http_requests_total{method="GET",route="/api/subjects/:uscc",status="200"} 3'), said.join('\n'))
  assert.ok(said.includes('xinheng_http_requests_total{method="GET",route="/api/subjects/:uscc",status="422"} 1'))
  assert.ok(said.includes('xinheng_http_request_seconds_bucket{method="GET",route="/api/subjects/:uscc",le="+Inf"} 4'))
  assert.ok(said.includes('xinheng_http_requests_open 0'))
  for (const line of said.filter(Boolean)) assert.match(line, /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="[^"]*",?)+\})? [\d.e+-]+|.* \+Inf)$/)
})
