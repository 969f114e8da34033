import { BasisPopover } from '../../../ui/BasisPopover.tsx'
import type { AnswerOf } from '../../../ui/client.ts'
import { GradeBadge } from '../../../ui/GradeBadge.tsx'
import { t, tt } from '../../../ui/language.ts'
import { Section } from '../../../ui/Layout.tsx'
import { signed } from '../../../ui/Waterfall.tsx'
import type { getModel } from '../contract.ts'

type Model = AnswerOf<typeof getModel>
type Dimension = Model['dimensions'][number]

/** The model as a lawyer reads it: grades, dimensions with their characteristics in words, points and articles, and vetoes. */
export function ModelRules({ model }: { readonly model: Model }) {
  return (
    <div className="m-tabs">
      <div className="m-two">
        <Section title={t('等级', 'Grades')}>
          <table className="m-rules">
            <thead><tr><th scope="col">{t('等级', 'Grade')}</th><th scope="col">{t('得分', 'Score')}</th></tr></thead>
            <tbody>{model.bands.map((band) => <tr key={band.grade}><th scope="row"><GradeBadge grade={band.grade} word={tt(band.title)} /></th><td>{bandWords(band)}</td></tr>)}</tbody>
          </table>
        </Section>
        <Section title={t('一票否决和直接定级', 'What decides the grade outright')}>
          {model.vetoes.length === 0 ? <span className="x-quiet">{t('没有：等级只由得分决定。', 'Nothing: the score alone decides.')}</span> : (
            <table className="m-rules"><thead><tr><th scope="col">{t('情形', 'If')}</th><th scope="col">{t('后果', 'then')}</th><th scope="col">{t('依据', 'Basis')}</th></tr></thead>
              <tbody>{model.vetoes.map((veto, index) => <tr key={index}><th scope="row">{tt(veto.title)}</th><td>{tt(veto.effect)}</td><td>{veto.basis ? <BasisPopover basis={veto.basis} what={tt(veto.title)} /> : <NoBasis />}</td></tr>)}</tbody></table>
          )}
        </Section>
      </div>
      {model.dimensions.map((dimension) => <DimensionSection key={dimension.key} dimension={dimension} />)}
      <Section title={t('依据和说明', 'Bases and notes')}>
        <div className="x-stack" style={{ gap: 8 }}>
          {model.notes.map((note, index) => <p key={index} className="x-prose">{tt(note)}</p>)}
          {model.bases.map((basis, index) => <span key={index} className="x-row"><BasisPopover basis={basis} />{basis.note && <span className="x-small x-quiet">{basis.note}</span>}</span>)}
        </div>
      </Section>
    </div>
  )
}

function DimensionSection({ dimension }: { readonly dimension: Dimension }) {
  const limits = [dimension.weight !== null && t(`权重 ${dimension.weight}%`, `weight ${dimension.weight}%`), limitWords(dimension)].filter(Boolean).join(' · ')
  return (
    <Section title={tt(dimension.title)} after={<span className="m-weight x-quiet">{limits}</span>}>
      <table className="m-rules">
        <thead><tr><th scope="col">{t('指标', 'Characteristic')}</th><th scope="col">{t('分值', 'Points')}</th><th scope="col">{t('依据', 'Basis')}</th></tr></thead>
        <tbody>
          {dimension.characteristics.map((one) => (
            <tr key={one.key}>
              <th scope="row" className="m-words"><span>{tt(one.title)}</span>{tt(one.words) !== tt(one.title) && <span className="x-small x-quiet">{tt(one.words)}</span>}</th>
              <td><dl className="m-points">{one.points.map(({ when, points }, index) => <div key={index} style={{ display: 'contents' }}><dt className="x-quiet">{tt(when)}</dt><dd className={tone(points)}>{signed(points)}</dd></div>)}</dl></td>
              <td>{one.basis ? <BasisPopover basis={one.basis} what={tt(one.title)} /> : <NoBasis />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function NoBasis() {
  return <span className="x-small x-quiet">{t('未单列依据，见文末', 'none of its own, see the end')}</span>
}

/** A band in words: `90 分及以上`. */
export function bandWords({ from, below }: { readonly from: string | null; readonly below: string | null }): string {
  if (from === null && below === null) return t('任何得分', 'any score')
  if (below === null) return t(`${from} 分及以上`, `${from} and more`)
  if (from === null) return t(`低于 ${below} 分`, `below ${below}`)
  return t(`${from} 分至不足 ${below} 分`, `${from} to below ${below}`)
}

function limitWords({ min, max }: Dimension): string | null {
  if (min === null && max === null) return null
  if (min !== null && max !== null) return t(`得分限于 ${min} 至 ${max}`, `kept between ${min} and ${max}`)
  return min !== null ? t(`最低 ${min}`, `at least ${min}`) : t(`最高 ${max}`, `at most ${max}`)
}

function tone(points: string): string {
  return points.startsWith('-') ? 'x-late' : Number(points) > 0 ? 'x-good' : 'x-quiet'
}
