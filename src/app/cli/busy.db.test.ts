// @clause 4.4, X.5
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { freshDatabase, preparedFolder } from '../../../tests/support/database.ts'
import { boot } from '../boot.ts'
import { demoFiller } from '../demo/fill.ts'
import { serverOf } from '../server.ts'

const home = mkdtempSync(join(tmpdir(), 'xinheng-busy-'))
const database = process.env.XINHENG_TEST_DATABASE_URL ? await freshDatabase() : null
after(async () => { await database?.close(); rmSync(home, { recursive: true, force: true }) })

async function xinheng(data: string, words: readonly string[], settings: NodeJS.ProcessEnv = {}) {
  const { DATABASE_URL: _, ...env } = process.env
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    execFile(process.execPath, ['src/app/cli.ts', ...words, '--data', data], { env: { ...env, ...settings } }, (error, out, err) => done({ code: error === null ? 0 : Number(error.code), out, err }))
  })
}

test('while the demo fills, the command line gives every answer that it would give at rest; the audit says as of which entry', { timeout: 300_000 }, async () => {
  const data = join(home, 'filling')
  if (database === null) await preparedFolder(join(data, 'database'))
  const program = await boot({ data, ...(database?.url ? { databaseUrl: database.url } : {}) })
  const filler = (await demoFiller(program, { data, subjects: 150 }))!
  const server = await serverOf(program, { demo: true, filling: filler.progress })
  try {
    program.servesAt(await server.listen({ port: 0, host: '127.0.0.1' }))
    let full = false
    const filling = filler.fill(() => undefined).then(() => { full = true })
    const said: number[] = []
    while (!full) {
      const { code, out, err } = await xinheng(data, ['ledger', 'audit', '--json'], database?.url ? { DATABASE_URL: database.url } : {})
      const audit = JSON.parse(out) as { valid: boolean; entries: number; asOf: { seq: number } | null; problems: unknown[] }
      assert.deepEqual([code, audit.valid, audit.problems], [0, true, []], err)
      assert.equal(audit.asOf?.seq ?? -1, audit.entries - 1)
      said.push(audit.entries)
      if (said.length > 1 && said.at(-1)! > said[0]!) await filler.stop()
    }
    await filling
    assert.ok(said.length > 0)
    for (const [words, answer] of [[['ledger', 'audit'], /^✔ [\s\S]*as of no\. \d+ \(entry \d+/], [['ledger', 'checkpoint'], /verifier key/], [['keys', 'status'], /key file/], [['removals', 'list'], /none waits/], [['audit', 'archives'], /kept in the table/]] as const) {
      const { code, out, err } = await xinheng(data, words, database?.url ? { DATABASE_URL: database.url } : {})
      assert.deepEqual([code, answer.test(out)], [0, true], `${words.join(' ')}: ${out}${err}`)
    }
  } finally {
    await server.close()
    await program.close()
  }
})

test('what is wrong around the program is said with cause and fix, never with a trace of the program', async () => {
  const held = join(home, 'held')
  mkdirSync(held)
  writeFileSync(join(held, 'held-by.json'), JSON.stringify({ pid: process.pid, url: 'http://127.0.0.1:9', token: 'x' }))
  const starting = join(home, 'starting')
  mkdirSync(starting)
  writeFileSync(join(starting, 'held-by.json'), JSON.stringify({ pid: process.pid, url: null, token: null }))
  const words = join(home, 'words.txt')
  writeFileSync(words, 'no statement')
  const away = { DATABASE_URL: 'postgres://someone:secret-word@127.0.0.1:9/none' }
  const cases: [string, string[], NodeJS.ProcessEnv, string][] = [
    [held, ['ledger', 'audit'], {}, 'server.unanswered'],
    [starting, ['ledger', 'checkpoint'], {}, 'data.held'],
    [home, ['ledger', 'verify', join(home, 'none.json'), '--key', 'x'], {}, 'file.unusable'],
    [home, ['ledger', 'verify', words, '--key', 'x', '--rotations', words], {}, 'rotations.unreadable'],
    [join(home, 'away'), ['keys', 'status'], away, 'database.unreachable'],
  ]
  for (const [data, given, settings, code] of cases) {
    const answer = await xinheng(data, [...given, '--json'], settings)
    const { error } = JSON.parse(answer.out) as { error: { code: string; message: { zh: string }; fix: { en: string } } }
    assert.deepEqual([answer.code, error.code, error.message.zh !== '', error.fix.en !== ''], [1, code, true, true])
    assert.doesNotMatch(answer.out + answer.err, /\n +at |secret-word/)
  }
  const served = await xinheng(join(home, 'away'), ['serve', '--port', '0'], away)
  assert.deepEqual([served.code, /→ /.test(served.err), /\n +at /.test(served.err + served.out)], [1, true, false], served.err)
})
