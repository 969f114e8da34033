import type { EntryType } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { dayOf } from '../../kernel/day.ts'
import { text, type Text } from '../../kernel/text.ts'
import { findArchives, listArchives, type Archive } from './queries/archives.ts'
import { findAlarms, findSettlements, type Alarm, type Settlement } from './queries/alarms.ts'
import { listMisfits, recomputeSeals, type Seal } from './queries/seals.ts'

/** What a seal says of its stretch of the trail: the digest over every line. */
export const witnessOfSeal = ({ fromId, toId, rows, digest }: Seal): JsonObject => ({ from_id: fromId, to_id: toId, rows, digest })

/** What is said of a stretch that went into a file. */
export const witnessOfArchive = ({ sealId, file, rows, fromAt, untilAt, actor }: Omit<Archive, 'size' | 'archivedAt'>): JsonObject => ({ seal_id: sealId, file, rows, from: fromAt.toISOString(), until: untilAt.toISOString(), actor })

const WHATS = { changed: text('被改动', 'changed'), removed: text('被删除', 'removed'), added: text('事后加入', 'added afterwards') }
/** How many lines that do not fit are named. */
export const NAMED = 20

/** Says which lines of the trail are not what was sealed. */
export function wordsOfMisfits(misfits: readonly { readonly trailId: number; readonly what: keyof typeof WHATS }[]): Text {
  return text(`审计日志第 ${misfits.map(({ trailId, what }) => `${trailId} 行${WHATS[what].zh}`).join('、')}`, `The trail: ${misfits.map(({ trailId, what }) => `line ${trailId} was ${WHATS[what].en}`).join(', ')}`)
}

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
    return misfits.length === 0 ? null : wordsOfMisfits(misfits)
  },
},
{
  name: 'trail.archived', table: { relation: 'audit.archive', key: 'seal_id' },
  witness: async (db, ids) => new Map((await findArchives(db, ids)).map((row) => [row.sealId, witnessOfArchive(row)])),
  async remarks(db) {
    const gone = (await listArchives(db)).filter(({ removed }) => removed)
    if (gone.length === 0) return []
    const lines = gone.reduce((sum, { rows }) => sum + rows, 0)
    const [from, until] = [dayOf(gone[0]!.fromAt), dayOf(gone.at(-1)!.untilAt)]
    return [text(`审计日志 ${gone.length} 段共 ${lines} 行（${from} 至 ${until}）已归档，不在表中；按封存时留存的摘要核验`, `${gone.length} stretches of the trail, ${lines} lines from ${from} to ${until}, stand in archives and not in the table; checked by the digests that were sealed`)]
  },
},
{ name: 'alarm.raised', table: { relation: 'audit.alarm', key: 'alarm_id' }, witness: async (db, ids) => new Map((await findAlarms(db, ids)).map((row) => [row.alarmId, witnessOfAlarm(row)])) },
{ name: 'alarm.settled', table: { relation: 'audit.settlement', key: 'alarm_id' }, witness: async (db, ids) => new Map((await findSettlements(db, ids)).map((row) => [row.alarmId, witnessOfSettlement(row)])) },
]
