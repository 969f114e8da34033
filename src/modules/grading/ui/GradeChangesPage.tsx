// @clause 6.1
import { getRouteApi, Link } from '@tanstack/react-router'
import { Segmented, Select } from 'antd'
import { ArrowDownOutlined, ArrowUpOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons'
import type { Text } from '../../../kernel/text.ts'
import { call, type RowOf } from '../../../ui/client.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { DayText, InstantText, instantInChina } from '../../../ui/DayText.tsx'
import { GradeBadge } from '../../../ui/GradeBadge.tsx'
import { t, tt } from '../../../ui/language.ts'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { windowOf, type Column } from '../../../ui/query-table/columns.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listModels } from '../../evaluation/contract.ts'
import { objectedColumn } from '../../subjects/ui/ObjectedTag.tsx'
import { listGradeChanges } from '../contract.ts'

const route = getRouteApi('/changes')
type Change = RowOf<typeof listGradeChanges>

const directions = {
  up: { words: { zh: '上升', en: 'Better' }, tone: 'x-tag-good', Icon: ArrowUpOutlined },
  down: { words: { zh: '下降', en: 'Worse' }, tone: 'x-tag-late', Icon: ArrowDownOutlined },
  first: { words: { zh: '首次', en: 'First' }, tone: 'x-tag-info', Icon: PlusOutlined },
  same: { words: { zh: '不变', en: 'Same' }, tone: '', Icon: MinusOutlined },
} as const satisfies Record<Change['direction'], { words: Text; tone: string; Icon: typeof PlusOutlined }>

/** Changes of grade (等级变动): whose, from what to what, on which day, and why; the newest first. */
export function GradeChangesPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const models = useEndpoint(listModels, {})
  const filter = { model: search.model, direction: search.direction, from: search.from, until: search.until }
  const changes = useEndpoint(listGradeChanges, { ...filter, ...windowOf(search) }, { keep: true })
  const choose = (next: Partial<typeof search>) => void navigate({ search: { ...search, ...next, page: undefined }, resetScroll: false })
  return (
    <>
      <PageHead title={t('等级变动', 'Grade changes')} under={t('谁的等级变了、何时、因为什么。收到的公共信用等级和本地的内部监管分类都在这里。', 'Whose grade changed, when and why: public grades received, and the local internal classes.')} />
      <div className="x-stack">
        <Section flush>
          <QueryTable name="changes" caption={{ zh: '等级变动', en: 'Grade changes' }} columns={columns} answer={changes} keyOf={({ gradeId }) => gradeId} search={search} onSearch={(next) => void navigate({ search: { ...search, ...next } })}
            onOpen={(row) => void navigate({ to: '/subjects/$subjectId', params: { subjectId: String(row.subjectId) }, search: { model: row.model } })}
            loadAll={(offset, limit) => call(listGradeChanges, { ...filter, offset, limit })}
            filters={<>
              <Segmented<string> value={search.direction ?? ''} onChange={(value) => choose({ direction: (value || undefined) as typeof search.direction })}
                options={[{ value: '', label: t('全部', 'All') }, ...(['down', 'up', 'first'] as const).map((each) => ({ value: each, label: tt(directions[each].words) }))]} />
              <Select style={{ width: 220, maxWidth: '100%' }} aria-label={t('模型', 'Model')} value={search.model ?? ''} onChange={(value) => choose({ model: value || undefined })} loading={models.isLoading}
                options={[{ value: '', label: t('全部模型', 'All models') }, ...(models.data?.rows.map(({ key, title }) => ({ value: key, label: tt(title) })) ?? [])]} />
              <span className="x-row" style={{ gap: 4, flexWrap: 'nowrap' }}><DayInput size="small" label={t('自', 'From')} value={search.from ?? ''} {...(search.until ? { max: search.until } : {})} onChange={(from) => choose({ from: from || undefined })} /><span className="x-quiet" aria-hidden>–</span><DayInput size="small" label={t('至', 'Until')} value={search.until ?? ''} {...(search.from ? { min: search.from } : {})} onChange={(until) => choose({ until: until || undefined })} /></span>
            </>}
            empty={{ title: t('没有等级变动', 'No grade has changed'), how: t('导入记录并评价后，等级有变化的主体列在这里；也可以放宽上面的条件。', 'Once records are imported and evaluated, subjects whose grade changed appear here; or widen the filters above.') }} />
        </Section>
      </div>
    </>
  )
}

const columns: readonly Column<Change>[] = [
  { id: 'subject', title: { zh: '主体', en: 'Subject' }, text: ({ subjectName }) => subjectName, render: (row) => <Link className="x-cut" title={row.subjectName} to="/subjects/$subjectId" params={{ subjectId: String(row.subjectId) }} search={{ model: row.model }}>{row.subjectName}</Link> },
  { id: 'direction', title: { zh: '方向', en: 'Direction' }, text: ({ direction }) => tt(directions[direction].words), render: ({ direction }) => <Direction of={direction} /> },
  { id: 'grades', title: { zh: '等级', en: 'Grade' }, text: ({ from, to }) => `${from ?? '—'} → ${to}`, render: (row) => <span className="x-row" style={{ flexWrap: 'nowrap', gap: 6 }}>{row.from === null ? <span className="x-quiet">{t('未评', 'none')}</span> : <GradeBadge grade={row.from} />}<span aria-label={t('变为', 'to')} role="img">→</span><GradeBadge grade={row.to} word={tt(row.toTitle)} /></span> },
  objectedColumn(),
  { id: 'on', title: { zh: '自', en: 'From' }, text: ({ on }) => on, render: ({ on }) => <DayText on={on} /> },
  { id: 'because', title: { zh: '原因', en: 'Why' }, text: ({ because }) => tt(because.words), render: ({ because, subjectId }) => <span className="x-row" style={{ flexWrap: 'nowrap' }}><span className="x-small" style={{ whiteSpace: 'normal', lineHeight: 1.35, minWidth: '14em' }} title={tt(because.words)}>{tt(because.words)}</span>{because.recordIds.length > 0 && <Behind subjectId={subjectId} recordIds={because.recordIds} />}</span> },
  { id: 'model', title: { zh: '模型', en: 'Model' }, text: ({ modelTitle }) => tt(modelTitle), render: (row) => (row.because.cause === 'received' ? tt(row.modelTitle) : <Link to="/models/$key" params={{ key: row.model }}>{tt(row.modelTitle)}</Link>) },
  { id: 'recordedAt', title: { zh: '登记时间', en: 'Recorded' }, text: ({ recordedAt }) => instantInChina(recordedAt), render: ({ recordedAt }) => <InstantText at={recordedAt} /> },
]

function Direction({ of }: { readonly of: Change['direction'] }) {
  const { words, tone, Icon } = directions[of]
  return <span className={`x-tag ${tone}`}><Icon aria-hidden /> {tt(words)}</span>
}

// More would not fit beside the words.
const SHOWN = 2

function Behind({ subjectId, recordIds }: { readonly subjectId: number; readonly recordIds: readonly number[] }) {
  return <>{recordIds.slice(0, SHOWN).map((recordId, index) => <Link key={recordId} className="x-small" to="/subjects/$subjectId/records/$recordId" params={{ subjectId: String(subjectId), recordId: String(recordId) }}>{recordIds.length === 1 ? t('记录', 'record') : t(`记录 ${index + 1}`, `record ${index + 1}`)}</Link>)}{recordIds.length > SHOWN && <span className="x-small x-quiet" title={t(`共 ${recordIds.length} 条记录`, `${recordIds.length} records in all`)}>+{recordIds.length - SHOWN}</span>}</>
}
