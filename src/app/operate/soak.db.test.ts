// @clause X.5
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { freshDatabase } from '../../../tests/support/database.ts'
import { soak } from './soak.ts'

const data = mkdtempSync(join(tmpdir(), 'xinheng-soak-'))
const database = process.env.XINHENG_TEST_DATABASE_URL ? (await freshDatabase()) as { url: string; close(): Promise<void> } : null
after(async () => {
  await database?.close()
  rmSync(data, { recursive: true, force: true })
})

test('ten seconds of requests, imports and daily runs at once leave no error and a clean ledger', async () => {
  const said: string[] = []
  const report = await soak({ data, databaseUrl: database?.url, seconds: 10, subjects: 5, requestsPerSecond: 10, importEvery: 3, dayEvery: 4, say: (line) => said.push(line) })
  assert.deepEqual(report.errors, [])
  assert.ok(report.audited)
  assert.deepEqual([report.imports, report.rows, report.days], [4, 80, 3])
  assert.ok(report.requests >= 40, `${report.requests} requests`)
  assert.match(said.at(-1)!, /requests {2}0 errors \(0\.00 %\) .* MB$/)
})
