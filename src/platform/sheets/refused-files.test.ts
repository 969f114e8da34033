// @clause 4.2
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TestContext } from 'node:test'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { Refusal } from '../../kernel/refusal.ts'
import { openSheet, writeSheet } from './index.ts'
import { fileFrom, fileOf, rowsOf, workbookOf, workbookParts, zipOf } from './testing/files.ts'

async function refusedAs(context: TestContext, code: string, bytes: string | Uint8Array): Promise<Refusal> {
  try {
    await rowsOf(fileOf(context, bytes), { name: '处罚.xlsx' })
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error))
    assert.equal(error.code, code)
    const { message, fix } = error.parts
    for (const sentence of [message.zh, message.en, fix.zh, fix.en]) assert.ok(sentence.length > 5 && !/%[nd]/.test(sentence))
    return error
  }
  assert.fail(`not refused: ${code}`)
}

/** A part that inflates to a repeated block. A flushed piece of deflate stands for itself, so repeating its bytes repeats what it inflates to. */
function inflating(block: Buffer, times: number): { deflated: Buffer; size: number } {
  const piece = deflateRawSync(block, { finishFlush: constants.Z_FULL_FLUSH })
  return { deflated: Buffer.concat([...Array.from({ length: times }, () => piece), Buffer.from([3, 0])]), size: block.length * times }
}

async function drain(path: string): Promise<void> {
  for await (const _ of (await openSheet(path, { name: 'test' })).rows) { /* taken and dropped */ }
}

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')

test('files of the wrong kind are named and refused', async (context) => {
  await refusedAs(context, 'sheet.empty', '')
  await refusedAs(context, 'sheet.old-xls', Buffer.concat([OLE, Buffer.alloc(3000)]))
  await refusedAs(context, 'sheet.password', Buffer.concat([OLE, Buffer.alloc(3_000_000), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(500)]))
  for (const start of ['%PDF-1.7\n', '{\\rtf1']) assert.match((await refusedAs(context, 'sheet.wrong-kind', `${start}${'\0'.repeat(9)}`)).parts.message.en, /PDF|RTF/)
  await refusedAs(context, 'sheet.wrong-kind', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
  await refusedAs(context, 'sheet.wrong-kind', Buffer.from('ffd8ffe000104a464946000101', 'hex'))
  await refusedAs(context, 'sheet.web-page', '\n<html><table><tr><td>1</td></tr></table></html>')
  assert.match((await refusedAs(context, 'sheet.wrong-kind', zipOf({ 'word/document.xml': '<a/>', '_rels/.rels': '<Relationships><Relationship Id="1" Type="x/officeDocument" Target="word/document.xml"/></Relationships>' }))).parts.message.zh, /Word/)
  await refusedAs(context, 'sheet.opendocument', zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<a/>' }))
  await refusedAs(context, 'sheet.wrong-kind', zipOf({ 'a.txt': 'hello' }))
  await refusedAs(context, 'sheet.binary-workbook', zipOf({ '_rels/.rels': '<Relationships><Relationship Id="1" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>', 'xl/workbook.bin': 'x' }))
})

test('a workbook that really is protected by a password is told from an old one', async (context) => {
  const { parts } = await refusedAs(context, 'sheet.password', await writeXlsx({ sheets: [{ name: 's', rows: [['x']] }], encryption: { password: '123', spinCount: 10 } }))
  assert.match(parts.fix.zh, /取消密码/)
})

test('sheets without rows and with too many columns are refused', async (context) => {
  await refusedAs(context, 'sheet.no-rows', workbookOf('<row r="1"><c s="1"/></row>'))
  await refusedAs(context, 'sheet.no-rows', '\n\n , \n')
  await refusedAs(context, 'sheet.too-many-columns', workbookOf('<row r="1"><c r="XFD1"><v>1</v></c></row>'))
  await refusedAs(context, 'sheet.too-many-columns', `${'a,'.repeat(600)}\n`)
  await assert.rejects(rowsOf(fileOf(context, 'a,b\n1,2\n3,4\n'), { limits: { rows: 2 } }), { code: 'sheet.too-many-rows' })
})

test('unmatched quotes in a CSV file are refused with their place', async (context) => {
  const { parts } = await refusedAs(context, 'sheet.csv-quotes', '名称,内容\n甲,"没有结束\n乙,丙\n')
  assert.match(parts.message.zh, /第 2 行/)
})

test('a damaged workbook is refused wherever it was cut, and never gives half its rows as a whole', async (context) => {
  const rows = Array.from({ length: 400 }, (_, at) => [`三海罚〔2026〕${at}号`, String(at * 7919)])
  const path = await fileFrom(context, writeSheet([{ heading: '文书号' }, { heading: '金额' }], rows, { sheetName: 's' }))
  const whole = await import('node:fs').then((fs) => fs.readFileSync(path))
  await fc.assert(fc.asyncProperty(fc.integer({ min: 4, max: whole.length - 1 }), async (length) => {
    await assert.rejects(rowsOf(fileOf(context, whole.subarray(0, length))), Refusal)
  }), { numRuns: 60 })
  await fc.assert(fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
    const changed = Buffer.from(whole)
    changed[at]! ^= by
    const read = await rowsOf(fileOf(context, changed)).catch((error: unknown) => {
      assert.ok(error instanceof Refusal, String(error))
      return null
    })
    if (read !== null) assert.equal(read.length, 401)
  }), { numRuns: 150 })
})

test('any bytes at all are either read or refused', async (context) => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }).map((tail) => Buffer.concat([Buffer.from('PK\x03\x04'), tail])), fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)))
  await fc.assert(fc.asyncProperty(bytes, async (content) => {
    await rowsOf(fileOf(context, content)).catch((error: unknown) => assert.ok(error instanceof Refusal, String(error)))
  }), { numRuns: 200 })
})

test('a workbook whose XML was changed anywhere is read or refused', async (context) => {
  const parts = workbookParts('<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="1"><v>46086</v></c></row>') as Record<string, string>
  const noise = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('<', '>', '"', '&#x110000;', '&amp', '<!--', '<![CDATA[', '</row>', '99999999999', '-1', 'e9', '<c r="ZZZZZZ1">', '../..', 'http://['))
  await fc.assert(fc.asyncProperty(fc.constantFrom(...Object.keys(parts)), fc.nat(400), fc.nat(20), noise, async (name, at, length, by) => {
    const text = parts[name]!
    const changed = zipOf({ ...parts, [name]: text.slice(0, at % text.length) + by + text.slice((at % text.length) + length) })
    await rowsOf(fileOf(context, changed)).catch((error: unknown) => assert.ok(error instanceof Refusal, String(error)))
  }), { numRuns: 400 })
})

test('XML that is cut off or endless is refused, and entities never expand', async (context) => {
  const cut = '<worksheet><sheetData><row><c><v>1</v></c></row>'
  await refusedAs(context, 'sheet.broken', workbookOf({ deflated: deflateRawSync(cut), size: cut.length, crc: crc32(cut) }))
  const entities = `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(50)}">]><worksheet><sheetData><row><c t="str"><v>&b;&b;</v></c></row></sheetData></worksheet>`
  const [row] = await rowsOf(fileOf(context, workbookOf({ deflated: deflateRawSync(entities), size: entities.length, crc: crc32(entities) }))).catch(() => [undefined])
  assert.ok(row === undefined || row.cells[0] === '&b;&b;')
})

test('800 MB of inflated zeros are refused in seconds and in flat memory, whatever the archive claims', async (context) => {
  const zeros = inflating(Buffer.alloc(1 << 20), 800)
  const rows = inflating(Buffer.from('<row><c><v>1</v></c></row>'.repeat(2000)), 700)
  const bombs = [workbookOf(zeros), workbookOf({ ...zeros, size: 1000 }), workbookOf('<row/>', { shared: { ...zeros, size: 1000 } }), workbookOf({ ...rows, size: 1000 })]
  const before = process.memoryUsage().rss
  const started = process.cpuUsage()
  for (const bomb of bombs) await assert.rejects(drain(fileOf(context, bomb)), (error) => error instanceof Refusal && /sheet\.(inflates|broken|too-many-rows)/.test(error.code))
  // Seconds of work, not of waiting: other tests run beside this one.
  const { user, system } = process.cpuUsage(started)
  assert.ok(user + system < 10_000_000, `${user + system}`)
  assert.ok(process.memoryUsage().rss - before < 250_000_000, `${process.memoryUsage().rss - before}`)
})

test('a slow reader is waited for: rows do not pile up in memory', async (context) => {
  const path = await fileFrom(context, writeSheet([{ heading: '内容' }], (function* () { for (let at = 0; at < 40_000; at++) yield [`${at} ${'海棠区'.repeat(60)}`] })(), { sheetName: 's' }))
  const before = process.memoryUsage().heapUsed
  let most = 0
  for await (const _ of (await openSheet(path, { name: 'a', chunk: 1000 })).rows) {
    await new Promise((resolve) => setTimeout(resolve, 3))
    most = Math.max(most, process.memoryUsage().heapUsed - before)
  }
  assert.ok(most < 120_000_000, `${most}`)
})
