import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import type { Problem } from '../../../kernel/refusal.ts'
import type { RowAbout } from '../queries/flagged.ts'

/** A row that was read and checked by itself, before anything else is known of it. */
export type CheckedRow = {
  readonly rowNumber: number
  /** As it was sent, by field of the standard. */
  readonly cells: Readonly<Record<string, string>>
  /** What it means; null when its cells are not in order. */
  readonly fields: unknown
  readonly problems: readonly Problem[]
  readonly about: RowAbout
  /** The same row stood above already. */
  readonly repeated: boolean
}

/** Checked rows on the way from the reader to the transaction: on disk, so that neither memory nor the transaction grows with the file. */
export type SpoolWriter = { write(rows: readonly CheckedRow[]): Promise<void>; close(): Promise<void> }

/** Opens a spool for writing; whatever stood there is replaced. */
export async function writeSpool(path: string): Promise<SpoolWriter> {
  const file = await open(path, 'w')
  return {
    async write(rows) {
      const body = serialize(rows)
      const head = Buffer.alloc(4)
      head.writeUInt32LE(body.length)
      await file.writev([head, body])
    },
    close: () => file.close(),
  }
}

/** The chunks of a spool, as they were written. */
export async function* readSpool(path: string): AsyncGenerator<CheckedRow[], void, undefined> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of createReadStream(path, { highWaterMark: 1_048_576 }) as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    let at = 0
    while (rest.length - at >= 4 && rest.length - at - 4 >= rest.readUInt32LE(at)) {
      const length = rest.readUInt32LE(at)
      yield deserialize(rest.subarray(at + 4, at + 4 + length)) as CheckedRow[]
      at += 4 + length
    }
    rest = rest.subarray(at)
  }
  if (rest.length > 0) throw new Error(`the spool ${path} ends in the middle of a chunk`)
}
