// @clause 4.2, X.5
import { lawTargets } from './law.ts'
import { sheetTargets } from './sheets.ts'
import { feed } from './suite.ts'
import { targets } from './targets.ts'

feed(targets, [...lawTargets, ...sheetTargets])
