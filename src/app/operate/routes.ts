import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Asked } from '../../engines/procedure/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import type { Xinheng } from '../boot.ts'
import { writeBackup } from './backup.ts'
import { listKeys, makeBackup, retireKeys, rotateKeys } from './contract.ts'
import { keysOf, retire, rotate } from './keys.ts'
import { summaryOf } from './summary.ts'

/** Routes of the operator's own. */
export function operateRoutes(xinheng: Xinheng, version: string): readonly Route<Asked>[] {
  const { database, data, world } = xinheng
  return [
    route(listKeys, async (_asked: Asked) => keysOf(xinheng)),
    route(rotateKeys, async (_asked: Asked, { newKey }) => rotate(xinheng, newKey)),
    route(retireKeys, async (_asked: Asked) => retire(xinheng)),
    route(makeBackup, async (_asked: Asked, { keys }) => {
      const now = world.clock.now()
      mkdirSync(join(data, 'backups'), { recursive: true, mode: 0o700 })
      const file = resolve(data, 'backups', `xinheng-${now.toISOString().replace(/[:.]/g, '-')}.tar`)
      return { file, ...summaryOf(await writeBackup({ database, data, out: file, version, now, keys })) }
    }),
  ] as readonly Route<Asked>[]
}
