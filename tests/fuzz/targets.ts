import { cellTargets } from './cells.ts'
import type { Target } from './fuzz.ts'
import { lawTargets } from './law.ts'
import { proofTargets } from './proofs.ts'
import { sheetTargets } from './sheets.ts'

/** Everything that is fed with strange inputs. */
// Targets differ in what they read; whoever runs them hands each only its own inputs.
// oxlint-disable-next-line no-explicit-any
export const targets: readonly Target<any>[] = [...cellTargets, ...proofTargets, ...lawTargets, ...sheetTargets]
