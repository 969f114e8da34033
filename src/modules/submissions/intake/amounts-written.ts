import type { Fen } from '../../../kernel/money.ts'
import { scaled } from '../../../kernel/money.ts'

const NUMERALS: Readonly<Record<string, bigint>> = {
  零: 0n, 〇: 0n, 一: 1n, 壹: 1n, 二: 2n, 贰: 2n, 两: 2n, 三: 3n, 叁: 3n, 四: 4n, 肆: 4n, 五: 5n, 伍: 5n, 六: 6n, 陆: 6n, 七: 7n, 柒: 7n, 八: 8n, 捌: 8n, 九: 9n, 玖: 9n,
}
const UNITS: Readonly<Record<string, bigint>> = { 十: 10n, 拾: 10n, 百: 100n, 佰: 100n, 千: 1000n, 仟: 1000n }

/**
 * The amounts, in 分, that a text of a decision names after a word such as 罚款: `罚款人民币5000元`, `处以0.5万元罚款`, `罚款伍仟元整（¥5,000.00）`.
 * Each amount once. Used to notice a wrong unit, never to fill in an amount.
 */
export function amountsWritten(text: string, word: string): Fen[] {
  const plain = text.slice(0, LONGEST).normalize('NFKC').replace(/\s/g, '')
  if (!plain.includes(word)) return []
  const found = new Set<Fen>()
  const pattern = patterns.get(word) ?? new RegExp(`(?:${word}[^。;；,，0-9零〇一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾]{0,20})(${AMOUNT})|(${AMOUNT})(?:整|的)?(?:\\([^()]*\\))?的?${word}`, 'g')
  patterns.set(word, pattern)
  for (const match of plain.matchAll(pattern)) {
    const fen = fenFrom(match[1] ?? match[2]!)
    if (fen !== null) found.add(fen)
  }
  return [...found]
}

// Longer than the standard allows; the pattern would take its time with more.
const LONGEST = 5000
const patterns = new Map<string, RegExp>()
const AMOUNT = '(?:\\d[\\d,]*(?:\\.\\d+)?|[零〇一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万萬亿]+)(?:亿|万)?(?:元|圆)'

function fenFrom(amount: string): Fen | null {
  const unit = amount.replace(/[元圆]$/, '')
  const digits = /^([\d,]+(?:\.\d+)?)(亿|万)?$/.exec(unit)
  if (!digits) return fenFromNumerals(unit)
  const times = digits[2] === '亿' ? 100_000_000n : digits[2] === '万' ? 10_000n : 1n
  const value = scaled(digits[1]!.replaceAll(',', ''), 6)
  return value === null ? null : (value * times) / 10_000n
}

/** `伍仟` → 500000n (分), `一万二千` → 1200000n. */
function fenFromNumerals(text: string): Fen | null {
  let total = 0n
  let section = 0n
  let digit = 0n
  for (const character of text.replaceAll('萬', '万')) {
    if (character in NUMERALS) digit = NUMERALS[character]!
    else if (character in UNITS) {
      section += (digit === 0n ? 1n : digit) * UNITS[character]!
      digit = 0n
    } else {
      total = character === '亿' ? (total + section + digit) * 100_000_000n : total + (section + digit) * 10_000n
      section = 0n
      digit = 0n
    }
  }
  const yuan = total + section + digit
  return yuan === 0n ? null : yuan * 100n
}
