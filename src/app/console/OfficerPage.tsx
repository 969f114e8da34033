// @clause 12.1
import { getRouteApi } from '@tanstack/react-router'
import { OfficerAccount } from '../../modules/identity/ui/Account.tsx'
import { getOfficer, getOrganisation } from '../../modules/organisation/contract.ts'
import { OfficerCertificates, OfficerDelegations, OfficerFacts, OfficerRoles } from '../../modules/organisation/ui/OfficerSections.tsx'
import { PageHead } from '../../ui/Layout.tsx'
import { t } from '../../ui/language.ts'
import { ProblemPanel } from '../../ui/ProblemPanel.tsx'
import { Loading } from '../../ui/ProgressBar.tsx'
import { useDepartmentName } from '../../ui/surroundings.tsx'
import { useEndpoint } from '../../ui/use-endpoint.ts'

const route = getRouteApi('/people/$officerId')

/** 人员: one officer with position, roles, delegations, certificates and account. */
export function OfficerPage() {
  const { officerId } = route.useParams()
  const officer = useEndpoint(getOfficer, { officerId: Number(officerId) })
  const organisation = useEndpoint(getOrganisation, {})
  const departmentName = useDepartmentName()
  const problem = officer.error ?? organisation.error
  if (!officer.data || !organisation.data) return problem ? <ProblemPanel problem={problem} onRetry={() => void officer.refetch()} /> : <Loading />
  const { data: one } = officer
  return (
    <>
      <PageHead title={<span lang="zh-CN">{one.name}</span>} under={<>{departmentName(one.department)}{one.leftOn && <> · {t('已离任', 'left')}</>}</>} />
      <div className="c-columns">
        <div className="x-stack"><OfficerFacts one={one} of={organisation.data} /><OfficerRoles one={one} of={organisation.data} /></div>
        <div className="x-stack"><OfficerCertificates one={one} /><OfficerDelegations one={one} /><OfficerAccount officerId={one.officerId} /></div>
      </div>
    </>
  )
}
