import type { Randomness } from '../../randomness.ts'
import { newRing } from '../ring.ts'
import { sealingOf, type Sealing } from '../sealing.ts'

/** What seals in tests: a ring of its own, kept nowhere. */
export function sealingForTests(randomness: Randomness): Sealing {
  return sealingOf(newRing(randomness, new Date(0)), randomness)
}
