import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import type { TestContext } from 'node:test'
import { crc32, deflateRawSync } from 'node:zlib'
import { openSheet } from '../open.ts'
import type { SheetOptions } from '../open.ts'
import type { SheetRow } from '../cell.ts'

/** A folder for the files of one test, removed at its end. */
export function folder(context: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'sheets-'))
  context.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Writes a file of these bytes and answers its path. */
export function fileOf(context: TestContext, bytes: string | Uint8Array): string {
  const path = join(folder(context), 'file')
  writeFileSync(path, bytes)
  return path
}

/** Writes a stream into a file and answers its path. */
export async function fileFrom(context: TestContext, stream: Readable): Promise<string> {
  const path = join(folder(context), 'file')
  await pipeline(stream, createWriteStream(path))
  return path
}

/** All rows of a file. */
export async function rowsOf(path: string, options: Partial<SheetOptions> = {}): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  for await (const chunk of (await openSheet(path, { name: 'test', ...options })).rows) rows.push(...chunk)
  return rows
}

/** Parts of an archive: text, or bytes that are already deflated with what they claim to be. */
export type Raw = string | { readonly deflated: Buffer; readonly size: number; readonly crc?: number }

/** A zip archive made by hand, so that it can also lie. */
export function zipOf(parts: Record<string, Raw>): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, raw] of Object.entries(parts)) {
    const deflated = typeof raw === 'string' ? deflateRawSync(raw) : raw.deflated
    const size = typeof raw === 'string' ? Buffer.byteLength(raw) : raw.size
    const crc = typeof raw === 'string' ? crc32(raw) : (raw.crc ?? 0)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0); local.writeUInt16LE(20, 4); local.writeUInt16LE(8, 8)
    local.writeUInt32LE(crc, 14); local.writeUInt32LE(deflated.length, 18); local.writeUInt32LE(size, 22); local.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0); entry.writeUInt16LE(20, 4); entry.writeUInt16LE(20, 6); entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(crc, 16); entry.writeUInt32LE(deflated.length, 20); entry.writeUInt32LE(size, 24); entry.writeUInt16LE(Buffer.byteLength(name), 28); entry.writeUInt32LE(offset, 42)
    locals.push(local, Buffer.from(name), deflated)
    directory.push(entry, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + deflated.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(Object.keys(parts).length, 8); end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(listed.length, 12); end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, listed, end])
}

const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook of one sheet (with `before`: a sheet of instructions and a hidden one before it) from the XML of its rows, with styles 0 General, 1 date (14), 2 `yyyy"年"m"月"d"日"`. */
export function workbookOf(sheetData: Raw, more: { book?: string; shared?: Raw; before?: string } = {}): Buffer {
  return zipOf(workbookParts(sheetData, more))
}

/** The parts of that workbook. */
export function workbookParts(sheetData: Raw, more: { book?: string; shared?: Raw; before?: string } = {}): Record<string, Raw> {
  return {
    '_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${OFFICE}">${more.book ?? ''}<sheets>${more.before === undefined ? '' : '<sheet name="填报说明" sheetId="2" r:id="rId4"/><sheet name="字典" sheetId="3" state="hidden" r:id="rId1"/>'}<sheet name="处罚" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="/xl/styles.xml"/><Relationship Id="rId3" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="${OFFICE}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`,
    ...(more.before === undefined ? {} : { 'xl/worksheets/sheet2.xml': `<worksheet><sheetData>${more.before}</sheetData></worksheet>` }),
    'xl/styles.xml': '<styleSheet><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': more.shared ?? '<sst><si><t>文书号</t></si><si><r><t>三海</t></r><r><rPr/><t xml:space="preserve"> 罚</t></r><rPh><t>sān</t></rPh></si></sst>',
    'xl/worksheets/sheet1.xml': typeof sheetData === 'string' ? `<?xml version="1.0"?><worksheet><sheetData>${sheetData}</sheetData></worksheet>` : sheetData,
  }
}
