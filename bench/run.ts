// `npm run bench [-- part …] [--subjects N] [--quick] [--write]`: measures the product and, beside it, what one would get otherwise, on this machine, in this run.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { filingPart } from './parts/filing.ts'
import { csvPart, xlsxPart } from './parts/imports.ts'
import { ledgerPart } from './parts/ledger.ts'
import { onePart } from './parts/one.ts'
import { populationPart } from './parts/population.ts'
import { searchPart } from './parts/search.ts'
import type { Part } from './support/part.ts'
import { machine, markdown, printed, type Report, type Row } from './support/report.ts'
import { SETTINGS, startServer } from './support/server.ts'

const FULL = 1_000_000
const QUICK = 20_000
const parts: readonly Part[] = [populationPart, onePart, filingPart, xlsxPart, csvPart, ledgerPart, searchPart]
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const { values, positionals } = parseArgs({ allowPositionals: true, options: { subjects: { type: 'string' }, quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } } })
if (values.write) {
  writePage(JSON.parse(readFileSync(at('results/latest.json'), 'utf8')) as Report)
  process.exit(0)
}
const unknown = positionals.find((name) => !parts.some(({ key }) => key === name))
if (unknown !== undefined) {
  console.error(`no part "${unknown}": ${parts.map(({ key }) => key).join(', ')}`)
  process.exit(2)
}
const subjects = Number(values.subjects ?? (values.quick ? QUICK : FULL))
const wanted = parts.filter(({ key }) => positionals.length === 0 || positionals.includes(key))
const server = await startServer()
const rows: Row[] = []
const measured = new Map<string, number>()
let failed = false
try {
  for (const part of wanted) {
    const began = performance.now()
    console.log(`\n▸ ${part.key}`)
    try {
      for (const row of await part.run({ server, subjects, quick: values.quick, scale: subjects / FULL, measured, note: (line) => console.log(`  ${line}`) })) {
        rows.push({ part: part.key, ...row })
        console.log(printed(rows.at(-1)!))
      }
    } catch (error) {
      failed = true
      console.error(`  part ${part.key} failed`, error)
    }
    console.log(`  (${Math.round((performance.now() - began) / 1000)} s)`)
    // A run that is cut off keeps what it measured.
    keep('partial')
  }
} finally {
  await server.stop()
}

// A run of some parts, or of small sizes, is kept beside the full one and does not replace it.
const whole = wanted.length === parts.length && !failed && subjects === FULL
const report = keep(whole ? 'latest' : 'partial')
if (whole) writePage(report)
const missed = rows.filter(({ met }) => met === false).length
console.log(`\n${rows.filter(({ met }) => met).length} aims met, ${missed} missed${whole ? '; written to bench/results/latest.json and docs/performance.md' : '; written to bench/results/partial.json (docs/performance.md is made by a full run)'}`)
process.exit(failed ? 1 : 0)

function keep(name: 'latest' | 'partial'): Report {
  const package_ = JSON.parse(readFileSync(at('../package.json'), 'utf8')) as { devDependencies: Record<string, string> }
  const made: Report = {
    at: new Date().toISOString(), commit: commit(), machine: machine(),
    versions: { Node: process.version.slice(1), PostgreSQL: server.version.split(' ')[0]!, 'json-rules-engine': package_.devDependencies['json-rules-engine']!, '@gorules/zen-engine': package_.devDependencies['@gorules/zen-engine']! },
    settings: SETTINGS, sizes: { subjects }, rows,
  }
  mkdirSync(at('results'), { recursive: true })
  writeFileSync(at(`results/${name}.json`), `${JSON.stringify(made, null, 1)}\n`)
  return made
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: at('..'), encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}

function writePage(of: Report): void {
  writeFileSync(at('../docs/performance.md'), markdown(of, readFileSync(at('notes.md'), 'utf8')))
}
