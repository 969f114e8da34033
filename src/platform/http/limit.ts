/** How often something may happen: `most` at once, and as many again in `seconds`. */
export type Rate = { readonly most: number; readonly seconds: number }

/** Counts by key, e.g. by address. One process counts for itself. */
export type Limit = {
  /** Takes one; 0 when it may happen, else the seconds until it may. */
  take(key: string, rate: Rate): number
}

const KEPT = 20_000
const GROUPS = 8

/** Whose an address is, for counting: a whole one of IPv4, the first 64 bits of IPv6, of which one line has as many addresses as it likes. */
export function networkOf(address: string): string {
  const four = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (four) return four[1]!
  const [left, right] = address.replace(/%.*$/, '').toLowerCase().split('::').map((part) => part.split(':').filter((group) => group !== ''))
  const groups = right === undefined ? left! : [...left!, ...Array.from({ length: Math.max(0, GROUPS - left!.length - right.length) }, () => '0'), ...right]
  return groups.slice(0, GROUPS / 2).map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}

/** Opens a limit (访问频率限制) as buckets that fill again evenly, so that nobody gains by waiting for a window's edge. `nowMs` must never go back. */
export function openLimit(nowMs: () => number): Limit {
  const buckets = new Map<string, { left: number; at: number; fullAt: number }>()
  return {
    take(key, { most, seconds }) {
      const now = nowMs()
      const perMs = most / (seconds * 1000)
      const bucket = buckets.get(key) ?? { left: most, at: now, fullAt: now }
      const left = Math.min(most, bucket.left + (now - bucket.at) * perMs)
      const may = left >= 1
      bucket.left = may ? left - 1 : left
      bucket.at = now
      bucket.fullAt = now + (most - bucket.left) / perMs
      buckets.delete(key)
      buckets.set(key, bucket)
      if (buckets.size > KEPT) forget(buckets, now)
      return may ? 0 : Math.ceil((1 - left) / perMs / 1000)
    },
  }
}

/** Full buckets say nothing; should all others be too many, the ones longest unused go. */
function forget(buckets: Map<string, { readonly fullAt: number }>, now: number): void {
  for (const [key, { fullAt }] of buckets) if (fullAt <= now) buckets.delete(key)
  for (const key of buckets.keys()) {
    if (buckets.size <= KEPT / 2) return
    buckets.delete(key)
  }
}
