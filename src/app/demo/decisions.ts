import { addDays, addMonths, daysBetween, weekdayOf, type Day } from '../../kernel/day.ts'
import { wanYuanFromFen } from '../../kernel/money.ts'
import type { SeededDepartment } from '../../modules/organisation/index.ts'
import type { Chance } from './chance.ts'
import { OFFENCES, PERMISSIONS, type Offence, type Permission } from './offences.ts'
import type { DemoSubject } from './population.ts'
import type { ReportingDays } from './reporting-day.ts'

/** A row as a department sends it: cells by field of the national standard. */
export type DemoRow = Readonly<Record<string, string>>
/** A decision (决定) with the day on which its department sends it in. */
export type DemoDecision = { readonly kind: 'licence' | 'penalty'; readonly department: string; readonly decidedOn: Day; readonly sentOn: Day; readonly row: DemoRow; readonly subject: DemoSubject }

/** What the decisions are made for. */
export type DecisionParts = { readonly from: Day; readonly until: Day; readonly departments: readonly SeededDepartment[]; readonly reportingDay: ReportingDays; readonly licencesPerSubject: number }

const PENALTIES = { good: [0, 0, 0, 0, 0, 0, 1, 1, 1, 2], average: [1, 2, 2, 3, 3, 4, 5], bad: [6, 8, 9, 11, 13, 16, 22] } as const
// Words in document numbers: 海棠 + department's word + kind. Share of decisions that the department sends in late.
const HABITS: Readonly<Record<string, { readonly word: string; readonly late: number }>> = {
  'market-regulation': { word: '市监', late: 0.02 }, tourism: { word: '旅文', late: 0.05 }, environment: { word: '环', late: 0.03 }, housing: { word: '住建', late: 0.18 },
  health: { word: '卫', late: 0.04 }, emergency: { word: '应急', late: 0.01 }, water: { word: '水务', late: 0.11 }, education: { word: '教', late: 0.32 },
}

/** All decisions of the span, in the order in which they are sent in. Some document numbers are left out, as if never reported. */
export function makeDecisions(chance: Chance, subjects: readonly DemoSubject[], parts: DecisionParts): DemoDecision[] {
  const byKey = new Map(parts.departments.map((department) => [department.key, department]))
  const drafts = subjects.flatMap((subject) => [...draftLicences(chance, subject, parts), ...draftPenalties(chance, subject, parts)])
    .filter(({ decidedOn, subject }) => decidedOn >= parts.from && decidedOn <= lastDayOf(subject, parts.until))
    .sort((one, other) => (one.decidedOn < other.decidedOn ? -1 : one.decidedOn > other.decidedOn ? 1 : 0))
  const serials = new Map<string, number>()
  return drafts.map((draft) => {
    const department = byKey.get(draft.department)!
    const { word, late } = HABITS[draft.department]!
    const series = `海棠${word}${draft.kind === 'licence' ? '许' : draft.simple ? '简罚' : '罚'}`
    const year = draft.decidedOn.slice(0, 4)
    const serial = (serials.get(`${series}${year}`) ?? 0) + (draft.kind === 'penalty' && chance.with(0.01) ? 2 : 1)
    serials.set(`${series}${year}`, serial)
    const number = `${series}〔${year}〕${draft.kind === 'penalty' ? '第' : ''}${serial}号`
    const row = draft.kind === 'licence' ? licenceRow(chance, draft, number, department) : penaltyRow(chance, draft, number, department)
    return { kind: draft.kind, department: department.key, decidedOn: draft.decidedOn, sentOn: sentOn(chance, draft.decidedOn, late, parts.reportingDay), row, subject: draft.subject }
  }).filter(({ sentOn: on }) => on <= parts.until)
    .sort((one, other) => (one.sentOn < other.sentOn ? -1 : one.sentOn > other.sentOn ? 1 : 0))
}

type Draft = { readonly department: string; readonly decidedOn: Day; readonly subject: DemoSubject } & (
  | { readonly kind: 'licence'; readonly permission: Permission }
  | { readonly kind: 'penalty'; readonly offence: Offence; readonly simple: boolean }
)

// Whoever is deregistered or revoked now stopped some time ago.
function lastDayOf({ statusZh }: DemoSubject, until: Day): Day {
  return statusZh === '注销' || statusZh === '吊销' ? addDays(until, -200) : until
}

/** The first day in the span on which the subject exists. */
function startOf({ foundedOn }: DemoSubject, from: Day): Day {
  return foundedOn > from ? foundedOn : from
}

function draftLicences(chance: Chance, subject: DemoSubject, { from, until, licencesPerSubject }: DecisionParts): Draft[] {
  const start = startOf(subject, from)
  const span = daysBetween(start, until)
  const wanted = Math.round(licencesPerSubject * (span / daysBetween(from, until)) * (0.4 + 1.2 * chance.next()))
  return Array.from({ length: wanted }, () => {
    const department = chance.with(0.55) ? subject.sector : 'market-regulation'
    return { kind: 'licence', department, decidedOn: workday(chance, addDays(start, chance.between(0, Math.max(0, span)))), subject, permission: chance.pick(PERMISSIONS[department]!) }
  })
}

function draftPenalties(chance: Chance, subject: DemoSubject, { from, until }: DecisionParts): Draft[] {
  const start = startOf(subject, from)
  const span = daysBetween(start, until)
  return Array.from({ length: chance.pick(PENALTIES[subject.temper]) }, () => {
    const department = chance.pick([subject.sector, ...subject.sectors])
    const offences = OFFENCES[department]!.filter(({ serious }) => !serious || (subject.temper === 'bad' && chance.with(0.5)))
    const offence = chance.pick(offences)
    // Real records cool down: most violations of the better ones lie some time back.
    const age = subject.temper === 'bad' ? chance.next() : Math.sqrt(chance.next())
    return { kind: 'penalty', department, decidedOn: workday(chance, addDays(until, -Math.floor(age * span))), subject, offence, simple: offence.kinds === '警告' && chance.with(0.3) }
  })
}

function workday(chance: Chance, on: Day): Day {
  const weekday = weekdayOf(on)
  return weekday > 5 ? addDays(on, 4 - weekday - chance.between(0, 1)) : on
}

// Whoever is late has its decisions ready only some weeks later.
function sentOn(chance: Chance, decidedOn: Day, late: number, reportingDay: ReportingDays): Day {
  return reportingDay(chance.with(late) ? addDays(decidedOn, chance.between(12, 45)) : decidedOn)
}

function partyCells(prefix: 'XK' | 'CF', { name, renamed, uscc, category, legalRepresentative }: DemoSubject, decidedOn: Day): DemoRow {
  return {
    [`${prefix}_XDR_MC`]: renamed !== null && decidedOn >= renamed.on ? renamed.to : name, [`${prefix}_XDR_LB`]: category,
    [`${prefix}_XDR_SHXYM`]: uscc, [`${prefix}_FRDB`]: legalRepresentative,
  }
}

function licenceRow(chance: Chance, { subject, decidedOn, permission }: Extract<Draft, { kind: 'licence' }>, number: string, { zh, uscc }: SeededDepartment): DemoRow {
  const { title, certificate, content, kind, years } = permission
  return {
    ...partyCells('XK', subject, decidedOn), XK_XKWS: title, XK_WSH: number, XK_XKLB: kind, XK_XKZS: certificate, XK_XKBH: `46020200${chance.between(100000, 999999)}`,
    XK_NR: content, XK_JDRQ: decidedOn, XK_YXQZ: decidedOn, XK_YXQZI: years === null ? '2099-12-31' : addDays(addMonths(decidedOn, years * 12), -1),
    XK_XKJG: zh, XK_XKJGDM: uscc, XK_ZT: '1', XK_LYDW: zh, XK_LYDWDM: uscc,
  }
}

function penaltyRow(chance: Chance, { subject, decidedOn, offence, simple }: Extract<Draft, { kind: 'penalty' }>, number: string, { zh, uscc }: SeededDepartment): DemoRow {
  const yuan = (range?: readonly [number, number]) => (range ? Math.round(chance.between(...range) / 100) * 100 : 0)
  const [fine, confiscated] = [yuan(offence.fine), yuan(offence.confiscated)]
  const parts = [fine > 0 ? `罚款人民币${fine}元` : '', confiscated > 0 ? `没收${confiscated}元` : '', fine === 0 && confiscated === 0 ? '警告' : ''].filter(Boolean)
  const wan = (amount: number): string => wanYuanFromFen(BigInt(amount) * 100n)
  return {
    ...partyCells('CF', subject, decidedOn), CF_WSH: number, CF_WFXW: offence.type, CF_SY: offence.facts, CF_YJ: offence.basis, CF_CFLB: offence.kinds, CF_NR: parts.join('，'),
    ...(fine > 0 ? { CF_NR_FK: wan(fine) } : {}), ...(confiscated > 0 ? { CF_NR_WFFF: wan(confiscated) } : {}),
    ...(/吊销|暂扣/.test(offence.kinds) ? { CF_NR_ZKDX: `许可证 46020200${chance.between(1000, 9999)}` } : {}),
    CF_JDRQ: decidedOn, CF_YXQ: addMonths(decidedOn, 12), CF_CFJG: zh, CF_CFJGDM: uscc, CF_SJLY: zh, CF_SJLYDM: uscc, ...(simple ? { BZ: '适用简易程序' } : {}),
  }
}
