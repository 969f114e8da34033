import type { World } from '../../engines/procedure/index.ts'
import { sealTrail } from './acts.ts'

/** What audit does once a day: seals what was not sealed for its number. */
export const dailyRuns = [{ name: 'audit.seal', run: (world: World) => sealTrail(world) }]
