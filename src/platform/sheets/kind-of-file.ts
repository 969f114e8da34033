import { open } from 'node:fs/promises'
import type { Text } from '../../kernel/text.ts'
import { unreadable } from './refusals.ts'

const OLE = 'd0cf11e0a1b11ae1'
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le')
const SIGNATURES: readonly (readonly [hex: string, name: Text])[] = [
  ['25504446', { zh: 'PDF 文档', en: 'a PDF document' }],
  ['89504e47', { zh: 'PNG 图片', en: 'a PNG picture' }],
  ['ffd8ff', { zh: 'JPEG 图片', en: 'a JPEG picture' }],
  ['47494638', { zh: 'GIF 图片', en: 'a GIF picture' }],
  ['424d', { zh: 'BMP 图片', en: 'a BMP picture' }],
  ['52617221', { zh: 'RAR 压缩包', en: 'a RAR archive' }],
  ['377abcaf', { zh: '7z 压缩包', en: 'a 7z archive' }],
  ['1f8b', { zh: 'gzip 压缩包', en: 'a gzip archive' }],
  ['7b5c727466', { zh: 'RTF 文档', en: 'an RTF document' }],
  ['4f464403', { zh: 'OFD 文档', en: 'an OFD document' }],
]

/** What a file is by its content, whatever its name: a zip archive, or text. Refuses an empty file and every other kind by name. */
export async function kindOfFile(path: string, name: string): Promise<'zip' | 'text'> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(4096)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    const start = head.subarray(0, bytesRead)
    if (bytesRead === 0) throw unreadable('sheet.empty', name)
    const hex = start.subarray(0, 8).toString('hex')
    if (hex.startsWith('504b0304') || hex.startsWith('504b0506')) return 'zip'
    if (hex === OLE) throw unreadable(await holds(file, ENCRYPTED) ? 'sheet.password' : 'sheet.old-xls', name)
    const utf16 = hex.startsWith('fffe') || hex.startsWith('feff')
    const known = SIGNATURES.find(([signature]) => hex.startsWith(signature) && (signature.length > 4 || start.includes(0)))
    if (known) throw unreadable('sheet.wrong-kind', name, known[1])
    const beginning = start.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '').trimStart().slice(0, 200).toLowerCase()
    if (/^<(\?xml|!doctype|html|table|head|meta|style|div)/.test(beginning)) throw unreadable('sheet.web-page', name)
    if (!utf16 && start.some((byte) => byte < 9 || (byte > 13 && byte < 27))) throw unreadable('sheet.wrong-kind', name, { zh: '二进制文件', en: 'a binary file' })
    return 'text'
  } finally {
    await file.close()
  }
}

/** Looks through a file of OLE sectors for a name of its directory, a megabyte at a time. */
async function holds(file: Awaited<ReturnType<typeof open>>, needle: Buffer): Promise<boolean> {
  const block = Buffer.alloc(1 << 20)
  for (let at = 0; ; at += block.length - needle.length) {
    const { bytesRead } = await file.read(block, 0, block.length, at)
    if (block.subarray(0, bytesRead).includes(needle)) return true
    if (bytesRead < block.length) return false
  }
}
