/**
 * Money (金额) is held as a whole number of 分 (0.01 yuan) in a bigint. The national standard writes amounts in 万元 with
 * six decimals, N(18,6): 0.000001 万元 is exactly one 分, so nothing is ever rounded.
 */
export type Fen = bigint

const WAN_YUAN = /^([+-]?)(\d{1,12})(?:\.(\d{0,6}))?$/

/** 分 from a text in 万元 with at most six decimals (`"5"`, `"0.050000"`); null when the text is not such an amount. */
export function fenFromWanYuan(text: string): Fen | null {
  const match = WAN_YUAN.exec(text)
  if (!match) return null
  const fen = BigInt(match[2]!) * 1_000_000n + BigInt((match[3] ?? '').padEnd(6, '0'))
  return match[1] === '-' ? -fen : fen
}

/** The exact amount in 万元, without trailing zeros: `50000n` → `"0.05"`. */
export function wanYuanFromFen(fen: Fen): string {
  return decimal(fen, 6)
}

/** The exact amount in 元, with two decimals and thousands separated: `12345678n` → `"123,456.78"`. */
export function yuanFromFen(fen: Fen): string {
  const magnitude = fen < 0n ? -fen : fen
  const whole = (magnitude / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0n ? '-' : ''}${whole}.${(magnitude % 100n).toString().padStart(2, '0')}`
}

/** A scaled whole number as a decimal text without trailing zeros: `decimal(1250n, 2)` → `"12.5"`. */
export function decimal(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0')
  const fraction = places === 0 ? '' : digits.slice(-places).replace(/0+$/, '')
  const whole = places === 0 ? digits : digits.slice(0, -places)
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** The inverse of {@link decimal}: a decimal text as a whole number of the given scale; null if it is no decimal or has more places. */
export function scaled(text: string, places: number): bigint | null {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match || (match[3] ?? '').length > places) return null
  const value = BigInt(match[2]! + (match[3] ?? '').padEnd(places, '0'))
  return match[1] === '-' ? -value : value
}
