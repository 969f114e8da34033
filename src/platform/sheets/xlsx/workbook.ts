import { unreadable } from '../refusals.ts'
import type { SheetLimits } from '../cell.ts'
import { attribute, XmlFault, xmlReader } from './xml.ts'
import type { XmlSink } from './xml.ts'
import type { Archive, Part } from './zip.ts'

/** A workbook's sheets and what is needed to read their cells. */
export type Workbook = {
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly part: Part }[]
  readonly since1904: boolean
  /** The style numbers whose cells are dates. */
  readonly dateStyles: ReadonlySet<number>
  readonly shared: readonly string[]
}

/** Hands a part of the archive to a reader of XML, one piece for each step: whoever stops asking stops the reading. */
export async function* readXml(archive: Archive, part: Part, name: string, sink: XmlSink, limit?: number, onShare?: (share: number) => void): AsyncGenerator<void, void, undefined> {
  const decoder = new TextDecoder('utf-8')
  const reader = xmlReader(sink)
  let bytes = 0
  try {
    for await (const chunk of archive.read(part, limit)) {
      onShare?.(Math.min(1, (bytes += chunk.length) / Math.max(1, part.inflated)))
      reader.push(decoder.decode(chunk, { stream: true }))
      yield
    }
    reader.push(decoder.decode())
    reader.end()
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error
    throw unreadable('sheet.broken', name, { zh: `“${part.name}”的内容不是有效的 XML`, en: `"${part.name}" is no valid XML (${error.message})` })
  }
}

/** Reads a workbook's directory, styles and shared texts. Refuses archives that are no workbook, and damaged ones. */
export async function readWorkbook(archive: Archive, name: string, limits: SheetLimits): Promise<Workbook> {
  const { parts } = archive
  if (parts.has('EncryptedPackage') || [...parts.values()].some((part) => part.encrypted)) throw unreadable('sheet.password', name)
  const root = await relations(archive, '_rels/.rels', '', name)
  const main = root.find((relation) => relation.type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'
  if (main.endsWith('.bin')) throw unreadable('sheet.binary-workbook', name)
  const book = parts.get(main)
  if (!book || !main.startsWith('xl/')) refuseOther(archive, name)
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const related = await relations(archive, `${folder}_rels/${main.slice(folder.length)}.rels`, folder, name)
  const sheets: { name: string; hidden: boolean; part: Part }[] = []
  let since1904 = false
  await all(archive, book!, name, (tag, attributes) => {
    if (tag === 'workbookPr') since1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '')
    if (tag !== 'sheet') return
    const relation = related.find(({ id }) => id === attribute(attributes, 'id'))
    const part = relation?.type.endsWith('/worksheet') ? parts.get(relation.target) : undefined
    if (part) sheets.push({ name: attribute(attributes, 'name') ?? '', hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible', part })
  })
  const partOf = (type: string) => parts.get(related.find((relation) => relation.type.endsWith(`/${type}`))?.target ?? '')
  const styles = partOf('styles')
  const strings = partOf('sharedStrings')
  return {
    sheets, since1904,
    dateStyles: styles ? await readDateStyles(archive, styles, name) : new Set(),
    shared: strings ? await readShared(archive, strings, name, limits.sharedBytes) : [],
  }
}

function refuseOther(archive: Archive, name: string): never {
  const has = (start: string) => [...archive.parts.keys()].some((part) => part.startsWith(start))
  if (has('word/')) throw unreadable('sheet.wrong-kind', name, { zh: 'Word 文档', en: 'a Word document' })
  if (has('ppt/')) throw unreadable('sheet.wrong-kind', name, { zh: 'PowerPoint 演示文稿', en: 'a PowerPoint presentation' })
  if (has('xl/')) throw unreadable('sheet.broken', name, { zh: '缺少工作簿目录', en: 'its list of sheets is missing' })
  if (archive.parts.has('content.xml')) throw unreadable('sheet.opendocument', name)
  if (has('Doc_0/') || archive.parts.has('OFD.xml')) throw unreadable('sheet.wrong-kind', name, { zh: 'OFD 文档', en: 'an OFD document' })
  throw unreadable('sheet.wrong-kind', name, { zh: '压缩包', en: 'a zip archive' })
}

async function all(archive: Archive, part: Part, name: string, open: (tag: string, attributes: string) => void): Promise<void> {
  for await (const _ of readXml(archive, part, name, { open, text() {}, close() {} }, 32_000_000)) { /* the sink collects */ }
}

async function relations(archive: Archive, path: string, folder: string, name: string): Promise<{ id: string; type: string; target: string }[]> {
  const part = archive.parts.get(path)
  const found: { id: string; type: string; target: string }[] = []
  if (!part) return found
  await all(archive, part, name, (tag, attributes) => {
    if (tag !== 'Relationship') return
    const target = attribute(attributes, 'Target') ?? ''
    found.push({ id: attribute(attributes, 'Id') ?? '', type: attribute(attributes, 'Type') ?? '', target: pathOf(target, folder) })
  })
  return found
}

/** The name of the part that a relation points to; empty for one outside the archive. */
function pathOf(target: string, folder: string): string {
  try {
    const { protocol, pathname } = new URL(target, `file:///${folder}`)
    return protocol === 'file:' ? decodeURIComponent(pathname).slice(1) : ''
  } catch {
    return ''
  }
}

const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])

async function readDateStyles(archive: Archive, part: Part, name: string): Promise<Set<number>> {
  const formats = new Map<number, string>()
  const dates = new Set<number>()
  let inCells = false
  let style = 0
  const sink: XmlSink = {
    open(tag, attributes) {
      if (tag === 'numFmt') formats.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '')
      else if (tag === 'cellXfs') inCells = true
      else if (tag === 'xf' && inCells) {
        const format = Number(attribute(attributes, 'numFmtId') ?? 0)
        const code = formats.get(format)
        if (code === undefined ? BUILT_IN_DATES.has(format) : isDateFormat(code)) dates.add(style)
        style++
      }
    },
    text() {},
    close(tag) {
      if (tag === 'cellXfs') inCells = false
    },
  }
  for await (const _ of readXml(archive, part, name, sink, 64_000_000)) { /* the sink collects */ }
  return dates
}

/** True for a number format that shows a year or a day; `[Red]`, `[$-804]` and quoted text do not count. */
export function isDateFormat(code: string): boolean {
  return /[yd]|e(?![+-])/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '').replace(/general/gi, ''))
}

async function readShared(archive: Archive, part: Part, name: string, limit: number): Promise<string[]> {
  const shared: string[] = []
  let text: string[] | null = null
  let phonetic = false
  let inText = false
  const sink: XmlSink = {
    open(tag) {
      if (tag === 'si') text = []
      else if (tag === 'rPh') phonetic = true
      else if (tag === 't') inText = !phonetic
    },
    text(piece) {
      if (inText) text?.push(piece)
    },
    close(tag) {
      if (tag === 't') inText = false
      else if (tag === 'rPh') phonetic = false
      else if (tag === 'si') {
        shared.push(decodeEscapes((text ?? []).join('')))
        text = null
      }
    },
  }
  for await (const _ of readXml(archive, part, name, sink, limit)) { /* the sink collects */ }
  return shared
}

/** Workbooks write control characters as `_x000D_`. */
export function decodeEscapes(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text
}
