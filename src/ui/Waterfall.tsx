import type { ReactNode } from 'react'
import { t } from './language.ts'

/** One line of a waterfall. `points` is a decimal as text and shown as it is. */
export type WaterfallLine = { readonly key: string; readonly title: ReactNode; readonly under?: ReactNode; readonly points: string; readonly kind: 'base' | 'step' }

/**
 * From a base to a total, each line one bar that starts where the last one ended. It is a table whose one column is drawn, so that
 * screen readers, copying and printing get the numbers without a second copy.
 */
export function Waterfall({ lines, total, totalTitle, caption }: { readonly lines: readonly WaterfallLine[]; readonly total: string; readonly totalTitle: ReactNode; readonly caption: string }) {
  const steps = spansOf(lines)
  const ends = steps.flatMap(({ from, to }) => [from, to])
  const [low, high] = [Math.min(0, ...ends), Math.max(Number(total), ...ends)]
  // a long base would squeeze the steps that matter: the scale starts just below the lowest point reached after it
  const afterBase = steps.filter((_, index) => lines[index]!.kind !== 'base').flatMap(({ from, to }) => [from, to])
  const least = afterBase.length ? Math.min(...afterBase, Number(total)) : low
  const drawnFrom = low < 0 ? low : least - (high - least) * 0.35 > high * 0.25 ? Math.max(0, least - (high - least) * 0.35) : 0
  const start = Math.floor(drawnFrom)
  const width = Math.max(1e-9, high - start)
  const at = (value: number) => ((Math.max(value, start) - start) / width) * 100
  return (
    <table className="x-fall">
      <caption className="x-hidden">{caption}</caption>
      <thead className="x-hidden"><tr><th scope="col">{t('项目', 'Item')}</th><th scope="col">{t('图示', 'Drawn')}</th><th scope="col">{t('分值', 'Points')}</th></tr></thead>
      <tbody>
        {lines.map((line, index) => {
          const { from, to } = steps[index]!
          const look = line.kind === 'base' ? 'x-base' : to >= from ? 'x-up' : 'x-down'
          return (
            <tr key={line.key}>
              <th scope="row">{line.title}{line.under && <div className="x-under">{line.under}</div>}</th>
              <td className="x-bars"><div className="x-track" aria-hidden="true"><div className={`x-bar ${look}`} style={{ left: `${at(Math.min(from, to))}%`, width: `${Math.abs(at(to) - at(from))}%` }} /></div></td>
              <td className={`x-points ${line.kind === 'base' ? '' : to > from ? 'x-good' : to < from ? 'x-late' : 'x-quiet'}`}>{line.kind === 'base' ? line.points : signed(line.points)}</td>
            </tr>
          )
        })}
        <tr><th scope="row">{totalTitle}{start > 0 && <div className="x-under" aria-hidden="true">{t(`图从 ${Math.floor(start)} 分画起`, `drawn from ${Math.floor(start)} points on`)}</div>}</th><td className="x-bars"><div className="x-track" aria-hidden="true"><div className="x-bar x-total" style={{ left: 0, width: `${at(Number(total))}%` }} /></div></td><td className="x-points">{total}</td></tr>
      </tbody>
    </table>
  )
}

/** A decimal with its sign shown, also the plus; a real minus sign. */
export function signed(points: string): string {
  return points.startsWith('-') ? `−${points.slice(1)}` : Number(points) === 0 ? points : `+${points}`
}

function spansOf(lines: readonly WaterfallLine[]): { from: number; to: number }[] {
  let reached = 0
  return lines.map(({ points }) => {
    const from = reached
    reached += Number(points)
    return { from, to: reached }
  })
}
