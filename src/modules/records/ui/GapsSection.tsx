import { Select } from 'antd'
import type { RowOf } from '../../../ui/client.ts'
import { t, tt } from '../../../ui/language.ts'
import { Section } from '../../../ui/Layout.tsx'
import type { Column } from '../../../ui/query-table/columns.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { useDepartmentName, useSurroundings } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listGaps } from '../contract.ts'
import { kindNames } from './record-kinds.ts'
import { runsOfNumbers } from './shares.ts'

type Gap = RowOf<typeof listGaps>

/** Numbers missing from the series of each department (文号缺口): a hint of decisions that were not reported, and said to be no more. */
export function GapsSection({ department, kind, onDepartment }: { readonly department: string | undefined; readonly kind: 'licence' | 'penalty' | 'public-grade' | undefined; onDepartment(department: string | undefined): void }) {
  const nameOf = useDepartmentName()
  const { departments } = useSurroundings()
  const gaps = useEndpoint(listGaps, { department, kind }, { keep: true })
  const columns: Column<Gap>[] = [
    { id: 'series', title: { zh: '文号序列', en: 'Series' }, text: ({ series, year }) => `${series}〔${year}〕`, sortBy: true, render: ({ series, year }) => <span className="x-cut" title={series}>{series}〔{year}〕</span> },
    { id: 'department', title: { zh: '部门', en: 'Department' }, text: (row) => nameOf(row.department), sortBy: true, render: (row) => <span className="x-cut" title={nameOf(row.department)}>{nameOf(row.department)}</span> },
    { id: 'kind', title: { zh: '种类', en: 'Kind' }, text: (row) => tt(kindNames[row.kind]), sortBy: true, render: (row) => tt(kindNames[row.kind]) },
    { id: 'range', title: { zh: '已收到的号段', en: 'Numbers received' }, align: 'right', text: ({ from, until }) => `${from}–${until}`, render: ({ from, until }) => t(`${from}–${until} 号`, `${from}–${until}`) },
    { id: 'missingCount', title: { zh: '缺', en: 'Missing' }, align: 'right', text: ({ missingCount }) => String(missingCount), sortBy: ({ missingCount }) => missingCount, render: ({ missingCount }) => missingCount.toLocaleString('en') },
    { id: 'missing', title: { zh: '缺的号码', en: 'Numbers missing' }, text: ({ missing }) => runsOfNumbers(missing, ' '), render: (row) => <div className="l-missing x-small">{missingWords(row)}</div> },
  ]
  return (
    <div id="gaps">
      <Section title={t('文号缺口', 'Gaps in document numbers')} flush>
        <p className="l-hint">{t('缺口只是线索，不是结论。号码可能作废、跳号，或用于不必报送的文书。请先向部门核对发文登记，不据此认定漏报或瞒报。', 'A gap is a hint, not a verdict. Numbers are voided, skipped, or used for documents that need not be reported. Check with the register of the department first; nothing is held against anyone on this ground alone.')}</p>
        <QueryTable name="gaps" caption={{ zh: '文号缺口', en: 'Gaps in document numbers' }} unit={{ zh: '个序列', en: 'series', one: 'series' }} columns={columns} answer={gaps} height="420px" keyOf={(row) => `${row.department} ${row.kind} ${row.series} ${row.year}`}
          filters={<Select style={{ width: 240, maxWidth: '100%' }} aria-label={t('部门', 'Department')} value={department ?? ''} onChange={(value) => onDepartment(value || undefined)} options={[{ value: '', label: t('全部部门', 'All departments') }, ...departments.map(({ key, zh, en }) => ({ value: key, label: t(zh, en) }))]} />}
          empty={{ title: t('没有发现缺口', 'No gaps found'), how: t('收到的文号在每个序列中都是连续的。', 'The numbers received run on without a hole in every series.') }} />
      </Section>
    </div>
  )
}

function missingWords({ missing, missingCount }: Gap): string {
  const shown = runsOfNumbers(missing, t('、', ', '))
  return missing.length < missingCount ? t(`${shown} 等 ${missingCount} 个`, `${shown} and others, ${missingCount} in all`) : shown
}
