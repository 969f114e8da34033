// @clause 4.3, X.4
import { z } from 'zod'
import { act, systemActor, type World } from '../../engines/procedure/index.ts'
import { planBasis } from '../../kernel/basis.ts'
import { dayOf, type Day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { witnessOfAlarm, witnessOfSettlement } from './entries.ts'
import { findAlarms, insertAlarm, insertSettlement, listReading, type Reading } from './queries/alarms.ts'

/** When reading is unusual: `policy/national/audit/unusual-reading.yaml`. */
export type ReadingRules = {
  readonly many: { readonly subjects: number; readonly minutes: number }
  readonly hours: { readonly from: number; readonly until: number; readonly subjects: number }
  readonly duties: { readonly subjects: number }
}
/** Whether the post itself is the purpose for whoever holds these roles: a later module's answer. */
export type ByPost = (on: Day, roles: readonly string[]) => boolean
/** Which of these subjects another department looks after: the register's answer, a later module's. */
export type OfOthers = (db: Queryable, subjectIds: readonly number[], department: string) => Promise<readonly number[]>

/** Whether a route shows of another department's data the public part only, as long as no purpose was said: a later module's answer. */
export type InPart = (route: string) => boolean

const ground = planBasis('records')
const watcher = systemActor('audit')
const MS_PER_HOUR = 3_600_000
/** What is over does not change: a look goes back so far. */
const LOOK_BACK_MS = 24 * MS_PER_HOUR

const raiseAlarm = act({
  name: 'audit.raise-alarm', permission: 'audit.watch', basis: ground,
  input: z.object({ kind: z.enum(['many', 'hours', 'duties']), actor: z.string(), onDay: z.string(), department: z.string().nullable(), subjects: z.number().int(), limitWas: z.number().int(), fromAt: z.coerce.date(), untilAt: z.coerce.date() }),
  async run({ tx, now, enter }, given) {
    const alarm = await insertAlarm(tx, { ...given, onDay: given.onDay as Day, raisedAt: now })
    if (alarm) await enter([{ name: 'alarm.raised', subjectId: null, aboutId: alarm.alarmId, body: witnessOfAlarm(alarm) }])
    return alarm?.alarmId ?? null
  },
})

/** 核查处理告警. Nobody settles an alarm about themselves. Refuses `alarm.missing`, `alarm.settled`, `alarm.own`. */
export const settleAlarm = act({
  name: 'audit.settle', permission: 'audit.settle', basis: ground, input: z.object({ alarmId: z.number().int(), finding: z.enum(['explained', 'misuse']), reason: z.string().trim().min(4).max(500) }),
  async run({ tx, now, actor, enter }, { alarmId, finding, reason }) {
    const [alarm] = await findAlarms(tx, [alarmId])
    if (!alarm) throw alarmMissing()
    if (alarm.actor === actor.id) throw ownAlarm()
    const settlement = { alarmId, at: now, actor: actor.id, finding, reason }
    if (!(await insertSettlement(tx, settlement))) throw settled()
    await enter([{ name: 'alarm.settled', subjectId: null, aboutId: alarmId, body: witnessOfSettlement(settlement) }])
    return { alarmId }
  },
})

/**
 * 查找异常查看: looks at what officers opened one by one during the last day, and raises an alarm for each person, kind and day that passes a figure. What is public of another department's is nobody's outside the duties. Safe to repeat.
 */
export async function lookForUnusual(world: World, { ofOthers, byPost, inPart }: { readonly ofOthers: OfOthers; readonly byPost: ByPost; readonly inPart: InPart }): Promise<void> {
  const now = world.clock.now()
  const reading = await listReading(world.db, new Date(now.getTime() - LOOK_BACK_MS), now)
  for (const [actor, lines] of Map.groupBy(reading, (line) => line.actor)) {
    const raise = async (kind: 'many' | 'hours' | 'duties', found: readonly Reading[], limitWas: number): Promise<void> => {
      const last = found.at(-1)!
      await raiseAlarm.perform(world, watcher, { kind, actor, onDay: dayOf(last.at), department: last.department, subjects: differentIn(found), limitWas, fromAt: found[0]!.at, untilAt: last.at })
    }
    for (const [day, ofDay] of Map.groupBy(lines, (line) => dayOf(line.at))) {
      const rules = world.policy.on(day).value<ReadingRules>('audit/unusual-reading')
      const many = busiest(ofDay, rules.many.minutes)
      if (differentIn(many) > rules.many.subjects) await raise('many', many, rules.many.subjects)
      const late = world.policy.calendar.isWorkingDay(day) ? ofDay.filter(({ at }) => !isWithin(at, day, rules.hours)) : ofDay
      if (differentIn(late) > rules.hours.subjects) await raise('hours', late, rules.hours.subjects)
      const without = ofDay.filter(({ purpose, department, roles, route }) => purpose === null && department !== null && !byPost(day, roles) && !inPart(route))
      if (differentIn(without) <= rules.duties.subjects) continue
      const others = new Set(await ofOthers(world.db, [...new Set(without.map(({ subjectId }) => subjectId))], without[0]!.department!))
      const beyond = without.filter(({ subjectId }) => others.has(subjectId))
      if (differentIn(beyond) > rules.duties.subjects) await raise('duties', beyond, rules.duties.subjects)
    }
  }
}

/** The stretch of so many minutes in which the most different subjects were opened; `lines` are in order of time. */
export function busiest<One extends Pick<Reading, 'at' | 'subjectId'>>(lines: readonly One[], minutes: number): readonly One[] {
  const counts = new Map<number, number>()
  let [from, best, bestFrom, bestTo] = [0, 0, 0, 0]
  lines.forEach(({ at, subjectId }, to) => {
    counts.set(subjectId, (counts.get(subjectId) ?? 0) + 1)
    for (; at.getTime() - lines[from]!.at.getTime() > minutes * 60_000; from++) {
      const left = counts.get(lines[from]!.subjectId)! - 1
      if (left === 0) counts.delete(lines[from]!.subjectId)
      else counts.set(lines[from]!.subjectId, left)
    }
    if (counts.size > best) [best, bestFrom, bestTo] = [counts.size, from, to + 1]
  })
  return lines.slice(bestFrom, bestTo)
}

function differentIn(lines: readonly Pick<Reading, 'subjectId'>[]): number {
  return new Set(lines.map(({ subjectId }) => subjectId)).size
}

function isWithin(at: Date, day: Day, { from, until }: ReadingRules['hours']): boolean {
  const hours = (at.getTime() - new Date(`${day}T00:00:00+08:00`).getTime()) / MS_PER_HOUR
  return hours >= from && hours < until
}


function alarmMissing(): Refusal {
  return new Refusal({ code: 'alarm.missing', status: 404, message: text('没有这条告警', 'There is no such alarm'), fix: text('请从告警列表打开', 'Open it from the list of alarms') })
}

function settled(): Refusal {
  return new Refusal({ code: 'alarm.settled', status: 409, message: text('这条告警已经处理', 'This alarm is settled already'), fix: text('请刷新告警列表', 'Read the list of alarms again') })
}

function ownAlarm(): Refusal {
  return new Refusal({ code: 'alarm.own', status: 403, message: text('不能处理关于本人的告警', 'Nobody settles an alarm about themselves'), fix: text('请由另一位审计管理员处理', 'Ask another audit administrator') })
}
