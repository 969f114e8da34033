// @clause X.4
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { takeSecrets } from './secrets.ts'

const folder = mkdtempSync(join(tmpdir(), 'xinheng-secrets-'))
after(() => rmSync(folder, { recursive: true }))
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content, { mode: 0o600 })
  return join(folder, name)
}

test('a secret comes from the file that is named for it, unless it is given itself', () => {
  const environment: NodeJS.ProcessEnv = { DATABASE_URL_FILE: file('url', 'postgres://u:p@localhost/x\n'), XINHENG_METRICS_TOKEN: 'given', XINHENG_METRICS_TOKEN_FILE: join(folder, 'missing'), OTHER_FILE: file('other', 'x') }
  takeSecrets(environment)
  assert.deepEqual([environment.DATABASE_URL, environment.XINHENG_METRICS_TOKEN, environment.XINHENG_OWNER_URL, environment.OTHER], ['postgres://u:p@localhost/x', 'given', undefined, undefined])
})

test('a file that is missing or empty is said before anything is opened: never the embedded database in the place of the one that was meant', async () => {
  for (const path of [join(folder, 'missing'), file('empty', '\n')]) {
    const { DATABASE_URL: _, ...env } = process.env
    const { code, err } = await new Promise<{ code: number; err: string }>((done) => execFile(process.execPath, ['src/app/cli.ts', 'keys', 'status', '--data', join(folder, 'data')], { env: { ...env, DATABASE_URL_FILE: path } }, (error, _out, said) => done({ code: error === null ? 0 : Number(error.code), err: said })))
    assert.deepEqual([code, err.includes(path), /\n +at /.test(err)], [1, true, false], err)
  }
})
