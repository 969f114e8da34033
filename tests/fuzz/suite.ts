import { test } from 'node:test'
import { fuzz, type Target } from './fuzz.ts'

const INPUTS = 100_000

/** Feeds each target its share of a hundred thousand inputs. A failure tells the smallest input found: keep it in the corpus. */
// oxlint-disable-next-line no-explicit-any
export function feed(all: readonly Target<any>[], chosen: readonly Target<any>[]): void {
  const shares = all.reduce((sum, { share }) => sum + share, 0)
  for (const target of chosen) {
    test(`${target.name}: whatever comes is refused with its cause, or read as something that can be read again`, async () => void (await fuzz(target, { inputs: Math.ceil((INPUTS * target.share) / shares), seed: 20261122 })))
  }
}
