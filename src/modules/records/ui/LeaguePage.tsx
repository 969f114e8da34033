// @clause 4.5
import './league.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { PrinterOutlined } from '@ant-design/icons'
import { BasisPopover } from '../../../ui/BasisPopover.tsx'
import type { AnswerOf } from '../../../ui/client.ts'
import { t, tt } from '../../../ui/language.ts'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { useDepartmentName, useSurroundings } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { leagueTable } from '../contract.ts'
import { GapsSection } from './GapsSection.tsx'
import { leagueColumns } from './league-columns.tsx'
import { MonthsTable } from './MonthsTable.tsx'
import { kindNames } from './record-kinds.ts'
import { SpanChoice } from './SpanChoice.tsx'

const route = getRouteApi('/league')

/** The league table (归集排名): how each department reports, the rows behind each number, and the articles behind the figures. Prints on one A4 page. */
export function LeaguePage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const nameOf = useDepartmentName()
  const { today } = useSurroundings()
  const league = useEndpoint(leagueTable, { from: search.from, until: search.until, kind: search.kind }, { keep: true })
  const { data } = league
  const span = data && `${data.from} – ${data.until}`
  const go = (next: Partial<typeof search>) => void navigate({ search: { ...search, ...next }, resetScroll: false })
  return (
    <div className="x-stack l-page">
      <PageHead title={t('部门报送排名', 'League table of departments')}
        under={<>{span && <span className="x-num">{span}</span>} {t('按收到月份统计', 'by month of receipt')}{search.kind && ` · ${tt(kindNames[search.kind])}`}<span className="l-print">{t(`打印于 ${today}`, `Printed on ${today}`)}</span></>}
        after={data && <Button className="l-screen" icon={<PrinterOutlined />} onClick={() => print()}>{t('打印（A4 一页）', 'Print (one A4 page)')}</Button>} />
      <Section flush>
        <QueryTable name="league" caption={{ zh: '部门报送排名', en: 'League table of departments' }} unit={{ zh: '个部门', en: 'departments' }} height="none"
          columns={leagueColumns(data, { nameOf, search })} answer={league} keyOf={({ department }) => department} search={search} onSearch={go} filters={<SpanChoice from={data?.from ?? search.from} until={data?.until ?? search.until} kind={search.kind} today={today} onChoose={go} />}
          empty={{ title: t('还没有报送', 'Nothing reported yet'), how: t('部门导入处罚或许可后，这里按月排名。', 'Departments appear here by month once they import penalties or licences.') }} />
        {data && <MonthsTable data={data} nameOf={nameOf} />}
      </Section>
      {data && <Meanings bases={data.bases} />}
      <div className="l-screen"><GapsSection department={search.department} kind={search.kind} onDepartment={(department) => go({ department })} /></div>
    </div>
  )
}

function Meanings({ bases }: { readonly bases: AnswerOf<typeof leagueTable>['bases'] }) {
  const said: readonly (readonly [string, string])[] = [
    [t('及时率', 'Timeliness'), t('按时收到的记录 ÷ 有报送时限的记录。迟报率 = 1 − 及时率。', 'Records received in time ÷ records with a deadline. Late share = 1 − timeliness.')],
    [t('合规率', 'Compliance'), t('文件中入库的行 ÷ 报送的行。', 'Rows of files accepted ÷ rows sent.')],
    [t('文号缺口', 'Gaps'), t('同一文号序列中未收到的号码个数；只是线索，不是结论。按全部年份统计，不随月份变化。', 'Numbers of a series that never came in: a hint, not a verdict. Counted over all years, whatever the months chosen.')],
    [t('待改正', 'To correct'), t('被退回、至今没有重新报送的决定。', 'Decisions that were rejected and have not been sent again.')],
  ]
  return (
    <Section title={t('这些数字怎样得来', 'How these figures come about')}>
      <ul className="l-says">
        {said.map(([what, words]) => <li key={what}><strong>{what}</strong><span className="x-quiet">{words}</span></li>)}
        {bases.map(({ what, basis, policyKey }) => (
          <li key={policyKey}><strong>{tt(what)}</strong><span className="x-row"><BasisPopover basis={basis} what={tt(what)} /><Link className="x-small l-screen" to="/policy" search={{ key: policyKey }}>{t('查看参数', 'The figure of law')}</Link></span></li>
        ))}
      </ul>
    </Section>
  )
}
