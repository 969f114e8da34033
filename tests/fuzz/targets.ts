import { cellTargets } from './cells.ts'
import type { Target } from './fuzz.ts'

/** Everything that is fed with strange inputs. */
// Targets differ in what they read; whoever runs them hands each only its own inputs.
// oxlint-disable-next-line no-explicit-any
export const targets: readonly Target<any>[] = [...cellTargets]
