import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Asked } from '../../engines/procedure/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import type { Xinheng } from '../boot.ts'
import { writeBackup } from './backup.ts'
import { makeBackup } from './contract.ts'
import { summaryOf } from './summary.ts'

/** Routes of the operator's own. */
export function operateRoutes({ database, data, world }: Xinheng, version: string): readonly Route<Asked>[] {
  return [
    route(makeBackup, async (_asked: Asked, { keys }) => {
      const now = world.clock.now()
      mkdirSync(join(data, 'backups'), { recursive: true, mode: 0o700 })
      const file = resolve(data, 'backups', `xinheng-${now.toISOString().replace(/[:.]/g, '-')}.tar`)
      return { file, ...summaryOf(await writeBackup({ database, data, out: file, version, now, keys })) }
    }),
  ] as readonly Route<Asked>[]
}
