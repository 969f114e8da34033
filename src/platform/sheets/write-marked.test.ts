import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { openSheet, writeMarkedSheet } from './index.ts'

test('a workbook with coloured cells is read back by our reader and by another one, with its colours', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'marked-'))
  try {
    const rows = Array.from({ length: 3_000 }, (_, at) => ({ values: [`代码${at}`, '<&"_x0041_', at, '第一行\n第二行'], marked: new Set([at % 2]) }))
    const pieces: Buffer[] = []
    for await (const piece of writeMarkedSheet([{ heading: '名称' }, { heading: '特殊' }, { heading: '数' }, { heading: '原因', kind: 'mark' }], rows, { sheetName: '失败/行' })) pieces.push(piece as Buffer)
    const path = join(folder, 'marked.xlsx')
    writeFileSync(path, Buffer.concat(pieces))
    const sheet = await openSheet(path, { name: 'marked.xlsx' })
    const read = []
    for await (const chunk of sheet.rows) read.push(...chunk)
    assert.deepEqual([sheet.sheetName, read.length], ['失败 行', 3_001])
    assert.deepEqual(read[3_000]!.cells, ['代码2999', '<&"_x0041_', { number: 2999, text: '2999' }, '第一行\n第二行'])
    const other = await readXlsx(Buffer.concat(pieces), { readStyles: true })
    const fillOf = (place: string) => (other.sheets[0]!.cells?.get(place)?.style?.fill as { fgColor?: { rgb?: string } } | undefined)?.fgColor?.rgb ?? null
    assert.match(String(fillOf('1,0')), /FFC7CE/)
    assert.equal(fillOf('1,1'), null)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
