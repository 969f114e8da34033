import { Popover } from 'antd'
import { CheckCircleFilled, ClockCircleFilled, ClockCircleOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import type { Basis } from '../kernel/basis.ts'
import { daysBetween, type Day } from '../kernel/day.ts'
import { BasisPopover } from './BasisPopover.tsx'
import { dayWithWeekday, daysInEnglish } from './DayText.tsx'
import { t } from './language.ts'
import { useSurroundings } from './surroundings.tsx'

/** A deadline: the day it ends, the day on which it was met (null while open), by how many working days it was missed, and the rule behind it. */
export type DeadlineParts = {
  readonly on: string | null
  readonly metOn?: string | null
  readonly lateBy?: number | null
  /** The calendar of that year has not been announced: the day may move. */
  readonly provisional?: boolean
  readonly rule?: string
  readonly basis?: Basis | null
  /** Days before the end from which it counts as due soon. */
  readonly soon?: number
}

/** A deadline as icon, colour and date with weekday; the rule opens on click. */
export function DeadlineTag({ on, metOn = null, lateBy = null, provisional = false, rule, basis, soon = 3 }: DeadlineParts) {
  const { today } = useSurroundings()
  if (!on) return <span className="x-quiet">{t('无时限', 'no time limit')}</span>
  const { tone, Icon, words } = lookOf(on, metOn, lateBy, today, soon)
  const body = (
    <div style={{ maxWidth: 320, display: 'grid', gap: 4 }}>
      <strong>{t('截止', 'Due')} {dayWithWeekday(on)}</strong>
      {metOn && <span>{t('办结', 'Met')} {dayWithWeekday(metOn)}</span>}
      {rule && <span>{rule}</span>}
      {provisional && <span className="x-due">{t('暂定：该年度放假安排尚未公布，公布后自动重算。', 'Provisional: the holidays of that year are not announced yet; the day is recomputed when they are.')}</span>}
      <BasisPopover basis={basis} />
    </div>
  )
  return (
    <Popover content={body} trigger="click" destroyOnHidden>
      <button type="button" className={`x-tag x-tag-${tone}`}><Icon /> {words}{provisional && ` · ${t('暂定', 'provisional')}`}</button>
    </Popover>
  )
}

function lookOf(on: string, metOn: string | null, lateBy: number | null, today: Day, soon: number) {
  if (metOn !== null || lateBy !== null) {
    return (lateBy ?? 0) > 0 || (metOn !== null && lateBy === null && metOn > on)
      ? { tone: 'late', Icon: ExclamationCircleFilled, words: lateBy ? t(`迟 ${lateBy} 个工作日`, `${daysInEnglish(lateBy, 'working ')} late`) : t('已逾期办结', 'done late') }
      : { tone: 'good', Icon: CheckCircleFilled, words: t('按时', 'in time') }
  }
  const left = daysBetween(today, on as Day)
  if (left < 0) return { tone: 'late', Icon: ExclamationCircleFilled, words: t(`逾期 ${-left} 天 · ${dayWithWeekday(on)}`, `${daysInEnglish(-left)} late · ${dayWithWeekday(on)}`) }
  if (left <= soon) return { tone: 'due', Icon: ClockCircleFilled, words: left === 0 ? t(`今天截止 · ${dayWithWeekday(on)}`, `due today · ${dayWithWeekday(on)}`) : t(`还剩 ${left} 天 · ${dayWithWeekday(on)}`, `${daysInEnglish(left)} left · ${dayWithWeekday(on)}`) }
  return { tone: 'info', Icon: ClockCircleOutlined, words: dayWithWeekday(on) }
}
