import { addDays, type Day } from '../../kernel/day.ts'
import type { Chance } from './chance.ts'
import type { DemoDecision, DemoRow } from './decisions.ts'
import type { DemoSubject } from './population.ts'
import type { ReportingDays } from './reporting-day.ts'

/** What is sent in on one day by one department. */
export type DemoSubmission = { readonly on: Day; readonly kind: 'subject' | 'licence' | 'penalty' | 'public-grade'; readonly department: string; readonly rows: readonly DemoRow[] }

/** The registration of a subject as the register's import takes it. */
function registration(subject: DemoSubject, name: string, former?: { readonly name: string; readonly until: Day }): DemoRow {
  const { uscc, typeZh, statusZh, industry, sectors, place, foundedOn, legalRepresentative } = subject
  return {
    ZT_TYSHXYDM: uscc, ZT_MC: name, ZT_LX: typeZh, ZT_ZT: statusZh, ZT_HYDM: industry, ZT_LY: sectors.join(';'), ZT_JC: place, ZT_CLRQ: foundedOn, ZT_FDDBR: legalRepresentative,
    ...(former ? { ZT_CYM: former.name, ZT_BGRQ: former.until } : {}),
  }
}

/** Registrations and changes of name, on reporting days. */
export function registrationsOf(subjects: readonly DemoSubject[], from: Day, reportingDay: ReportingDays): DemoSubmission[] {
  const events = subjects.flatMap((subject) => {
    const first = { on: reportingDay(subject.foundedOn > from ? subject.foundedOn : from), row: registration(subject, subject.name) }
    const { renamed } = subject
    return renamed ? [first, { on: reportingDay(renamed.on), row: registration(subject, renamed.to, { name: subject.name, until: renamed.on }) }] : [first]
  })
  return submissionsOf(events.map(({ on, row }) => ({ on, kind: 'subject', department: 'market-regulation', row })))
}

/** Decisions as their departments send them in; some rows are wrong at first and come again in order, and some are corrected later. */
export function decisionsSent(chance: Chance, decisions: readonly DemoDecision[], until: Day, reportingDay: ReportingDays): DemoSubmission[] {
  const recent = addDays(until, -30)
  return submissionsOf(decisions.flatMap(({ sentOn, kind, department, row }) => {
    const again = reportingDay(addDays(sentOn, chance.between(3, 20)))
    const sent = { on: sentOn, kind, department, row }
    if (chance.with(sentOn > recent ? 0.025 : 0.006)) return [{ ...sent, row: spoiled(chance, row) }, { ...sent, on: again }]
    if (kind === 'penalty' && chance.with(0.012)) return [sent, { ...sent, on: again, row: { ...row, CF_NR: `${row['CF_NR']}（文书补正）` } }]
    return [sent]
  }).filter(({ on }) => on <= until))
}

function submissionsOf(events: readonly { on: Day; kind: DemoSubmission['kind']; department: string; row: DemoRow }[]): DemoSubmission[] {
  return [...Map.groupBy(events, ({ on, kind, department }) => `${on} ${kind} ${department}`).values()].map((group) => {
    const { on, kind, department } = group[0]!
    return { on, kind, department, rows: group.map(({ row }) => row) }
  })
}

/** A row with one of the mistakes that departments really make. */
function spoiled(chance: Chance, row: DemoRow): DemoRow {
  const prefix = 'CF_WSH' in row ? 'CF' : 'XK'
  const code = row[`${prefix}_XDR_SHXYM`]!
  return chance.pick<() => DemoRow>([
    () => ({ ...row, [`${prefix}_XDR_SHXYM`]: `${code.slice(0, 16)}${code[16] === '1' ? '2' : '1'}${code[17]}` }),
    () => ({ ...row, [`${prefix}_XDR_SHXYM`]: `${Number(`9.1460202${chance.between(1000, 9999)}`)}E+17` }),
    () => ({ ...row, [`${prefix}_XDR_MC`]: `${row[`${prefix}_XDR_MC`]}（分店）` }),
    () => ({ ...row, [`${prefix}_JDRQ`]: '' }),
    () => ({ ...row, [`${prefix}_NR`]: '' }),
    () => ({ ...row, [`${prefix}_XDR_LB`]: row[`${prefix}_XDR_LB`] === '个体工商户' ? '法人及非法人组织' : '个体工商户' }),
  ])()
}
