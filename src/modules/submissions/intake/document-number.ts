/** A document number (文号) taken apart: `series` is everything but year and serial, in one spelling, so that numbers of one series can be compared. */
export type DocumentNumber = { readonly series: string; readonly year: number; readonly serial: number }

const OPENING = /[〔[(（【［﹝{<《〈]/
const SHAPE = new RegExp(`^(.*?)${OPENING.source}\\s*(\\d{4})\\s*年?\\s*[〕\\])）】］﹞}>》〉]\\s*(.*?)\\s*第?\\s*(\\d{1,9})\\s*(?:[-—－]\\s*\\d{1,3}\\s*)?号?$`)

// Far longer than the standard allows; the pattern would take its time with more.
const LONGEST = 500

/**
 * Takes a document number apart: `三海综执罚决字〔2026〕第12号` → `{ series: '三海综执罚决字', year: 2026, serial: 12 }`. Any brackets; 第 and 号 may
 * be missing; what stands between the year and the serial belongs to the series. Null when there is no year in brackets or no serial.
 */
export function parseDocumentNumber(text: string): DocumentNumber | null {
  if (text.length > LONGEST) return null
  const match = SHAPE.exec(text.normalize('NFKC').replace(/\s/g, ''))
  if (!match) return null
  const year = Number(match[2])
  if (year < 1949 || year > 2099) return null
  const between = match[3]!.replace(/第$/, '')
  return { series: between === '' ? match[1]! : `${match[1]}…${between}`, year, serial: Number(match[4]) }
}

/** One spelling of a document number, by which two writings of the same number are known to be the same: `〔〕`, half-width, no blanks. */
export function canonicalNumber(text: string): string {
  return text.replace(/[\s\u3000\u200b-\u200d\ufeff]/g, '').replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[[(（【［﹝{](\d{4})年?[\])）】］﹞}]/g, '〔$1〕')
}

/** A gap in a series: the serials between the first and the last known ones of a year that are missing. A hint, no proof, of unreported decisions (瞒报). */
export type Gap = { readonly series: string; readonly year: number; readonly from: number; readonly until: number; readonly missing: readonly number[]; readonly missingCount: number }

const LISTED = 200

/**
 * The gaps in document numbers, by series and year. Counting begins at 1 where `fromFirst` is set, else at the lowest number known.
 * At most 200 missing serials are listed for each series and year; `missingCount` has them all.
 */
export function gapsOf(numbers: Iterable<string>, options: { readonly fromFirst?: boolean } = {}): Gap[] {
  const series = new Map<string, { name: string; year: number; serials: Set<number> }>()
  for (const text of numbers) {
    const number = parseDocumentNumber(text)
    if (number === null) continue
    const key = `${number.year} ${number.series}`
    const known = series.get(key) ?? { name: number.series, year: number.year, serials: new Set<number>() }
    known.serials.add(number.serial)
    series.set(key, known)
  }
  return [...series.values()].flatMap(({ name, year, serials }) => {
    const sorted = [...serials].sort((one, other) => one - other)
    const from = options.fromFirst ? 1 : sorted[0]!
    const until = sorted.at(-1)!
    const missingCount = until - from + 1 - sorted.filter((serial) => serial >= from).length
    if (missingCount <= 0) return []
    return [{ series: name, year, from, until, missing: missingOf(sorted, from), missingCount }]
  }).sort((one, other) => other.missingCount - one.missingCount || (one.series < other.series ? -1 : 1))
}

function missingOf(sorted: readonly number[], from: number): number[] {
  const missing: number[] = []
  let next = from
  for (const serial of sorted) {
    for (; next < serial && missing.length < LISTED; next++) missing.push(next)
    next = serial + 1
  }
  return missing
}
