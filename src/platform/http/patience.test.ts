// @clause X.4
import assert from 'node:assert/strict'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { after, test } from 'node:test'
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { buildServer, route } from './index.ts'

const change = endpoint({ method: 'POST', path: '/change', permission: 'a.b', summary: { zh: '', en: '' }, input: z.object({}), output: z.object({}) })
const upload = endpoint({ method: 'POST', path: '/upload', takes: 'upload', permission: 'a.b', summary: { zh: '', en: '' }, input: z.object({}), output: z.object({ size: z.number() }) })
const server = await buildServer<{ upload: AsyncIterable<Buffer> }>({
  contextOf: async ({ raw }) => ({ upload: raw }), patience: { headMs: 400, bodyMs: 300, pauseMs: 300, wholeMs: 60_000 },
  routes: [route(change, async () => ({})), route(upload, async ({ upload: chunks }: { upload: AsyncIterable<Buffer> }) => {
    let size = 0
    for await (const chunk of chunks) size += chunk.length
    return { size }
  })],
})
await server.listen({ port: 0, host: '127.0.0.1' })
after(() => server.close())
const { port } = server.addresses()[0] as AddressInfo

/** Opens a connection and gathers what comes back until it is closed. */
function open(): { socket: Socket; answer: Promise<string> } {
  const socket = connect(port, '127.0.0.1')
  let said = ''
  socket.on('data', (piece) => void (said += piece.toString())).on('error', () => undefined)
  return { socket, answer: new Promise((resolve) => socket.once('close', () => resolve(said))) }
}
const ask = async (...pieces: string[]): Promise<string> => {
  const { socket, answer } = open()
  for (const piece of pieces) {
    socket.write(piece)
    await wait(20)
  }
  return Promise.race([answer, wait(5000).then(() => { socket.destroy(); return 'still open' })])
}
const head = (path: string, type: string, length: number) => `POST /api${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n`

test('a body that does not come ends the connection, and so does an upload that stands still', async () => {
  assert.doesNotMatch(await ask(`${head('/change', 'application/json', 10)}\r\n{`), / 200 |still open/)
  assert.doesNotMatch(await ask(`${head('/upload', 'application/octet-stream', 10)}\r\nabc`), / 200 |still open/)
})

test('an upload that takes its time, but goes on, comes through', async () => {
  const { socket, answer } = open()
  socket.write(`${head('/upload', 'application/octet-stream', 8)}Connection: close\r\n\r\n`)
  for (const piece of 'abcdefgh') {
    await wait(120)
    socket.write(piece)
  }
  assert.match(await answer, /200 OK[^]*"size":8/)
})

test('what two servers in a row could read differently is not read at all', async () => {
  const body = '0\r\n\r\n'
  for (const [what, request] of [
    ['length and chunks', `POST /api/change HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n\r\n${body}`],
    ['two lengths', `POST /api/change HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['a space before the colon', 'GET /api/change HTTP/1.1\r\nHost : x\r\n\r\n'],
    ['a folded line', 'GET /api/change HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n'],
    ['an unknown encoding', 'POST /api/change HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n'],
    ['no host', 'GET /api/change HTTP/1.1\r\n\r\n'],
    ['a head that is too large', `GET /api/change HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`],
  ] as const) assert.match(await ask(request), /^HTTP\/1\.1 4\d\d /, what)
})
