// @clause 12.1
import { getRouteApi } from '@tanstack/react-router'
import { Tabs } from 'antd'
import { PageHead } from '../../../ui/Layout.tsx'
import { t } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { getOrganisation } from '../contract.ts'
import { Duties } from './Duties.tsx'
import { ImportSection } from './ImportSection.tsx'
import { Officers } from './Officers.tsx'
import { Tree } from './Tree.tsx'

const route = getRouteApi('/organisation')

/** 组织机构: the tree of departments, sections and posts; officers; the table of duties; the workbook. */
export function OrganisationPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const organisation = useEndpoint(getOrganisation, {})
  if (!organisation.data) return organisation.error ? <ProblemPanel problem={organisation.error} onRetry={() => void organisation.refetch()} /> : <Loading />
  return (
    <>
      <PageHead title={t('组织机构', 'Organisation')} under={t('区政府、部门、科室、岗位和人员；谁负责方案的哪一条。', 'Government, departments, sections, posts and officers; who answers for which clause of the plan.')} />
      <Tabs activeKey={search.tab ?? 'tree'} onChange={(tab) => void navigate({ search: { tab: tab === 'tree' ? undefined : (tab as typeof search.tab) }, resetScroll: false })} destroyOnHidden items={[
        { key: 'tree', label: t('部门', 'Departments'), children: <Tree of={organisation.data} /> },
        { key: 'people', label: t('人员', 'Officers'), children: <Officers of={organisation.data} search={search} onSearch={(next) => void navigate({ search: { ...search, ...next } })} /> },
        { key: 'duties', label: t('职责', 'Duties'), children: <Duties of={organisation.data} /> },
        { key: 'import', label: t('导入导出', 'Workbook'), children: <ImportSection /> },
      ]} />
    </>
  )
}
