// `npm run soak -- --minutes 10 [--subjects 200] [--rate 20]`: the server under steady load on a fresh folder, with memory and errors printed.
// On PostgreSQL with DATABASE_URL (an empty database). Exits 1 on any error, a failed audit, or memory that grows by more than a third after the first fifth.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { soak } from '../src/app/operate/soak.ts'

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, subjects: { type: 'string', default: '200' }, rate: { type: 'string', default: '20' } } })
const data = mkdtempSync(join(tmpdir(), 'xinheng-soak-'))
try {
  const report = await soak({ data, databaseUrl: process.env.DATABASE_URL || undefined, seconds: Number(values.minutes) * 60, subjects: Number(values.subjects), requestsPerSecond: Number(values.rate), importEvery: 10, dayEvery: 30, say: (line) => console.log(line) })
  const { errors, ...figures } = report
  const growth = report.memoryLate / report.memoryEarly - 1
  console.log(JSON.stringify({ ...figures, errors: errors.length, errorRate: errors.length / report.requests, memoryGrowth: Number(growth.toFixed(3)) }, null, 1))
  for (const error of errors.slice(0, 10)) console.error(error)
  process.exitCode = errors.length > 0 || !report.audited || growth > 1 / 3 ? 1 : 0
} finally {
  rmSync(data, { recursive: true, force: true })
}
