import { t } from '../../../ui/language.ts'
import { percent } from './shares.ts'

const WIDTH = 132
const HEIGHT = 26

/**
 * A department's share month by month as a small line; the same scale (`low` to 1) for every row, so that lines can be compared.
 * A month in which nothing came in leaves a hole. The last month has a dot, the worst one a red one; both stand in the text too.
 */
export function MonthLine({ months, low }: { readonly months: readonly { readonly month: string; readonly share: number | null }[]; readonly low: number }) {
  const known = months.filter((one): one is { month: string; share: number } => one.share !== null)
  if (known.length === 0) return <span className="x-quiet">{t('无报送', 'nothing sent')}</span>
  const at = (index: number) => 4 + (months.length === 1 ? 0.5 : index / (months.length - 1)) * (WIDTH - 8)
  const height = (share: number) => HEIGHT - 5 - ((share - low) / Math.max(0.01, 1 - low)) * (HEIGHT - 9)
  const last = known.at(-1)!
  const worst = known.reduce((least, one) => (one.share < least.share ? one : least))
  const dotOf = ({ month, share }: { month: string; share: number }, look: string) => <circle className={look} r="2.6" cx={at(months.findIndex((one) => one.month === month))} cy={height(share)} />
  const words = t(`${last.month} ${percent(last.share)}，最低 ${worst.month} ${percent(worst.share)}`, `${last.month} ${percent(last.share)}, lowest ${worst.month} ${percent(worst.share)}`)
  return (
    <svg className="l-line" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
      <title>{words}</title>
      <line x1="2" x2={WIDTH - 2} y1={height(1)} y2={height(1)} />
      {runsOf(months).map((run) => run.length === 1
        ? <circle key={run[0]!.index} r="1.4" cx={at(run[0]!.index)} cy={height(run[0]!.share)} />
        : <path key={run[0]!.index} d={run.map(({ index, share }, place) => `${place ? 'L' : 'M'}${at(index).toFixed(1)} ${height(share).toFixed(1)}`).join('')} />)}
      {dotOf(last, 'l-last')}
      {worst.share < 1 && dotOf(worst, 'l-last l-worst')}
    </svg>
  )
}

function runsOf(months: readonly { readonly share: number | null }[]): { index: number; share: number }[][] {
  const runs: { index: number; share: number }[][] = []
  months.forEach(({ share }, index) => {
    if (share === null) return
    const open = runs.at(-1)
    if (open && open.at(-1)!.index === index - 1) open.push({ index, share })
    else runs.push([{ index, share }])
  })
  return runs
}
