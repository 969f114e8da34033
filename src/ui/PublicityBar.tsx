import { daysBetween, type Day } from '../kernel/day.ts'
import { daysInEnglish } from './DayText.tsx'
import { t } from './language.ts'
import { useSurroundings } from './surroundings.tsx'

/** A period of publicity as time: from, the earliest day on which it may be ended (a tick), until, and where today stands. */
export function PublicityBar({ from, tickOn, tickSays, until, on }: { readonly from: string; readonly tickOn?: string | null; readonly tickSays?: string; readonly until: string | null; readonly on: boolean }) {
  const { today } = useSurroundings()
  if (!until) return <span className="x-small x-quiet">{on ? t(`${from} 起公示，长期`, `public from ${from}, without end`) : t('不公示', 'not public')}</span>
  const whole = Math.max(1, daysBetween(from as Day, until as Day))
  const left = daysBetween(today, until as Day)
  const percent = (at: string) => Math.min(100, Math.max(0, (daysBetween(from as Day, at as Day) / whole) * 100))
  const words = on && left >= 0 ? t(`公示中，还剩 ${left} 天`, `public, ${daysInEnglish(left)} left`) : t('公示已结束', 'publicity ended')
  return (
    <div className={`x-publicity ${on && left >= 0 ? '' : 'x-ended'}`}>
      <div className="x-track" role="img" aria-label={`${from} – ${until}. ${words}`}>
        <div className="x-past" style={{ width: `${percent(today)}%` }} />
        {tickOn && tickOn > from && tickOn < until && <div className="x-tick" style={{ left: `${percent(tickOn)}%` }} title={`${tickSays ?? ''} ${tickOn}`} />}
      </div>
      <div className="x-ends x-num"><span>{from}</span><span>{words}</span><span>{until}</span></div>
      {tickOn && tickOn > from && tickOn < until && <div className="x-quiet">{tickSays ?? t('最早可结束', 'may end from')} <span className="x-num">{tickOn}</span></div>}
    </div>
  )
}
