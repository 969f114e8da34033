import { Readable } from 'node:stream'
import type { FileStore, KeptFile } from '../../platform/files/file-store.ts'
import { documentKindRefused } from './problems.ts'

/** Largest document (文书) that is taken, in bytes. */
export const DOCUMENT_LIMIT = 50 * 1_048_576

/** Kinds of document by what their bytes say. */
export type DocumentKind = 'application/pdf' | 'image/png' | 'image/jpeg'

/** What the first bytes of a file say it is; null for anything but PDF, PNG and JPEG. A file's name proves nothing. */
export function documentKindOf(head: Uint8Array): DocumentKind | null {
  const starts = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte)
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg'
  // Readers accept a PDF whose mark stands within the first 1,024 bytes; scanners' software uses that.
  return Buffer.from(head.subarray(0, 1024)).includes('%PDF-') ? 'application/pdf' : null
}

/** Keeps an uploaded document by its content's hash. Refuses `record.document-kind` before anything is kept, `file.too-large`, `file.empty`. */
export async function keepDocument(files: FileStore, upload: NodeJS.ReadableStream, limit = DOCUMENT_LIMIT): Promise<KeptFile & { readonly contentType: DocumentKind }> {
  const chunks = (upload as Readable)[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const head: Buffer[] = []
  let size = 0
  let ended = false
  while (size < 1024 && !ended) {
    const { value, done } = await chunks.next()
    if (done) ended = true
    else {
      head.push(Buffer.from(value))
      size += value.length
    }
  }
  const contentType = documentKindOf(Buffer.concat(head))
  if (size > 0 && contentType === null) {
    await chunks.return?.()
    throw documentKindRefused()
  }
  async function* whole() {
    yield* head
    if (!ended) yield* { [Symbol.asyncIterator]: () => chunks }
  }
  return { ...(await files.keep(Readable.from(whole()), limit)), contentType: contentType! }
}
