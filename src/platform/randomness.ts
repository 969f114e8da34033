import { randomBytes } from 'node:crypto'

/** Where unpredictable bytes come from: salts, keys, tokens. */
export type Randomness = { bytes(count: number): Uint8Array }

/** The operating system's random bytes. */
export const systemRandomness: Randomness = { bytes: (count) => randomBytes(count) }

/** Repeatable bytes for tests and the demo; never for keys. */
export function seededRandomness(seed: number): Randomness {
  const next = seededFraction(seed)
  return { bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256)) }
}

/** A repeatable sequence of fractions in [0, 1) (mulberry32). */
export function seededFraction(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
