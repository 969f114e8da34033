import { hash } from 'node:crypto'
import type { Problem } from '../../../kernel/refusal.ts'
import { text } from '../../../kernel/text.ts'
import type { FieldValues } from '../intake/index.ts'
import type { RowAbout } from '../queries/flagged.ts'

/** Whether a row stood in the file already: `same` content, or `other` content under the same number and party. */
export type Repeat = { readonly of: number; readonly content: 'same' | 'other' } | null

/** Remembers the rows of one file by document number and party: some fifty bytes a row, outside the heap, so that a file of a million rows does not slow the reading down. */
export function repeatWatch(): { seen(rowNumber: number, about: RowAbout, content: FieldValues): Repeat } {
  let table = emptyTable(1 << 12)
  let rows = 0

  function grow(): void {
    const wider = emptyTable(table.length / FIELDS * 2)
    for (let at = 0; at < table.length; at += FIELDS) {
      if (table[at] !== 0) wider.set(table.subarray(at, at + FIELDS), placeOf(wider, table[at + 1]!, table[at + 2]!, table[at + 3]!))
    }
    table = wider
  }

  return {
    seen(rowNumber, about, sent) {
      const party = about.partyCode ?? about.partyName
      if (party === null) return null
      // Without a document number it is the day that tells one from another: grades of several years stand in one file.
      const key = digest(`${about.documentNumber === null ? `\0${about.decidedOn}` : about.documentNumber}\0${party}`)
      const content = digest(contentOf(sent))
      const at = placeOf(table, key[0]!, key[1]!, key[2]!)
      if (table[at] !== 0) return { of: table[at]!, content: table[at + 4] === content[0] && table[at + 5] === content[1] ? 'same' : 'other' }
      table.set([rowNumber, key[0]!, key[1]!, key[2]!, content[0]!, content[1]!], at)
      if (++rows * 2 > table.length / FIELDS) grow()
      return null
    },
  }
}

/** A row takes six numbers: its own (0: free), three of its key's digest, two of its content's. */
const FIELDS = 6

function emptyTable(places: number): Uint32Array {
  return new Uint32Array(places * FIELDS)
}

/** Where a key stands in a table, or the free place where it belongs. */
function placeOf(table: Uint32Array, one: number, two: number, three: number): number {
  const places = table.length / FIELDS
  for (let place = one & (places - 1); ; place = (place + 1) & (places - 1)) {
    const at = place * FIELDS
    if (table[at] === 0 || (table[at + 1] === one && table[at + 2] === two && table[at + 3] === three)) return at
  }
}

function contentOf(sent: FieldValues): string {
  let content = ''
  for (const id of Object.keys(sent).sort()) content += `${id}\0${sent[id]}\0`
  return content
}

function digest(content: string): readonly number[] {
  const hex = hash('sha1', content)
  return [0, 8, 16].map((at) => Number.parseInt(hex.slice(at, at + 8), 16))
}

/** The problem of a row that contradicts an earlier one of the same file. */
export function contradictsEarlier(of: number, about: RowAbout): Problem {
  const zh = about.documentNumber === null ? `主体“${about.partyCode ?? about.partyName}”` : `文书号“${about.documentNumber}”和相对人`
  const en = about.documentNumber === null ? `subject "${about.partyCode ?? about.partyName}"` : `document number "${about.documentNumber}" and party`
  return {
    code: 'row.contradicts-earlier', severity: 'error', message: text(`与第${of}行是同一${zh}，但内容不同`, `Row ${of} has the same ${en} but other content`),
    fix: text(`核对两行，只保留正确的一行；第${of}行已按原样处理`, `Compare the two rows and keep the right one; row ${of} was dealt with as it stands`),
  }
}
