import type { EntryType } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { text } from '../../kernel/text.ts'
import { findAlarms, findSettlements, type Alarm, type Settlement } from './queries/alarms.ts'
import { listMisfits, recomputeSeals, type Seal } from './queries/seals.ts'

/** What a seal says of its stretch of the trail: the digest over every line. */
export const witnessOfSeal = ({ fromId, toId, rows, digest }: Seal): JsonObject => ({ from_id: fromId, to_id: toId, rows, digest })

const WHATS = { changed: text('被改动', 'changed'), removed: text('被删除', 'removed'), added: text('事后加入', 'added afterwards') }
const NAMED = 20

/** What is said of an alarm. */
export const witnessOfAlarm = ({ kind, actor, onDay, subjects, limitWas, fromAt, untilAt }: Omit<Alarm, 'alarmId' | 'raisedAt'>): JsonObject => ({ kind, actor, on: onDay, subjects, limit_was: limitWas, from: fromAt.toISOString(), until: untilAt.toISOString() })
/** What is said of its settlement. */
export const witnessOfSettlement = ({ actor, finding, reason }: Settlement): JsonObject => ({ actor, finding, reason })

/** The kinds of entry of audit: 审计日志封存, whose witness recomputes the digest from the lines as they are now; 告警 and its 处理. */
export const auditEntryTypes: readonly EntryType[] = [{
  name: 'trail.sealed', table: { relation: 'audit.seal', key: 'seal_id' },
  witness: async (db, ids) => new Map((await recomputeSeals(db, ids)).map((seal) => [seal.sealId, witnessOfSeal(seal)])),
  async differs(db, sealId) {
    const misfits = await listMisfits(db, sealId, NAMED)
    if (misfits.length === 0) return null
    return text(`审计日志第 ${misfits.map(({ trailId, what }) => `${trailId} 行${WHATS[what].zh}`).join('、')}`, `The trail: ${misfits.map(({ trailId, what }) => `line ${trailId} was ${WHATS[what].en}`).join(', ')}`)
  },
},
{ name: 'alarm.raised', table: { relation: 'audit.alarm', key: 'alarm_id' }, witness: async (db, ids) => new Map((await findAlarms(db, ids)).map((row) => [row.alarmId, witnessOfAlarm(row)])) },
{ name: 'alarm.settled', table: { relation: 'audit.settlement', key: 'alarm_id' }, witness: async (db, ids) => new Map((await findSettlements(db, ids)).map((row) => [row.alarmId, witnessOfSettlement(row)])) },
]
