import { readFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dayOf } from '../../src/kernel/day.ts'
import { given, openPostgresql, sql } from '../../src/platform/db/index.ts'
import { openSheet, type Cell } from '../../src/platform/sheets/index.ts'
import { peakMemory, presentMemory, timed } from '../support/measure.ts'
import type { BenchContext, Part } from '../support/part.ts'
import { startProgram } from '../support/program.ts'
import { duration, number } from '../support/report.ts'
import { importBytes, penaltiesFile, penaltyColumns, registerBusinesses } from '../support/rows.ts'

/** A workbook of 100,000 penalties, from the upload to the last row stored. */
export const xlsxPart: Part = { key: 'xlsx', run: (context) => importPart(context, 'xlsx', 100_000) }
/** A CSV file of a million penalties, likewise. */
export const csvPart: Part = { key: 'csv', run: (context) => importPart(context, 'csv', 1_000_000) }

async function importPart({ server, scale, note }: BenchContext, format: 'xlsx' | 'csv', full: number) {
  const rows = Math.max(1_000, Math.round(full * scale))
  const businesses = Math.max(200, Math.round(rows / 20))
  const folder = mkdtempSync(join(tmpdir(), 'xinheng-bench-'))
  const url = await server.database(`import_${format}_${process.pid}`)
  const program = await startProgram(url, { follows: true })
  try {
    note(`${number(businesses)} businesses, a file of ${number(rows)} penalties …`)
    await registerBusinesses(program, businesses)
    const path = join(folder, `penalties.${format}`)
    await penaltiesFile(path, format, rows, businesses, dayOf(new Date()))
    const bytes = readFileSync(path)
    const memory: number[] = []
    const idle = presentMemory(program.pid)
    const { ms } = await timed(() => importBytes(program, 'penalty', `penalties.${format}`, bytes, rows, () => memory.push(presentMemory(program.pid))))
    const peak = peakMemory(program.pid)
    // Memory is flat when the second half of the work needs no more than the first.
    const [early, late] = [Math.max(...memory.slice(0, memory.length / 2)), Math.max(...memory.slice(memory.length / 2))]
    await program.stop()
    note('bare parse and bulk insert …')
    const bare = await bareImport(url, path)
    const perSecond = (rows / ms) * 1000
    const common = `${number(perSecond)} rows/s (${duration(ms)}), peak memory ${number(peak)} MB`
    const beside = `bare parse + bulk insert, nothing checked, nothing linked: ${number((rows / bare) * 1000)} rows/s (${duration(bare)}); ours takes ${number(ms / bare)} ×`
    const figures = { ms, perSecond, bareMs: bare, ratio: ms / bare, peakMb: peak, idleMb: idle, earlyMb: early, lateMb: late, rows }
    return [format === 'xlsx'
      ? { work: `XLSX of ${number(rows)} penalties, from the upload to the last row stored, with entries`, ours: common, beside, aim: '≥ 8,000 rows/s, ≤ 4 ×, ≤ 400 MB', met: perSecond >= 8000 && ms / bare <= 4 && peak <= 400, figures }
      : { work: `CSV of ${number(rows)} penalties, likewise`, ours: `${common}; ${number(early)} MB in the first half, ${number(late)} MB in the second`, beside, aim: '≥ 20,000 rows/s, memory flat', met: perSecond >= 20_000 && late <= early * 1.15, figures }]
  } finally {
    await program.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Milliseconds to read a file and insert its cells as they stand into one table, some thousand rows a statement, in one transaction. */
async function bareImport(url: string, path: string): Promise<number> {
  const { db, close } = openPostgresql(url)
  await sql`create table public.bare (row_number integer, ${sql.join(penaltyColumns.map((name) => sql`${sql.id(name.toLowerCase())} text`))})`.execute(db)
  const { ms } = await timed(() => db.transaction().execute(async (tx) => {
    const sheet = await openSheet(path, { name: path, chunk: 5_000 })
    for await (const chunk of sheet.rows) {
      const columns = Object.fromEntries(penaltyColumns.map((name, at) => [name.toLowerCase(), ['text', chunk.map(({ cells }) => textOf(cells[at] ?? null))] as const]))
      await sql`insert into public.bare select * from ${given({ row_number: ['integer', chunk.map((row) => row.number)], ...columns })}`.execute(tx)
    }
  }))
  await close()
  return ms
}

function textOf(cell: Cell): string | null {
  if (cell === null || typeof cell !== 'object') return cell === null ? null : String(cell)
  return 'date' in cell ? cell.date : cell.text
}
