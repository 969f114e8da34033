import { useId, useState } from 'react'
import { Input } from 'antd'
import { CheckCircleFilled, ClockCircleFilled } from '@ant-design/icons'
import { addDays, daysBetween, isDay, type Day } from '../../../kernel/day.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { dayWithWeekday } from '../../../ui/DayText.tsx'
import { t, tt } from '../../../ui/language.ts'
import { Section } from '../../../ui/Layout.tsx'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { useSurroundings } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { addDaysOfWork } from '../contract.ts'

/** The calculator of working days (工作日推算): from a day, so many working days, by the calendar as it was known on a day. */
export function DayCount() {
  const { today } = useSurroundings()
  const [from, setFrom] = useState<string>(today)
  const [count, setCount] = useState('7')
  const [knownOn, setKnownOn] = useState('')
  const [fromId, countId, knownId] = [useId(), useId(), useId()]
  const whole = /^\d{1,4}$/.test(count) && Number(count) <= 2000
  const asked = isDay(from) && whole
  const answer = useEndpoint(addDaysOfWork, { from, count: Number(count), knownOn: isDay(knownOn) ? knownOn : undefined }, { enabled: asked, keep: true })
  const { data } = answer
  return (
    <Section title={t('工作日推算', 'Count working days')} note={t('按国务院公布的放假调休安排，起算日不计入', 'by the holidays that the State Council announced; the first day does not count')}>
      <div className="p-count">
        <form onSubmit={(event) => event.preventDefault()}>
          <label htmlFor={fromId}>{t('起算日（如作出决定之日）', 'From (say, the day of decision)')}<DayInput id={fromId} value={from} onChange={setFrom} /></label>
          <label htmlFor={countId}>{t('工作日数', 'Working days')}<Input id={countId} inputMode="numeric" value={count} onChange={(event) => setCount(event.target.value.trim())} style={{ maxWidth: 180 }} {...(whole ? {} : { status: 'error' as const })} aria-invalid={!whole} />
            {!whole && <span className="x-small x-late" role="alert">{t('请填 0 至 2000 的整数。', 'A whole number from 0 to 2000.')}</span>}</label>
          <label htmlFor={knownId}>{t('按哪天已公布的日历', 'By the calendar as known on')}<DayInput id={knownId} value={knownOn} onChange={setKnownOn} />
            <span className="x-small x-quiet">{t('不填则按现在掌握的全部安排；填写则只用到那一天为止已公布的放假通知，用来复核当时的推算。', 'Empty: all that is known now. A day: only what had been announced by then, to check what was computed at that time.')}</span></label>
        </form>
        <div className="p-answer" aria-live="polite">
          <ProblemPanel problem={answer.error} />
          {!asked && <span className="x-quiet">{t('填好起算日和天数后，这里显示届满之日。', 'Fill in the day and the number; the last day appears here.')}</span>}
          {asked && data && (
            <>
              <span className="x-quiet">{t(`${data.from} 之后第 ${data.count} 个工作日`, `Working day ${data.count} after ${data.from}`)}</span>
              <span className="p-day">{dayWithWeekday(data.day)}</span>
              <span>{data.provisional
                ? <span className="x-tag x-tag-due"><ClockCircleFilled aria-hidden /> {t('暂定', 'provisional')}</span>
                : <span className="x-tag x-tag-good"><CheckCircleFilled aria-hidden /> {t('确定', 'final')}</span>}</span>
              {data.reason && <span className="x-prose">{tt(data.reason)}</span>}
              <span className="x-quiet x-small">{spanWords(data.from as Day, data.day as Day)}</span>
            </>
          )}
        </div>
      </div>
    </Section>
  )
}

function spanWords(from: Day, until: Day): string {
  const days = daysBetween(from, until)
  return t(`相隔 ${days} 个自然日；自 ${addDays(until, 1)} 起即为逾期。`, `${days} calendar days apart; late from ${addDays(until, 1)} on.`)
}
