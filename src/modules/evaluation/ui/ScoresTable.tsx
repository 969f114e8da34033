import { Link, useNavigate } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { call, type AnswerOf, type RowOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { GradeBadge } from '../../../ui/GradeBadge.tsx'
import { t, tt } from '../../../ui/language.ts'
import { Section } from '../../../ui/Layout.tsx'
import { windowOf, type Column, type TableSearch } from '../../../ui/query-table/columns.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { Uscc } from '../../../ui/Uscc.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { objectedColumn } from '../../subjects/ui/ObjectedTag.tsx'
import { listScores, type getModel } from '../contract.ts'

type Row = RowOf<typeof listScores>
type Search = TableSearch & { readonly grade?: string | undefined }

/** The results of a model, subject by subject. */
export function ScoresTable({ model, search, onSearch }: { readonly model: AnswerOf<typeof getModel>; readonly search: Search; onSearch(next: Search): void }) {
  const navigate = useNavigate()
  const filter = { key: model.key, grade: search.grade }
  const scores = useEndpoint(listScores, { ...filter, ...windowOf(search) }, { keep: true })
  const columns: Column<Row>[] = [
    { id: 'name', title: { zh: '主体', en: 'Subject' }, text: ({ name }) => name, render: (row) => <Link className="x-cut" title={row.name} to="/subjects/$subjectId" params={{ subjectId: String(row.subjectId) }} search={{ model: model.key }}>{row.name}</Link> },
    { id: 'grade', title: { zh: '等级', en: 'Grade' }, text: ({ grade }) => grade, render: ({ grade }) => <GradeBadge grade={grade} word={wordOf(model, grade)} /> },
    objectedColumn(),
    { id: 'score', title: { zh: '得分', en: 'Score' }, align: 'right', text: ({ score }) => score, render: ({ score }) => score },
    { id: 'holdsUntil', title: { zh: '将自行变动之日', en: 'May move by itself on' }, text: ({ holdsUntil }) => holdsUntil ?? '', render: ({ holdsUntil }) => <DayText on={holdsUntil} /> },
    { id: 'uscc', title: { zh: '统一社会信用代码', en: 'Unified code' }, text: ({ uscc }) => uscc ?? '', render: ({ uscc }) => <Uscc code={uscc} /> },
  ]
  return (
    <Section flush>
      <QueryTable name="scores" caption={{ zh: '模型结果', en: 'Results of the model' }} unit={{ zh: '户', en: 'subjects' }} columns={columns} answer={scores} keyOf={({ subjectId }) => subjectId} search={search} onSearch={onSearch}
        onOpen={({ subjectId }) => void navigate({ to: '/subjects/$subjectId', params: { subjectId: String(subjectId) }, search: { model: model.key } })} loadAll={(offset, limit) => call(listScores, { ...filter, offset, limit })}
        filters={<Segmented<string> value={search.grade ?? ''} onChange={(grade) => onSearch({ ...search, grade: grade || undefined, page: undefined })} options={[{ value: '', label: t('全部', 'All') }, ...model.grades.map(({ grade }) => ({ value: grade, label: grade }))]} />}
        empty={{ title: t('没有结果', 'No results'), how: search.grade ? t('没有主体是这个等级。', 'No subject has this grade.') : t('模型生效并评价后，结果列在这里。', 'Results appear here once the model is in force and subjects are evaluated.') }} />
    </Section>
  )
}

function wordOf(model: AnswerOf<typeof getModel>, grade: string): string | undefined {
  const found = model.grades.find((one) => one.grade === grade)
  return found && tt(found.title)
}
