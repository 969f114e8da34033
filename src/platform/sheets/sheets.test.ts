// @clause 4.2
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { recordsOf } from './csv.ts'
import { openSheet, writeCsv, writeSheet } from './index.ts'
import type { SheetRow } from './index.ts'
import { fileFrom, fileOf, rowsOf, workbookOf } from './testing/files.ts'

test('what is written to a workbook is read back, codes as text', async (context) => {
  const rows = [['914403001922038216', 0.1 + 0.2, '海棠区 <&> "引号"\n换行'], ['00123', null, '']]
  const path = await fileFrom(context, writeSheet([{ heading: '代码', kind: 'text' }, { heading: '金额', kind: 'number' }, { heading: '备注' }], rows, { sheetName: '处罚/2026' }))
  const opened = await openSheet(path, { name: 'a.xlsx' })
  assert.equal(opened.sheetName, '处罚 2026')
  assert.deepEqual(await rowsOf(path), [
    { number: 1, cells: ['代码', '金额', '备注'] },
    { number: 2, cells: ['914403001922038216', { number: 0.30000000000000004, text: '0.30000000000000004' }, '海棠区 <&> "引号"\n换行'] },
    { number: 3, cells: ['00123'] },
  ])
})

test('rows keep their number in the sheet and come in chunks', async (context) => {
  const path = await fileFrom(context, writeSheet([{ heading: '序号' }], Array.from({ length: 1200 }, (_, at) => [at]), { sheetName: 's' }))
  const sizes: number[] = []
  for await (const chunk of (await openSheet(path, { name: 'a', chunk: 500 })).rows) sizes.push(chunk.length)
  assert.deepEqual(sizes, [500, 500, 201])
  const [row] = await rowsOf(fileOf(context, workbookOf('<row r="7"><c r="C7"><v>1</v></c></row>')))
  assert.deepEqual(row, { number: 7, cells: [null, null, { number: 1, text: '1' }] })
})

test('the digits of a number are kept as the file holds them', async (context) => {
  const path = fileOf(context, workbookOf('<row><c><v>9.14403E+17</v></c><c><v>914403001922038216</v></c></row>'))
  assert.deepEqual((await rowsOf(path))[0]!.cells, [{ number: 9.14403e17, text: '9.14403E+17' }, { number: Number('914403001922038216'), text: '914403001922038216' }])
})

test('cells formatted as dates are days, in both date systems and with Chinese formats', async (context) => {
  const cells = '<row><c s="1"><v>46086</v></c><c s="2"><v>46086.75</v></c><c s="0"><v>46086</v></c><c s="1"><v>59</v></c><c s="1"><v>61</v></c></row>'
  assert.deepEqual((await rowsOf(fileOf(context, workbookOf(cells))))[0]!.cells, [{ date: '2026-03-05' }, { date: '2026-03-05' }, { number: 46086, text: '46086' }, { date: '1900-02-28' }, { date: '1900-03-01' }])
  const since1904 = workbookOf('<row><c s="1"><v>44624</v></c></row>', { book: '<workbookPr date1904="1"/>' })
  assert.deepEqual((await rowsOf(fileOf(context, since1904)))[0]!.cells, [{ date: '2026-03-05' }])
})

test('shared texts, rich texts without their readings, formulas and errors are read', async (context) => {
  const cells = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="str"><f>A1&amp;B1</f><v>甲&amp;乙</v></c><c><f>1+1</f><v>2</v></c><c><f>1+1</f></c><c t="e"><v>#N/A</v></c><c t="inlineStr"><is><t>a_x000A_b</t></is></c><c t="b"><v>1</v></c></row>'
  assert.deepEqual((await rowsOf(fileOf(context, workbookOf(cells))))[0]!.cells,
    ['文书号', '三海 罚', '甲&乙', { number: 2, text: '2' }, { broken: 'formula', text: '' }, { broken: 'error', text: '#N/A' }, 'a\nb', true])
})

test('the first visible sheet with rows is read, or the one asked for', async (context) => {
  const path = fileOf(context, workbookOf('<row><c><v>1</v></c></row>'))
  assert.equal((await openSheet(path, { name: 'a', sheet: '处罚' })).sheetName, '处罚')
  await assert.rejects(openSheet(path, { name: 'a', sheet: '许可' }), { code: 'sheet.no-such-sheet' })
})

test('a sheet of instructions before the data is passed over, hidden sheets always', async (context) => {
  const path = fileOf(context, workbookOf('<row><c><v>1</v></c></row>', { before: '<row><c t="str"><v>请逐项填写</v></c></row>' }))
  const prefer = (first: readonly SheetRow[]) => typeof first[0]!.cells[0] !== 'string'
  const opened = await openSheet(path, { name: 'a', prefer })
  assert.deepEqual([opened.sheetName, opened.sheetNames], ['处罚', ['填报说明', '处罚']])
  assert.equal((await openSheet(path, { name: 'a', prefer: () => false })).sheetName, '填报说明')
  assert.deepEqual((await rowsOf(path, { prefer }))[0]!.cells, [{ number: 1, text: '1' }])
})

test('a workbook of another writer is read: merged titles, date cells, shared texts', async (context) => {
  const bytes = await writeXlsx({ sheets: [{ name: '处罚', merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 2 }], columns: [{ width: 30 }, { numFmt: 'yyyy"年"m"月"d"日"' }, {}], rows: [['海棠区行政处罚信息', null, null], ['名称', '决定日期', '金额'], ['甲', new Date('2026-03-05T00:00:00Z'), 0.5], ['甲', 46086, true]] }] })
  assert.deepEqual((await rowsOf(fileOf(context, bytes))).map(({ cells }) => cells), [['海棠区行政处罚信息'], ['名称', '决定日期', '金额'], ['甲', { date: '2026-03-05' }, { number: 0.5, text: '0.5' }], ['甲', { date: '2026-03-05' }, true]])
})

test('what is written can be read by another reader', async (context) => {
  const path = await fileFrom(context, writeSheet([{ heading: '代码' }, { heading: '原因', kind: 'mark' }], [['001', '校验码不正确']], { sheetName: '失败行' }))
  const book = await readXlsx(readFileSync(path), { readStyles: true })
  assert.deepEqual([book.sheets[0]!.name, book.sheets[0]!.rows], ['失败行', [['代码', '原因'], ['001', '校验码不正确']]])
})

test('a GB18030 file of a department is read', async () => {
  const path = join(import.meta.dirname, 'testing', 'fixtures', 'penalties-gb18030.csv')
  const opened = await openSheet(path, { name: '处罚.csv' })
  assert.deepEqual([opened.format, opened.encoding], ['csv', 'gb18030'])
  assert.equal((await rowsOf(path))[1]!.cells[0], '三亚海棠湾镕鑫商贸有限公司')
})

test('CSV is read in every encoding and with every delimiter in use', async (context) => {
  const text = '名称,代码\r\n"海棠, ""一"" 号",="00123"\r\n\r\n乙;丙,\'=1\r\n'
  const expected = [{ number: 1, cells: ['名称', '代码'] }, { number: 2, cells: ['海棠, "一" 号', '00123'] }, { number: 4, cells: ['乙;丙', '=1'] }]
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
  for (const bytes of [text, `\ufeff${text}`, utf16, Buffer.from(utf16).swap16()]) assert.deepEqual(await rowsOf(fileOf(context, bytes)), expected)
  assert.equal((await openSheet(fileOf(context, utf16), { name: 'a' })).encoding, 'utf-16le')
  for (const delimiter of [';', '\t', '|']) {
    assert.deepEqual((await rowsOf(fileOf(context, `名称${delimiter}代码\n甲,乙${delimiter}1\n`)))[1]!.cells, ['甲,乙', '1'])
  }
})

test('a character split between two pieces of a large file stays whole', async (context) => {
  const lines = Array.from({ length: 30_000 }, (_, at) => `${'x'.repeat(at % 3)}海棠区,${at}`)
  const rows = await rowsOf(fileOf(context, lines.join('\n')))
  assert.deepEqual(rows.map((row) => row.cells.join(',')), lines)
})

test('what is written as CSV is read back, and no cell becomes a formula', async (context) => {
  const value = fc.string({ unit: fc.constantFrom('a', '海', ',', '"', '\n', '=', '-', ' ', '1') }).filter((text) => text.trim() !== '' && !text.startsWith("'"))
  await fc.assert(fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 4 }), async (cells) => {
    const path = await fileFrom(context, writeCsv(cells.map(() => ({ heading: 'x,y' })), [cells, cells]))
    for (const line of readFileSync(path, 'utf8').split('\r\n').slice(1)) assert.ok(!line.startsWith('='))
    assert.deepEqual((await rowsOf(path))[1]!.cells, cells)
  }), { numRuns: 40 })
})

test('lines without quotes are read as csv-parse reads them, wherever the text is cut into pieces', async () => {
  const signs = fc.constantFrom('"', '""', ',', ';', '\n', '\r\n', '\r', 'a', '海', ' ', '"x,y"', '"两\n行"', 'x'.repeat(9_000))
  await fc.assert(fc.asyncProperty(fc.array(signs, { maxLength: 40 }).map((all) => all.join('')), fc.array(fc.nat(40_000), { maxLength: 4 }), fc.constantFrom(',', ';'), async (text, cuts, delimiter) => {
    const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((one, other) => one - other), text.length]
    async function* pieces() {
      for (let at = 1; at < places.length; at++) if (places[at]! > places[at - 1]!) yield text.slice(places[at - 1], places[at])
    }
    const whole = () => parse(text, { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: false, record_delimiter: ['\r\n', '\n', '\r'] })
    let expected: string[][] | null = null
    try {
      expected = whole()
    } catch { /* a quote is never closed */ }
    const read = Array.fromAsync(recordsOf(pieces(), delimiter))
    if (expected === null) await assert.rejects(read)
    else assert.deepEqual((await read).flat(), expected)
  }), { numRuns: 3_000 })
})
