// @clause X.4
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request as plain } from 'node:http'
import { request as secure, type RequestOptions } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { boot } from '../../src/app/boot.ts'
import { serverOf } from '../../src/app/server.ts'
import { sql } from '../../src/platform/db/index.ts'
import { aptInstall } from '../support/apt.mjs'
import { freshDatabase } from '../support/database.ts'

// The configuration that operators are given, with a certificate made here. Without nginx there is nothing to try it with.
const isMissing = () => ['nginx', 'openssl'].some((program) => spawnSync(program, ['-v']).error !== undefined)
const skip = isMissing() && !(aptInstall('nginx-light', 'openssl') && !isMissing()) && 'nginx or openssl is not installed'
const NAME = 'credit.example.gov.cn'
const folder = mkdtempSync(join(tmpdir(), 'xinheng-proxy-'))
const database = process.env.XINHENG_TEST_DATABASE_URL ? await freshDatabase() : null
const xinheng = await boot({ data: join(folder, 'data'), ...(database?.url ? { databaseUrl: database.url } : {}) })
const closing: (() => unknown)[] = []
after(async () => {
  for (const close of closing.reverse()) await close()
  await xinheng.close()
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

async function proxied() {
  const server = await serverOf(xinheng, { demo: false, filling: () => null, https: true })
  closing.push(() => server.close())
  await server.listen({ port: 0, host: '127.0.0.1' })
  const [http, https, behind] = [await freePort(), await freePort(), (server.addresses()[0] as AddressInfo).port]
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', '-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`], { stdio: 'ignore' })
  const given = readFileSync('deploy/nginx.conf', 'utf8')
    .replaceAll('listen 80', `listen 127.0.0.1:${http}`).replaceAll('listen 443', `listen 127.0.0.1:${https}`)
    .replace('/etc/ssl/xinheng/fullchain.pem', certificate).replace('/etc/ssl/xinheng/key.pem', key).replace('127.0.0.1:7100', `127.0.0.1:${behind}`)
  mkdirSync(join(folder, 'nginx'))
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, 'nginx', name)};`).join(' ')
  writeFileSync(join(folder, 'nginx.conf'), `daemon off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'error.log')}; events {} http { access_log off; ${scratch} ${given} }`)
  const nginx = spawn('nginx', ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')], { stdio: 'inherit' })
  closing.push(() => new Promise((done) => nginx.once('exit', done).kill('SIGTERM')))
  const ca = readFileSync(certificate)
  const ask = async (port: number, path: string, { headers = {}, ...options }: RequestOptions = {}) => {
    const answer = await new Promise<IncomingMessage>((done, fail) => void (port === http ? plain : secure)({ host: '127.0.0.1', port, path, headers: { host: NAME, ...headers }, servername: NAME, ca, ...options }, done).on('error', fail).end())
    return { status: answer.statusCode!, headers: answer.headers, body: await text(answer) }
  }
  for (let tries = 0; ; tries++) {
    const up = await ask(https, '/healthz').catch((error: unknown) => error)
    if (!(up instanceof Error)) break
    assert.ok(tries < 100, String(up))
    await wait(50)
  }
  return { http, https, ca, ask }
}

test('behind the proxy that operators are given: TLS of today, the clear answered with care, no metrics, and nobody says who he is', { skip }, async () => {
  const { http, https, ca, ask } = await proxied()
  const page = await ask(http, '/console/subjects?page=2')
  assert.deepEqual([page.status, page.headers.location], [308, `https://${NAME}/console/subjects?page=2`])
  assert.equal((await ask(http, '/api/openapi.json')).status, 403)
  await assert.rejects(ask(http, '/', { headers: { host: 'other.example' } }), /hang up|ECONNRESET/)
  assert.equal((await ask(https, '/metrics', { headers: { 'x-forwarded-for': '127.0.0.1' } })).status, 403)
  const refused = await ask(https, '/api/subjects')
  assert.deepEqual([refused.status, refused.headers['strict-transport-security']?.includes('max-age=31536000')], [401, true])
  const handshake = (options: object) => new Promise<string | null>((done) => {
    const socket = connect({ host: '127.0.0.1', port: https, ca, servername: NAME, ...options }, () => { done(socket.getProtocol()); socket.destroy() }).once('error', () => done(null))
  })
  assert.deepEqual([await handshake({}), await handshake({ maxVersion: 'TLSv1.2' }), await handshake({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }), await handshake({ servername: 'other.example', rejectUnauthorized: false })], ['TLSv1.3', 'TLSv1.2', null, null])
  const wrong = JSON.stringify({ userName: 'nobody', password: 'Nebel-Tropfen-41' })
  await new Promise((done, fail) => { secure({ host: '127.0.0.1', port: https, path: '/api/identity/sign-in', method: 'POST', servername: NAME, ca, headers: { host: NAME, 'content-type': 'application/json', 'content-length': wrong.length, 'x-forwarded-for': '203.0.113.9' } }, (answer) => { answer.resume().once('end', done) }).on('error', fail).end(wrong) })
  assert.deepEqual(await addresses('nobody'), ['127.0.0.1'], 'the address that the caller named counts for nothing')
})

test('a proxy that comes by the gateway of a container is believed where the operator names it, and nobody else is', async () => {
  for (const [proxy, from, seen] of [['loopback,uniquelocal', '10.89.0.1', '198.51.100.7'], ['loopback,uniquelocal', '203.0.113.9', '203.0.113.9'], [undefined, '10.89.0.1', '10.89.0.1']] as const) {
    const server = await serverOf(xinheng, { demo: false, filling: () => null, https: true, ...(proxy === undefined ? {} : { proxy }) })
    const userName = `x${from.replaceAll('.', '-')}-${proxy === undefined ? 'plain' : 'named'}`
    await server.inject({ method: 'POST', url: '/api/identity/sign-in', remoteAddress: from, headers: { 'x-forwarded-for': '198.51.100.7' }, payload: { userName, password: 'Nebel-Tropfen-41' } })
    await server.close()
    assert.deepEqual(await addresses(userName), [seen])
  }
})

async function addresses(userName: string): Promise<string[]> {
  return (await sql<{ address: string }>`select address from identity.sign_in where user_name = ${userName}`.execute(xinheng.database.db)).rows.map(({ address }) => address)
}
