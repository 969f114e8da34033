import { hash } from 'node:crypto'
import type { Problem } from '../../../kernel/refusal.ts'
import { text } from '../../../kernel/text.ts'
import type { RowAbout } from '../queries/flagged.ts'

/** Whether a row stood in the file already: `same` content, or `other` content under the same number and party. */
export type Repeat = { readonly of: number; readonly content: 'same' | 'other' } | null

/** Remembers the rows of one file by document number and party: some sixty bytes a row. */
export function repeatWatch(): { seen(rowNumber: number, about: RowAbout, content: Readonly<Record<string, string>>): Repeat } {
  const rows = new Map<string, { readonly rowNumber: number; readonly content: string }>()
  return {
    seen(rowNumber, about, sent) {
      const party = about.partyCode ?? about.partyName
      if (party === null) return null
      // Without a document number it is the day that tells one from another: grades of several years stand in one file.
      const key = digest([about.documentNumber ?? about.decidedOn, party])
      const content = digest(Object.entries(sent).sort(([one], [other]) => (one < other ? -1 : 1)))
      const earlier = rows.get(key)
      if (!earlier) rows.set(key, { rowNumber, content })
      return earlier ? { of: earlier.rowNumber, content: earlier.content === content ? 'same' : 'other' } : null
    },
  }
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

function digest(value: unknown): string {
  return hash('sha1', JSON.stringify(value), 'base64url').slice(0, 20)
}
