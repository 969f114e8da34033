import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** A subject that an officer opened by itself, not in a list. */
export type Reading = { readonly at: Date; readonly actor: string; readonly department: string | null; readonly roles: readonly string[]; readonly subjectId: number; readonly route: string; readonly purpose: string | null }
/** Unusual reading (异常查看): by what, who, when, how many different subjects, beyond which figure. */
export type Alarm = {
  readonly alarmId: number; readonly kind: 'many' | 'hours' | 'duties'; readonly actor: string; readonly onDay: Day; readonly department: string | null; readonly subjects: number; readonly limitWas: number
  readonly fromAt: Date; readonly untilAt: Date; readonly raisedAt: Date
}
/** What became of an alarm. */
export type Settlement = { readonly alarmId: number; readonly at: Date; readonly actor: string; readonly finding: 'explained' | 'misuse'; readonly reason: string }
/** An alarm with what became of it. */
export type AlarmRow = Alarm & { readonly settledAt: Date | null; readonly settledBy: string | null; readonly finding: Settlement['finding'] | null; readonly reason: string | null }

/** What officers opened in a time, in order. A list shows many subjects at once and tells nothing of whom somebody looked for. */
export async function listReading(db: Queryable, from: Date, until: Date): Promise<Reading[]> {
  const { rows } = await sql<Reading>`select at, actor, department, to_jsonb(roles) as roles, subject_ids[1] as "subjectId", route, purpose from audit.trail
    where at > ${from} and at <= ${until} and kind in ('view', 'export') and outcome = 'given' and cardinality(subject_ids) = 1 and actor like 'officer:%' order by at, trail_id`.execute(db)
  return rows
}

const columns = sql`alarm_id as "alarmId", kind, alarm.actor, on_day as "onDay", department, subjects, limit_was as "limitWas", from_at as "fromAt", until_at as "untilAt", raised_at as "raisedAt"`

/** Raises an alarm; null when that person, kind and day have one. */
export async function insertAlarm(tx: Tx, one: Omit<Alarm, 'alarmId'>): Promise<Alarm | null> {
  const { rows } = await sql<Alarm>`insert into audit.alarm (kind, actor, on_day, department, subjects, limit_was, from_at, until_at, raised_at)
    values (${one.kind}, ${one.actor}, ${one.onDay}, ${one.department}, ${one.subjects}, ${one.limitWas}, ${one.fromAt}, ${one.untilAt}, ${one.raisedAt}) on conflict do nothing returning ${columns}`.execute(tx)
  return rows[0] ?? null
}

/** Alarms by number. */
export async function findAlarms(db: Queryable, ids: readonly number[]): Promise<Alarm[]> {
  const { rows } = await sql<Alarm>`select ${columns} from audit.alarm where alarm_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Keeps what became of an alarm; false when that was decided before. */
export async function insertSettlement(tx: Tx, { alarmId, at, actor, finding, reason }: Settlement): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into audit.settlement (alarm_id, at, actor, finding, reason) values (${alarmId}, ${at}, ${actor}, ${finding}, ${reason}) on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** What became of alarms, by number. */
export async function findSettlements(db: Queryable, ids: readonly number[]): Promise<Settlement[]> {
  const { rows } = await sql<Settlement>`select alarm_id as "alarmId", at, actor, finding, reason from audit.settlement where alarm_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Alarms, the latest first: all, or those that nobody has settled. */
export async function listAlarms(db: Queryable, { open, offset, limit }: { readonly open: boolean; readonly offset: number; readonly limit: number }): Promise<{ rows: AlarmRow[]; total: number }> {
  const from = sql`audit.alarm left join audit.settlement using (alarm_id) where (not ${open} or settlement.reason is null)`
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from ${from}`.execute(db)
  const { rows } = await sql<AlarmRow>`select ${columns}, settlement.at as "settledAt", settlement.actor as "settledBy", finding, reason from ${from} order by alarm_id desc offset ${offset} limit ${limit}`.execute(db)
  return { rows, total: count!.total }
}
