import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { Refusal } from '../../src/kernel/refusal.ts'
import { openSheet, writeCsv, writeSheet, type Cell, type SheetRow } from '../../src/platform/sheets/index.ts'
import { workbookOf, workbookParts, zipOf } from '../../src/platform/sheets/testing/files.ts'
import { type Chance, type Target } from './fuzz.ts'
import { mutateText, ofBytes, ofText } from './mutate.ts'

const folder = mkdtempSync(join(tmpdir(), 'xinheng-fuzz-sheets-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, 'file')

async function rowsOf(bytes: Uint8Array | string): Promise<{ format: string; rows: SheetRow[] }> {
  writeFileSync(path, bytes)
  const rows: SheetRow[] = []
  // Small limits, so that reaching them is cheap.
  const sheet = await openSheet(path, { name: '处罚.xlsx', limits: { columns: 500, rows: 5000, inflatedBytes: 4_000_000, sharedBytes: 1_000_000 } })
  for await (const chunk of sheet.rows) rows.push(...chunk)
  return { format: sheet.format, rows }
}

const textOf = (cell: Cell): string => (cell === null ? '' : typeof cell !== 'object' ? String(cell) : 'date' in cell ? cell.date : cell.text)

/** Reads a file: rows, or a refusal with all its sentences. What was read is written and read again. */
async function readAndWrite(bytes: Uint8Array): Promise<string> {
  let read: Awaited<ReturnType<typeof rowsOf>>
  try {
    read = await rowsOf(bytes)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { message, fix } = error.parts
    for (const sentence of [message.zh, message.en, fix.zh, fix.en]) assert.ok(sentence.length > 5 && !/%[nd]/.test(sentence))
    return `${error.code} ${message.en.replace(/"[^"]*"|\d+/g, '').slice(0, 80)}`
  }
  const { format, rows } = read
  for (const { number, cells } of rows) assert.ok(Number.isInteger(number) && number >= 1 && cells.length > 0 && cells.length <= 500)
  const texts = rows.slice(0, 50).map(({ cells }) => cells.map((cell) => (cell === null || textOf(cell).trim() === '' ? null : textOf(cell).replaceAll('\0', '').toWellFormed())))
  const width = Math.max(0, ...texts.map((row) => row.length))
  // Writing takes far longer than reading: one of three will do.
  if (bytes.length % 3 === 0 && width > 0 && width <= 50 && rows.length <= 50) {
    const columns = Array.from({ length: width }, (_, at) => ({ heading: `c${at}` }))
    const again = await rowsOf(Buffer.concat(await Array.fromAsync(writeSheet(columns, texts.map((row) => columns.map((_, at) => row[at] ?? '')), { sheetName: 's' }))))
    // oxlint-disable-next-line no-control-regex
    const comparable = (row: readonly (string | null)[]) => row.map((text) => (text ?? '').replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').trim()).join('\t').trimEnd()
    const want = texts.map(comparable).filter((row) => row !== '')
    const got = again.rows.slice(1).map(({ cells }) => comparable(cells.map(textOf))).filter((row) => row !== '')
    assert.deepEqual(got, want, 'what was read is not what was written of it')
  }
  return `${format} ${Math.min(rows.length, 5)} ${[...new Set(rows.flatMap(({ cells }) => cells.map((cell) => (cell === null ? 'null' : typeof cell === 'object' ? Object.keys(cell)[0] : typeof cell))))].sort().join(' ')}`
}

const ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>名称</t></is></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>9.14403E+17</v></c><c r="C2" s="1"><v>46082</v></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#N/A</v></c><c r="F2"><f>SUM(A1:A2)</f></c><c r="G2" t="str"><f>[1]Sheet1!A1</f><v>外部</v></c></row>'
const inflated = (size: number) => ({ deflated: deflateRawSync(Buffer.alloc(size)), size })
const workbooks = [
  workbookOf(ROWS), workbookOf(ROWS, { before: '<row r="1"><c t="inlineStr"><is><t>说明</t></is></c></row>', book: '<workbookPr date1904="1"/>' }),
  zipOf({ ...workbookParts(ROWS), 'xl/vbaProject.bin': 'macro', 'xl/externalLinks/externalLink1.xml': '<externalLink/>' }),
  zipOf({ ...workbookParts(ROWS), 'xl/sharedStrings.xml': inflated(3_000_000) }), zipOf({ ...workbookParts(ROWS), 'xl/worksheets/sheet1.xml': inflated(5_000_000) }),
  workbookOf(`<row r="1">${Array.from({ length: 600 }, (_, at) => `<c><v>${at}</v></c>`).join('')}</row>`),
  workbookOf('<row r="1"><c r="XFD1"><v>1</v></c></row>'), workbookOf(ROWS).subarray(0, 700),
]
const tables = ['名称,文号,日期\n"三亚,演示","说 ""是""",2026-03-05\n\n=1+1,@x,\'0123\n', 'a;b;c\n1;2;3\n', 'a\tb\n"x\ny"\t="0012"\n', 'a|b\r1|2\r']
const gb18030 = Buffer.from('c3fbb3c62cbafe0ac8fdd1c72c310a', 'hex')
const csvSeeds = [...tables.map((text) => Buffer.from(text)), Buffer.from(`\ufeff${tables[0]}`), Buffer.from(`\ufeff${tables[0]}`, 'utf16le'), Buffer.from(`\ufeff${tables[1]}`, 'utf16le').swap16(), gb18030, Buffer.from(`${'a,'.repeat(600)}\n`), Buffer.from('"never closed\n1,2\n'), Buffer.from('<html><table></table></html>'), Buffer.from('%PDF-1.7\n\0\0')]

const csv: Target<Buffer> = { name: 'csv', share: 1_000, seeds: csvSeeds, ...ofBytes, run: readAndWrite }
const xlsx: Target<Buffer> = { name: 'xlsx', share: 700, seeds: workbooks, ...ofBytes, run: readAndWrite }

type Parts = Readonly<Record<string, string>>
const plain = (parts: ReturnType<typeof workbookParts>): Parts => Object.fromEntries(Object.entries(parts).flatMap(([name, raw]) => (typeof raw === 'string' ? [[name, raw]] : [])))
const xml: Target<Parts> = {
  name: 'xlsx-xml', share: 900, seeds: [plain(workbookParts(ROWS)), plain(workbookParts(ROWS, { before: '<row r="1"><c><v>1</v></c></row>' }))],
  mutate(chance: Chance, parts, other) {
    const names = Object.keys(parts)
    const name = names[Math.floor(chance() * names.length)]!
    if (chance() < 0.03) return Object.fromEntries(Object.entries(parts).filter(([one]) => one !== name))
    return { ...parts, [name]: mutateText(chance, parts[name]!, other[name] ?? '') }
  },
  run: (parts) => readAndWrite(zipOf(parts)),
  * smaller(parts) {
    for (const name of Object.keys(parts)) for (const text of ofText.smaller(parts[name]!)) yield { ...parts, [name]: text }
  },
  kept: { write: (parts) => JSON.stringify(parts), read: (bytes) => JSON.parse(bytes.toString('utf8')) as Parts },
}

const written: Target<readonly string[]> = {
  name: 'csv-written', share: 600, seeds: [['三亚', '=1+1', '0123', 'a"b', 'x\ny', '-5', '@x', ' ']],
  mutate: (chance, cells, other) => cells.with(Math.floor(chance() * cells.length), mutateText(chance, cells[Math.floor(chance() * cells.length)]!, other[Math.floor(chance() * other.length)]!)),
  async run(cells) {
    // oxlint-disable-next-line no-control-regex
    const kept = cells.map((text) => text.replace(/[\u0000-\u0008\u000e-\u001a]/g, '').toWellFormed())
    const { rows } = await rowsOf(Buffer.concat((await Array.fromAsync(writeCsv(kept.map((_, at) => ({ heading: `列${at}` })), [kept]))).map((piece) => Buffer.from(piece))))
    const read = kept.map((_, at) => textOf(rows[1]?.cells[at] ?? null))
    assert.deepEqual(read.map((text) => text.trim()), kept.map((text) => text.trim()))
    return `${read.filter((text) => text !== '').length}`
  },
  * smaller(cells) {
    for (let at = 0; at < cells.length; at++) for (const text of ofText.smaller(cells[at]!)) yield cells.with(at, text)
  },
  kept: { write: (cells) => JSON.stringify(cells), read: (bytes) => JSON.parse(bytes.toString('utf8')) as string[] },
}

/** Everything that reads files. */
export const sheetTargets = [csv, xlsx, xml, written] as const
