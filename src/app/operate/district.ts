// @clause 4.4
import { findCheckpoint } from '../../engines/ledger/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { District } from '../../modules/organisation/index.ts'
import type { Queryable } from '../../platform/db/index.ts'

/** The name of a district's ledger (账本名称), for as long as it is kept. */
export function ledgerOrigin(code: string): string {
  return `xinheng.cn/${code}/ledger`
}

/**
 * Refuses `district.other` when the database holds the ledger of another district than the folder of the law is of: its departments, models and a ledger of
 * another name would be written into what is there, for good, because somebody forgot to name the folder.
 */
export async function mustBeThisDistrict(db: Queryable, { code, zh, en }: District): Promise<void> {
  const origin = (await findCheckpoint(db))?.note.split('\n', 1)[0]
  if (origin === undefined || origin === ledgerOrigin(code)) return
  throw new Refusal({
    code: 'district.other', status: 409, message: text(`数据库中是 ${origin} 的账本，而政策库是${zh}（${code}）的`, `The database holds the ledger ${origin}; the folder of the law is of ${en} (${code})`),
    fix: text('请用 --policy（或 XINHENG_POLICY）指定该地区的政策库；什么都没有写入', 'Name the folder of that district with --policy (or XINHENG_POLICY); nothing was written'),
  })
}
