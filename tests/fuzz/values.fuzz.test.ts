// @clause 4.2, 4.4
import { cellTargets } from './cells.ts'
import { proofTargets } from './proofs.ts'
import { feed } from './suite.ts'
import { targets } from './targets.ts'

feed(targets, [...cellTargets, ...proofTargets])
