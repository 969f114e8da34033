// @clause X.4
import { Link } from '@tanstack/react-router'
import { DayText, InstantText } from '../../../ui/DayText.tsx'
import { EmptyState, PageHead, Section } from '../../../ui/Layout.tsx'
import { t } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listClaims } from '../contract.ts'
import { outcomeOf } from './words.ts'

/** Claims of subjects (企业认领): those that wait first, by day due. */
export function ClaimsPage() {
  const claims = useEndpoint(listClaims, { limit: 100 })
  return (
    <>
      <PageHead title={t('企业认领', 'Claims of subjects')} under={t('经办人、法定代表人提出的认领；等待核对的排在前面。', 'Filed by agents and legal representatives; those that wait stand first.')} />
      <ProblemPanel problem={claims.error} onRetry={() => void claims.refetch()} />
      <Section title={t('认领', 'Claims')}>
        {!claims.data && !claims.error && <Loading />}
        {claims.data?.total === 0 && <EmptyState title={t('还没有认领', 'No claim yet')} how={t('企业在“/my”提出认领后，会出现在这里。', 'They appear when somebody claims a business in the space /my.')} />}
        <ul className="x-stack">{claims.data?.rows.map((claim) => (
          <li key={claim.claimId}>
            <Link to="/claims/$claimId" params={{ claimId: String(claim.claimId) }}>{t(`${claim.name}认领“${claim.subjectName}”`, `${claim.name} claims "${claim.subjectName}"`)}</Link>
            <div className="x-row x-small x-quiet"><span>{outcomeOf(claim.outcome)}</span><InstantText at={claim.filedAt} />{claim.outcome === null && <span>{t('答复期限', 'due')} <DayText on={claim.dueOn} weekday /></span>}</div>
          </li>))}
        </ul>
      </Section>
    </>
  )
}
