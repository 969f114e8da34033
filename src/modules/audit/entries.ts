import type { EntryType } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { text } from '../../kernel/text.ts'
import { listMisfits, recomputeSeals, type Seal } from './queries/seals.ts'

/** What a seal says of its stretch of the trail: the digest over every line. */
export const witnessOfSeal = ({ fromId, toId, rows, digest }: Seal): JsonObject => ({ from_id: fromId, to_id: toId, rows, digest })

const WHATS = { changed: text('被改动', 'changed'), removed: text('被删除', 'removed'), added: text('事后加入', 'added afterwards') }
const NAMED = 20

/** The kinds of entry of audit: 审计日志封存. Its witness recomputes the digest from the lines as they are now. */
export const auditEntryTypes: readonly EntryType[] = [{
  name: 'trail.sealed', table: { relation: 'audit.seal', key: 'seal_id' },
  witness: async (db, ids) => new Map((await recomputeSeals(db, ids)).map((seal) => [seal.sealId, witnessOfSeal(seal)])),
  async differs(db, sealId) {
    const misfits = await listMisfits(db, sealId, NAMED)
    if (misfits.length === 0) return null
    return text(`审计日志第 ${misfits.map(({ trailId, what }) => `${trailId} 行${WHATS[what].zh}`).join('、')}`, `The trail: ${misfits.map(({ trailId, what }) => `line ${trailId} was ${WHATS[what].en}`).join(', ')}`)
  },
}]
