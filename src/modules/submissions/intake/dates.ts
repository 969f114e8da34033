import type { Day } from '../../../kernel/day.ts'
import { dayOf, isDay } from '../../../kernel/day.ts'
import { dayOfSerial } from '../../../platform/sheets/xlsx/rows.ts'
import type { Cell } from '../../../platform/sheets/index.ts'
import { tidy } from './text.ts'

/** How a date was read: the day, or why there is none. */
export type DateRead = { readonly day: Day } | { readonly wrong: 'date.unreadable' | 'date.ambiguous' | 'date.no-day' }

/** What the standard writes for "without end" (长期). */
export const WITHOUT_END = '2099-12-31' as Day

const DIGITS = '〇一二三四五六七八九'
// No date is longer; the patterns below would take their time with what is.
const LONGEST = 60
const FIRST_SERIAL = 10_000
const LAST_SERIAL = 80_000

/**
 * The day that a cell holds: a date cell, an Excel serial (1900 system), `2026-3-5`, `2026/3/5`, `2026.3.5`, `2026年3月5日`, `20260305`,
 * `二〇二六年三月五日`, each with or without a time of day. Dates that can be read in two ways are not guessed.
 */
export function readDate(cell: Cell): DateRead {
  if (cell !== null && typeof cell === 'object') {
    if ('date' in cell) return { day: cell.date }
    if ('number' in cell) return readDigits(cell.text)
    return { wrong: 'date.unreadable' }
  }
  if (typeof cell !== 'string' || tidy(cell).length > LONGEST) return { wrong: 'date.unreadable' }
  const text = fromChineseNumerals(tidy(cell).normalize('NFKC').replace(/\s*([年月日/.\-:])\s*/g, '$1'))
  if (/^\d+(\.\d+)?$/.test(text) && !/^\d{4}\.\d{1,2}$/.test(text)) return readDigits(text)
  const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.exec(text)
  if (instant) {
    const at = new Date(text)
    return Number.isNaN(at.getTime()) || at.getTime() < 0 ? { wrong: 'date.unreadable' } : { day: dayOf(at) }
  }
  const written = /^(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})[日号]?(?:[ T]?\d{1,2}(?::\d{1,2}){1,2}(?:\.\d+)?)?$/.exec(text)
  if (written && ((written[2] === '年') === (written[4] === '月'))) return dayFrom(written[1]!, written[3]!, written[5]!)
  if (/^\d{4}[-/.年]\d{1,2}月?$/.test(text) || /^\d{4}年?$/.test(text)) return { wrong: 'date.no-day' }
  if (/^\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,4}日?$/.test(text)) return { wrong: 'date.ambiguous' }
  return { wrong: 'date.unreadable' }
}

/** True for the words that mean "without end". */
export function meansWithoutEnd(cell: Cell): boolean {
  return typeof cell === 'string' && /^(长期(有效)?|永久(有效)?|无(固定)?期限|无限期|9999-12-31|99991231)$/.test(tidy(cell))
}

function readDigits(text: string): DateRead {
  if (text.length > LONGEST) return { wrong: 'date.unreadable' }
  if (/^\d{8}(\.0+)?$/.test(text)) return dayFrom(text.slice(0, 4), text.slice(4, 6), text.slice(6, 8))
  if (/^\d{14}$/.test(text)) return dayFrom(text.slice(0, 4), text.slice(4, 6), text.slice(6, 8))
  const serial = Number(text)
  if (serial >= FIRST_SERIAL && serial <= LAST_SERIAL) return { day: dayOfSerial(serial) }
  return { wrong: /^\d{4}$/.test(text) ? 'date.no-day' : 'date.unreadable' }
}

function dayFrom(year: string, month: string, date: string): DateRead {
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(day) && day >= '1900-01-01' ? { day } : { wrong: 'date.unreadable' }
}

/** `二〇二六年三月十五日` → `2026年3月15日`; other texts as they are. */
function fromChineseNumerals(text: string): string {
  const match = /^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,3})日$/.exec(text)
  if (!match) return text
  const year = [...match[1]!].map((digit) => (digit === '○' || digit === '零' ? 0 : DIGITS.indexOf(digit))).join('')
  return `${year}年${belowHundred(match[2]!)}月${belowHundred(match[3]!)}日`
}

function belowHundred(text: string): number {
  const [tens, ones] = text.replace('廿', '二十').replace('卅', '三十').split('十')
  if (ones === undefined) return DIGITS.indexOf(text)
  return (tens === '' ? 1 : DIGITS.indexOf(tens!)) * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones))
}
