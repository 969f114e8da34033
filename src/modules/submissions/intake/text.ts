import type { Cell } from '../../../platform/sheets/index.ts'
import type { Field } from './standard.ts'

/** A character that stays as it is and shows: most texts are told by their first one. */
const PLAIN = /[!-~\u4e00-\u9fff]/
/** Anything that tidying could change. */
const UNTIDY = /[^!-~\u3001-\u301c\u4e00-\u9fff\uff01\uff08\uff09\uff0c\uff1a\uff1b]/

/** True for a cell without content; `/`, `-` and `无` in conditional fields are for the reader of the row to judge. */
export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || cell === null || (typeof cell === 'string' && !PLAIN.test(cell) && tidy(cell) === '')
}

/** Full-width digits, letters and blanks become half-width; Chinese punctuation stays. Invisible characters go; line ends become `\n`. */
export function tidy(text: string): string {
  if (!UNTIDY.test(text)) return text
  return text.replace(/\r\n?/g, '\n').replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\u2000-\u200a\u202f]/g, ' ').replace(/[\u200b-\u200f\u2028-\u202e\u2060\ufeff\p{Co}]|[^\P{Cc}\n\t]/gu, '').replace(/\t/g, ' ').trim()
}

/** A tidy text of one line: blanks between Chinese characters go, others become one. For names and numbers of documents. */
export function oneLine(text: string): string {
  if (!UNTIDY.test(text)) return text
  return tidy(text).replace(/\s+/g, ' ').replace(/(?<=[\p{Script=Han}（）〔〕【】《》、，。；：]) | (?=[\p{Script=Han}（）〔〕【】《》、，。；：])/gu, '')
}

// The same headings and values come again in every row.
const compared = new Map<string, string>()
const COMPARED_LIMIT = 4000

/** The form in which headings and values of code tables are compared: half-width, upper case, without blanks, underscores and punctuation. */
export function comparable(text: string): string {
  const known = compared.get(text)
  if (known !== undefined) return known
  const made = text.normalize('NFKC').toUpperCase().replace(/[\s\p{P}\p{S}\p{Cf}\p{Cc}]/gu, '').normalize('NFC')
  if (compared.size >= COMPARED_LIMIT) compared.clear()
  compared.set(text, made)
  return made
}

/** A heading without what stands in brackets. */
export function withoutBrackets(text: string): string {
  return text.normalize('NFKC').replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|〔[^〔〕]*〕/g, '')
}

/** The digits of a number cell as a plain decimal, when the file holds them all; null when digits were lost (`9.14403E+17`, sixteen digits and more that end in zeros). */
export function plainDigits(text: string): string | null {
  if (/[eE]/.test(text)) {
    const number = Number(text)
    // Up to fifteen digits a spreadsheet keeps exactly, however it writes them.
    return Number.isSafeInteger(number) && Math.abs(number) < 1e15 ? String(number) : null
  }
  const whole = text.replace(/\.0+$/, '')
  return /^\d{16,}$/.test(whole) && whole.slice(15).replace(/0/g, '') === '' ? null : whole
}

/** A cell as text: numbers by their digits, dates as days. Null when digits were lost. */
export function cellText(cell: Cell): string | null {
  if (cell === null) return ''
  if (typeof cell === 'string') return cell
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if ('date' in cell) return cell.date
  return 'broken' in cell ? cell.text : plainDigits(cell.text)
}

/** A text that spreadsheets make of long numbers. */
export function isScientific(text: string): boolean {
  return /^\d(\.\d+)?[eE]\+?\d{2,3}$/.test(text.trim())
}

/** The cell of a field among those of a row. Old layouts split kinds over several columns, which are joined; of other fields the first that is filled counts. */
export function cellOf(cells: readonly Cell[], columns: readonly number[], field: Pick<Field, 'type'>): Cell {
  if (columns.length === 1) {
    const cell = cells[columns[0]!] ?? null
    return isBlank(cell) ? null : cell
  }
  const filled = columns.map((column) => cells[column] ?? null).filter((cell) => !isBlank(cell))
  if (field.type === 'choices' && filled.length > 1 && filled.every((cell) => typeof cell === 'string')) return filled.join(';')
  return filled[0] ?? null
}
