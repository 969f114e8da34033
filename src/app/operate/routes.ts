import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Asked } from '../../engines/procedure/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import type { Xinheng } from '../boot.ts'
import { writeBackup } from './backup.ts'
import { archiveTrail } from '../../modules/audit/index.ts'
import * as contract from './contract.ts'
import { listKeys, makeBackup, retireKeys, rotateKeys } from './contract.ts'
import { asOwner } from './owner.ts'
import { keysOf, retire, rotate } from './keys.ts'
import { rotateSigning } from './signing.ts'
import { summaryOf } from './summary.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'

/** Routes of the operator's own. */
export function operateRoutes(xinheng: Xinheng, version: string): readonly Route<Asked>[] {
  const { database, data, world } = xinheng
  return [
    route(listKeys, async (_asked: Asked) => keysOf(xinheng)),
    route(rotateKeys, async ({ actor }: Asked, asked) => rotate(xinheng, actor, asked)),
    route(contract.rotateSigningKey, async ({ world: asking, actor }: Asked) => rotateSigning(xinheng, asking, actor)),
    route(retireKeys, async (_asked: Asked) => retire(xinheng)),
    route(contract.archiveTrail, async (_asked: Asked) => asOwner(xinheng, archiveNeedsOwner, (owner) => archiveTrail(world, owner))),
    route(makeBackup, async (_asked: Asked, { keys }) => {
      const now = world.clock.now()
      mkdirSync(join(data, 'backups'), { recursive: true, mode: 0o700 })
      const file = resolve(data, 'backups', `xinheng-${now.toISOString().replace(/[:.]/g, '-')}.tar`)
      return { file, ...summaryOf(await writeBackup({ database, data, out: file, version, now, keys })) }
    }),
  ] as readonly Route<Asked>[]
}

function archiveNeedsOwner(): Refusal {
  return new Refusal({
    code: 'archive.needs-owner', status: 409, message: text('当前数据库登录不能移出审计日志，没有归档', 'This login of the database may not take lines out of the trail; nothing was archived'),
    fix: text('请在命令行设置 XINHENG_OWNER_URL 后执行 xinheng audit archive', 'Run xinheng audit archive on the command line with XINHENG_OWNER_URL'),
  })
}
