// @clause X.1
import './policy.css'
import { getRouteApi } from '@tanstack/react-router'
import { Tabs } from 'antd'
import { t } from '../../../ui/language.ts'
import { PageHead } from '../../../ui/Layout.tsx'
import { DayCount } from './DayCount.tsx'
import { FiguresTable } from './FiguresTable.tsx'
import { TextsList } from './TextsList.tsx'

const route = getRouteApi('/policy')

/** The policy page (政策参数): every figure of law, the texts they rest on, and the calculator of working days. */
export function PolicyPage() {
  const { tab = 'figures', find, on, key } = route.useSearch()
  const navigate = route.useNavigate()
  const go = (next: { find?: string | undefined; on?: string | undefined; key?: string | undefined }) => void navigate({ search: (now) => ({ ...now, ...next }), replace: 'find' in next, resetScroll: false })
  return (
    <>
      <PageHead title={t('政策', 'Policy')} under={t('系统据以计算的每一个法定数字：今天是多少、自何时起、之前之后是多少、依据哪一条、是否经主管机关核实。', 'Every figure of law that the system reckons with: today’s value, since when, what before and after, by which article, and whether an authority confirmed it.')} />
      <div className="x-stack">
        <Tabs activeKey={tab} onChange={(next) => void navigate({ search: (now) => ({ ...now, tab: next === 'figures' ? undefined : next }) })} destroyOnHidden items={[
          { key: 'figures', label: t('参数', 'Figures'), children: <FiguresTable find={find} on={on} open={key} onChange={go} /> },
          { key: 'texts', label: t('法规文件', 'Legal texts'), children: <TextsList find={find} onFind={(words) => go({ find: words })} /> },
          { key: 'days', label: t('工作日推算', 'Working days'), children: <DayCount /> },
        ]} />
      </div>
    </>
  )
}
