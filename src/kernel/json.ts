/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/**
 * JSON in one canonical form (the rules of RFC 8785): keys sorted by UTF-16 code units, no white space. Equal values give equal
 * bytes, so that a digest can be recomputed from the tables at any later time. Refuses numbers that JSON cannot hold.
 */
export function canonicalJson(value: Json): string {
  // What is in order already, the engine writes by itself, many times faster.
  return isPlain(value) ? JSON.stringify(value) : ordered(value)
}

function ordered(value: Json): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('JSON has no such number')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(ordered).join(',')}]`
  const object = value as JsonObject
  return `{${Object.keys(object).sort().map((key) => `${JSON.stringify(key)}:${ordered(object[key]!)}`).join(',')}}`
}

/** True when the keys of this object and of all in it stand sorted, and every value is one that JSON has. */
function isInOrder(value: object): boolean {
  if (Array.isArray(value)) return value.every(isPlain)
  let before = ''
  for (const key in value) {
    if (key < before || !isPlain((value as JsonObject)[key])) return false
    before = key
  }
  return true
}

function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case 'string': case 'boolean': return true
    case 'number': return Number.isFinite(value)
    case 'object': return value === null || isInOrder(value)
    default: return false
  }
}

/** True when arrays and objects stand in one another more than so many times. It does not go deeper itself, however deep the value is. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
    if (level.length === 0) return false
  }
  return true
}
