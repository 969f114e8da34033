// @clause 5.2
import './models.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Tabs } from 'antd'
import { DayText } from '../../../ui/DayText.tsx'
import { t, tt } from '../../../ui/language.ts'
import { EmptyState, PageHead } from '../../../ui/Layout.tsx'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useSectorName } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { getModel } from '../contract.ts'
import { ModelEvidence } from './ModelEvidence.tsx'
import { ModelRules } from './ModelRules.tsx'
import { ModelSpread } from './ModelSpread.tsx'
import { nameOfSector, originWords } from './ModelsPage.tsx'
import { ScoresTable } from './ScoresTable.tsx'
import { Standing, StatusTag } from './Standing.tsx'

const route = getRouteApi('/models/$key')

/** One model as a lawyer reads it (rules), as a statistician sees it (distribution), as an auditor needs it (statement, hash, versions), and its results. */
export function ModelPage() {
  const { key } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const sectorOf = useSectorName()
  const answer = useEndpoint(getModel, { key })
  const model = answer.data
  if (answer.error?.body.status === 404) return <EmptyState title={t('没有这个模型', 'There is no such model')} how={t(`没有代号为“${key}”的模型。`, `No model has the key "${key}".`)} action={<Link to="/models">{t('全部模型', 'All models')}</Link>} />
  if (answer.error) return <ProblemPanel problem={answer.error} onRetry={() => void answer.refetch()} />
  if (!model) return <Loading what={t('正在读取模型…', 'Reading the model…')} />
  const showGrade = (grade: string) => void navigate({ search: { tab: 'results', grade } })
  return (
    <div className="x-stack">
      <div>
        <Link className="x-small" to="/models">← {t('全部模型', 'All models')}</Link>
        <PageHead title={tt(model.title)} after={<StatusTag {...model} />}
          under={<>{t('行业领域：', 'Sector: ')}{nameOfSector(model.sector, sectorOf)} · {t('', 'in force from ')}<DayText on={model.inForceFrom} />{t(' 起有效', '')}{model.inForceUntil && <> · {t('至', 'until')} <DayText on={model.inForceUntil} />{t(' 失效', '')}</>} · {originWords(model.origin)} · {t(`已评 ${model.subjects.toLocaleString('en')} 户`, `${model.subjects.toLocaleString('en')} subjects`)}</>} />
        <Standing status={model.status} confirmed={model.confirmed} />
      </div>
      <Tabs activeKey={search.tab ?? 'rules'} onChange={(tab) => void navigate({ search: { tab: tab === 'rules' ? undefined : tab as typeof search.tab }, resetScroll: false })} destroyOnHidden items={[
        { key: 'rules', label: t('规则', 'Rules'), children: <ModelRules model={model} /> },
        { key: 'spread', label: t('分布', 'Distribution'), children: <ModelSpread model={model} onGrade={showGrade} /> },
        { key: 'results', label: t('结果', 'Results'), children: <ScoresTable model={model} search={search} onSearch={(next) => void navigate({ search: { ...search, ...next }, resetScroll: false })} /> },
        { key: 'evidence', label: t('核查', 'Evidence'), children: <ModelEvidence model={model} /> },
      ]} />
    </div>
  )
}
