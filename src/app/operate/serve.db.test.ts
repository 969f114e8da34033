// @clause X.5
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { request as httpRequest, type ClientRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { usccFrom } from '../../kernel/codes/index.ts'
import { freshDatabase } from '../../../tests/support/database.ts'
import type { Readiness } from './health.ts'

const folder = mkdtempSync(join(tmpdir(), 'xinheng-serve-'))
const database = process.env.XINHENG_TEST_DATABASE_URL ? (await freshDatabase()) as { url: string; close(): Promise<void> } : null
const running = new Set<ReturnType<typeof spawn>>()
after(async () => {
  for (const child of running) child.kill('SIGKILL')
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What whoever may read the data folder can show. */
function asCommandLine() {
  const name = readdirSync(join(folder, 'data')).find((one) => /^(held-by|served-by-\d+)\.json$/.test(one))!
  return { authorization: `Bearer ${(JSON.parse(readFileSync(join(folder, 'data', name), 'utf8')) as { token: string }).token}` }
}

/** The real program as a process of its own. */
async function serve() {
  const child = spawn(process.execPath, ['src/app/cli.ts', 'serve', '--port', '0', '--data', join(folder, 'data')], { env: { ...process.env, DATABASE_URL: database?.url ?? '', XINHENG_LOG: 'json', XINHENG_METRICS_TOKEN: 'token-of-the-test' }, stdio: ['ignore', 'pipe', 'inherit'] })
  running.add(child)
  let out = ''
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
  const ended = new Promise<{ code: number | null; at: number }>((resolve) => child.once('exit', (code) => { running.delete(child); resolve({ code, at: performance.now() }) }))
  const lines = () => out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>)
  while (!/running, open/.test(out)) {
    assert.equal(child.exitCode, null, out)
    await wait(50)
  }
  const url = /http:\/\/[\d.]+:\d+/.exec(out)![0]
  for (;;) {
    const readiness = (await (await fetch(`${url}/readyz`)).json()) as Readiness
    if (readiness.ready && out !== '') break
    await wait(50)
  }
  return { url, child, ended, lines, stop: () => child.kill('SIGTERM') }
}

/** An upload of which the end is still to come. */
function slowUpload(url: string): { client: ClientRequest; answered: Promise<number | string> } {
  const client = httpRequest(`${url}/api/imports/recognise?name=slow.csv`, { method: 'POST', headers: { ...asCommandLine(), 'content-type': 'application/octet-stream' } })
  const answered = new Promise<number | string>((resolve) => client.once('response', (response) => { response.resume(); resolve(response.statusCode!) }).once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error')))
  client.write('统一社会信用代码,名称\n')
  return { client, answered }
}

test('the server says how it does: alive, ready, and in figures for this machine or the holder of the token', async () => {
  const { url, ended, stop, lines } = await serve()
  assert.deepEqual(await (await fetch(`${url}/healthz`)).json(), { ok: true })
  assert.deepEqual(await (await fetch(`${url}/readyz`)).json(), { ready: true, checks: { database: 'ok', migrations: 'ok', ledger: 'ok', followers: 'ok' } })
  const metrics = await (await fetch(`${url}/metrics`)).text()
  for (const name of ['xinheng_ledger_size', 'xinheng_ledger_entries_pending', 'xinheng_imports_unfinished', 'xinheng_imported_rows_total{outcome="accepted"}', 'process_resident_memory_bytes', 'nodejs_eventloop_delay_seconds{quantile="0.99"}', 'xinheng_database_up', 'xinheng_http_requests_total{method="GET",route="/readyz",status="200"}']) {
    assert.match(metrics, new RegExp(`^${name.replace(/[{}."/]/g, '\\$&')} [\\d.e-]+$`, 'm'))
  }
  const status = async (headers: Record<string, string>) => (await fetch(`${url}/metrics`, { headers })).status
  assert.equal(await status({ 'x-forwarded-for': '203.0.113.9' }), 403, 'asked for someone else by a proxy')
  assert.equal(await status({ 'x-forwarded-for': '203.0.113.9', authorization: 'Bearer token-of-the-test' }), 200)
  for (const name of ['forwarded', 'x-real-ip', 'via']) assert.equal(await status({ [name]: '203.0.113.9' }), 403, name)
  assert.equal(await status({ authorization: 'Bearer token-of-the-tesT' }), 403)
  assert.equal(await status({ authorization: 'Bearer token-of-the-tesé' }), 403)
  stop()
  assert.equal((await ended).code, 0)
  assert.ok(lines().every(({ level, time, msg }) => level === 'info' && typeof time === 'string' && typeof msg === 'string'), 'every line of the log is JSON')
})

test('a stop lets a request finish that is being answered, takes no new one, and ends with success', async () => {
  const { url, ended, stop } = await serve()
  const { client, answered } = slowUpload(url)
  await wait(300)
  stop()
  await wait(500)
  await assert.rejects(fetch(`${url}/healthz`), 'no more connections')
  client.end('91460202MA5XXXXXXX,某企业\n')
  assert.equal(await answered, 200)
  assert.equal((await ended).code, 0)
})

test('a request that never ends does not hold up a stop for more than ten seconds', async () => {
  const { url, ended, stop } = await serve()
  const { answered } = slowUpload(url)
  await wait(300)
  const at = performance.now()
  stop()
  const end = await ended
  assert.equal(end.code, 0)
  assert.ok(end.at - at < 10_000, `${Math.round(end.at - at)} ms`)
  assert.notEqual(await answered, 200)
})

test('an import that a stop cuts off is taken up at the next start, whole', async () => {
  const ROWS = 4_000
  const csv = ['统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,成立日期,法定代表人', ...Array.from({ length: ROWS }, (_, at) => `${usccFrom('91460202', `XK9${String(at).padStart(5, '0')}`)},三亚续办第${at}号商贸有限公司,企业,存续,52,市场监管,2020-03-01,符海`)].join('\n')
  const first = await serve()
  const { file } = (await (await fetch(`${first.url}/api/imports/recognise?name=a.csv`, { method: 'POST', headers: { ...asCommandLine(), 'content-type': 'application/octet-stream' }, body: csv })).json()) as { file: string }
  const { batchId } = (await (await fetch(`${first.url}/api/imports`, { method: 'POST', headers: { ...asCommandLine(), 'content-type': 'application/json' }, body: JSON.stringify({ file, name: 'a.csv', kind: 'subject', department: 'market-regulation' }) })).json()) as { batchId: number }
  const at = performance.now()
  first.stop()
  const end = await first.ended
  assert.equal(end.code, 0)
  assert.ok(end.at - at < 10_000)
  const second = await serve()
  for (;;) {
    const batch = (await (await fetch(`${second.url}/api/imports/${batchId}`, { headers: asCommandLine() })).json()) as { state: string; accepted: number; refusal: unknown }
    assert.equal(batch.refusal, null)
    if (batch.state === 'done') {
      assert.equal(batch.accepted, ROWS)
      break
    }
    await wait(100)
  }
  second.stop()
  assert.equal((await second.ended).code, 0)
})

test('a second signal ends at once', async () => {
  const { url, ended, stop } = await serve()
  slowUpload(url)
  await wait(300)
  stop()
  await wait(600)
  const at = performance.now()
  stop()
  const end = await ended
  assert.equal(end.code, 143)
  assert.ok(end.at - at < 1_000)
})
