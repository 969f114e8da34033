import type { AnswerOf } from '../../../ui/client.ts'
import { GradeBadge } from '../../../ui/GradeBadge.tsx'
import { t, tt } from '../../../ui/language.ts'
import { EmptyState, Section } from '../../../ui/Layout.tsx'
import type { getModel } from '../contract.ts'
import { bandWords } from './ModelRules.tsx'
import { ScoreStrip } from './ScoreStrip.tsx'

type Model = AnswerOf<typeof getModel>

/** The model as a statistician sees it: how scores are spread, where the bands lie, how many subjects each grade has. */
export function ModelSpread({ model, onGrade }: { readonly model: Model; onGrade(grade: string): void }) {
  if (model.subjects === 0) return <EmptyState title={t('还没有结果', 'No results yet')} how={t('模型生效并评价后，这里显示得分分布。', 'Once the model is in force and subjects are evaluated, the spread of scores appears here.')} />
  return (
    <div className="m-tabs">
      <Section title={t('得分分布', 'Spread of scores')} note={model.average !== null && t(`平均 ${model.average} 分`, `average ${model.average}`)}>
        <ScoreStrip bins={model.distribution} bands={model.bands} average={model.average} />
        <details>
          <summary className="x-quiet x-small">{t('分布的数字', 'The spread in figures')}</summary>
          <table className="m-rules" style={{ maxWidth: 420 }}>
            <thead><tr><th scope="col">{t('得分', 'Score')}</th><th scope="col">{t('户数', 'Subjects')}</th></tr></thead>
            <tbody>{model.distribution.filter(({ subjects }) => subjects > 0).map(({ from, below, subjects }) => <tr key={from}><th scope="row">{from} – {below}</th><td>{subjects.toLocaleString('en')}</td></tr>)}</tbody>
          </table>
        </details>
      </Section>
      <Section title={t('各等级户数', 'Subjects by grade')} note={t('等级还受一票否决影响，所以与得分区间的户数可能不同', 'vetoes move grades too, so these can differ from the bands above')}>
        <ul className="m-grades">
          {model.grades.map(({ grade, title, subjects }) => {
            const share = (subjects / model.subjects) * 100
            const band = model.bands.find((one) => one.grade === grade)
            return (
              <li key={grade}>
                <GradeBadge grade={grade} word={tt(title)} />
                <span className="m-track" aria-hidden title={band && bandWords(band)}>{subjects > 0 && <span style={{ width: `${share}%` }} />}</span>
                <span className="x-num x-right">{subjects === 0 ? <span className="x-quiet">0</span> : <button type="button" className="x-bare" style={{ color: 'var(--x-accent)' }} onClick={() => onGrade(grade)}>{t(`${subjects.toLocaleString('en')} 户`, subjects.toLocaleString('en'))}</button>} <span className="x-quiet">{share < 0.05 && subjects > 0 ? '<0.1' : share.toFixed(1)}%</span></span>
              </li>
            )
          })}
        </ul>
      </Section>
    </div>
  )
}
