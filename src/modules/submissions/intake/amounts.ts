import { fenFromWanYuan } from '../../../kernel/money.ts'
import type { Fen } from '../../../kernel/money.ts'
import type { Cell } from '../../../platform/sheets/index.ts'
import { tidy } from './text.ts'

/** How an amount was read: exactly, in 分; or why there is none. */
export type AmountRead = { readonly fen: Fen; readonly unit: 'wan-yuan' | 'yuan' } | { readonly wrong: 'amount.unreadable' | 'amount.negative' | 'amount.too-precise' }

/** The unit a column is in when the cell does not say: 万元 by the standard, 元 where the heading says so. */
export type AmountUnit = 'wan-yuan' | 'yuan'

// No amount is longer; the patterns below would take their time with what is.
const LONGEST = 100

/**
 * The amount in a cell, exactly. Numbers with binary leftovers (`0.30000000000000004`) are taken as the fifteen digits that a spreadsheet
 * shows. `5,000元` and `0.5万元` carry their unit themselves. More than six decimals of 万元 are refused, never rounded.
 */
export function readAmount(cell: Cell, unit: AmountUnit = 'wan-yuan'): AmountRead {
  if (cell !== null && typeof cell === 'object' && 'number' in cell) return cell.text.length > LONGEST ? { wrong: 'amount.unreadable' } : exact(shortest(cell.text), unit)
  if (typeof cell !== 'string' || tidy(cell).length > LONGEST) return { wrong: 'amount.unreadable' }
  const text = tidy(cell).normalize('NFKC').replace(/\s/g, '').replace(/^(人民币|RMB|[¥$])+/i, '')
  const match = /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:[eE][+-]?\d{1,2})?)(万元|万|元|圆)?整?$/.exec(text)
  if (!match) return { wrong: 'amount.unreadable' }
  return exact(shortest(match[1]!.replaceAll(',', '')), match[2] === undefined ? unit : match[2].startsWith('万') ? 'wan-yuan' : 'yuan')
}

function exact(text: string, unit: AmountUnit): AmountRead {
  if (/^-.*[1-9]/.test(text)) return { wrong: 'amount.negative' }
  const plain = text.replace(/^[+-]/, '')
  const decimals = /\.(\d*?)0*$/.exec(plain)?.[1]!.length ?? 0
  if (decimals > (unit === 'yuan' ? 2 : 6)) return { wrong: 'amount.too-precise' }
  const trimmed = plain.replace(/\.0*$|(\.\d*?)0+$/, '$1')
  const fen = unit === 'yuan' ? fenFromYuan(trimmed) : fenFromWanYuan(trimmed)
  return fen === null ? { wrong: 'amount.unreadable' } : { fen, unit }
}

/** 分 from a plain decimal in 元 with at most two decimals; null for anything else. */
export function fenFromYuan(text: string): Fen | null {
  const match = /^(\d{1,14})(?:\.(\d{0,2}))?$/.exec(text)
  return match ? BigInt(match[1]! + (match[2] ?? '').padEnd(2, '0')) : null
}

/** A number as a plain decimal. Only texts that no person writes (an exponent; more decimals than any amount has, and more than fifteen digits) are taken to be binary leftovers. */
function shortest(text: string): string {
  const digits = text.replace(/[^\d]/g, '').replace(/^0+/, '').length
  const decimals = /\.(\d*?)0*$/.exec(text)?.[1]!.length ?? 0
  if (!/[eE]/.test(text) && (digits <= 15 || decimals <= 6)) return text
  const number = Number(text)
  return Number.isFinite(number) ? plain(Number(number.toPrecision(15))) : text
}

function plain(number: number): string {
  const text = String(number)
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!match) return text
  const exponent = Number(match[4])
  const digits = match[2]! + (match[3] ?? '')
  if (exponent < 0) return `${match[1]}0.${'0'.repeat(-exponent - 1)}${digits}`
  return match[1] + digits.padEnd(exponent + 1, '0')
}
