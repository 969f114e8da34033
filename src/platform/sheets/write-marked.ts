import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import type { SheetColumn, SheetValue } from './write.ts'

/** A row to be written, with the places (from 0) of the cells that are coloured because they are wrong. */
export type MarkedRow = { readonly values: readonly SheetValue[]; readonly marked: ReadonlySet<number> }

const CELL_LIMIT = 32_767
// Places in the list of cell formats below.
const STYLES = { number: 0, heading: 1, text: 2, wrong: 3, mark: 4 } as const

/**
 * An Excel workbook of one sheet in which single cells are coloured, as a stream of bytes: memory stays flat whatever the number of rows.
 * Our own, because the library that writes the other workbooks streams colours by column only.
 */
export function writeMarkedSheet(columns: readonly SheetColumn[], rows: AsyncIterable<MarkedRow> | Iterable<MarkedRow>, { sheetName }: { readonly sheetName: string }): Readable {
  const name = escaped(sheetName.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Sheet1')
  return Readable.from(zipped([
    ['[Content_Types].xml', [`${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SPREADSHEET}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/></Types>`]],
    ['_rels/.rels', [`${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`]],
    ['xl/workbook.xml', [`${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`]],
    ['xl/_rels/workbook.xml.rels', [`${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`]],
    ['xl/styles.xml', [FORMATS]],
    ['xl/worksheets/sheet1.xml', sheetXml(columns, rows)],
  ]), { objectMode: false })
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const fill = (rgb: string) => `<fill><patternFill patternType="solid"><fgColor rgb="FF${rgb}"/></patternFill></fill>`
// Number format 49 is text: codes stay as they are when a person edits them.
const FORMATS = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><sz val="11"/><color rgb="FF9C0006"/><name val="宋体"/></font></fonts><fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill('E7E6E6')}${fill('FFC7CE')}${fill('FFF1CC')}</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf numFmtId="49" fontId="1" fillId="2" applyNumberFormat="1" applyFont="1" applyFill="1"/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="2" fillId="3" applyNumberFormat="1" applyFont="1" applyFill="1"/><xf numFmtId="49" fillId="4" applyNumberFormat="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`

async function* sheetXml(columns: readonly SheetColumn[], rows: AsyncIterable<MarkedRow> | Iterable<MarkedRow>): AsyncGenerator<string, void, undefined> {
  const widths = columns.map(({ heading, width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width ?? Math.min(60, Math.max(12, heading.length * 2.2))}" customWidth="1"/>`).join('')
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`
  yield rowXml(1, columns.map(({ heading }, at) => cellXml(at, 1, heading, STYLES.heading)))
  let number = 1
  let ready = ''
  for await (const { values, marked } of rows) {
    number++
    ready += rowXml(number, values.map((value, at) => cellXml(at, number, value, marked.has(at) ? STYLES.wrong : columns[at]?.kind === 'mark' ? STYLES.mark : STYLES.text)))
    if (ready.length < 65_536) continue
    yield ready
    ready = ''
  }
  yield `${ready}</sheetData></worksheet>`
}

function rowXml(number: number, cells: readonly string[]): string {
  return `<row r="${number}">${cells.join('')}</row>`
}

function cellXml(at: number, row: number, value: SheetValue, style: number): string {
  const place = `${columnLetters(at)}${row}`
  if (value === null || value === undefined || value === '') return style === STYLES.text ? '' : `<c r="${place}" s="${style}"/>`
  if (typeof value === 'number') return `<c r="${place}" s="${STYLES.number}"><v>${value}</v></c>`
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(String(value))}</t></is></c>`
}

function columnLetters(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : columnLetters(Math.floor(at / 26) - 1) + columnLetters(at % 26)
}

/** XML has no control characters, and Excel no longer texts. */
function escaped(text: string): string {
  const short = text.length > CELL_LIMIT ? `${text.slice(0, CELL_LIMIT - 1)}…` : text
  // oxlint-disable-next-line no-control-regex
  return short.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
}

type Written = { readonly name: Buffer; readonly crc: number; readonly compressed: number; readonly inflated: number; readonly offset: number }

/** A zip archive whose sizes stand behind each part, because they are not known before. */
async function* zipped(parts: readonly (readonly [name: string, content: AsyncIterable<string> | Iterable<string>])[]): AsyncGenerator<Buffer, void, undefined> {
  const written: Written[] = []
  let offset = 0
  for (const [partName, content] of parts) {
    const name = Buffer.from(partName)
    const start = offset
    const head = record(0x04034b50, [[2, 20], [2, 0x0808], [2, 8], [4, 0x00210000], [4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]])
    yield Buffer.concat([head, name])
    offset += head.length + name.length
    const sums = { crc: 0, inflated: 0, compressed: 0 }
    const source = Readable.from(counted(content, sums), { objectMode: false })
    const deflated = createDeflateRaw()
    source.on('error', (error) => deflated.destroy(error))
    for await (const piece of source.pipe(deflated) as AsyncIterable<Buffer>) {
      sums.compressed += piece.length
      yield piece
    }
    const tail = record(0x08074b50, [[4, sums.crc], [4, sums.compressed], [4, sums.inflated]])
    yield tail
    offset += sums.compressed + tail.length
    written.push({ name, ...sums, offset: start })
  }
  const directory = Buffer.concat(written.map(({ name, crc, compressed, inflated, offset: at }) => Buffer.concat([
    record(0x02014b50, [[2, 20], [2, 20], [2, 0x0808], [2, 8], [4, 0x00210000], [4, crc], [4, compressed], [4, inflated], [2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, at]]), name])))
  yield directory
  yield record(0x06054b50, [[2, 0], [2, 0], [2, written.length], [2, written.length], [4, directory.length], [4, offset], [2, 0]])
}

async function* counted(content: AsyncIterable<string> | Iterable<string>, sums: { crc: number; inflated: number }): AsyncGenerator<Buffer, void, undefined> {
  for await (const piece of content) {
    const bytes = Buffer.from(piece)
    sums.crc = crc32(bytes, sums.crc)
    sums.inflated += bytes.length
    yield bytes
  }
}

function record(signature: number, fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  const buffer = Buffer.alloc(4 + fields.reduce((sum, [bytes]) => sum + bytes, 0))
  buffer.writeUInt32LE(signature)
  let at = 4
  for (const [bytes, value] of fields) {
    if (bytes === 2) buffer.writeUInt16LE(value, at)
    else buffer.writeUInt32LE(value >>> 0, at)
    at += bytes
  }
  return buffer
}
