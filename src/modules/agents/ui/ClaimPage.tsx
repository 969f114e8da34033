// @clause X.4
import { useState } from 'react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Checkbox, Input } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { urlOf, type AnswerOf } from '../../../ui/client.ts'
import { DayText, InstantText } from '../../../ui/DayText.tsx'
import { Facts, PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { sizeText } from '../../../ui/size-text.ts'
import { useAct } from '../../../ui/use-endpoint.ts'
import { useInFull } from '../../privacy/ui/FullView.tsx'
import { answerClaim, capacityWords, claimStateWords, downloadEvidence, getClaim } from '../contract.ts'

const route = getRouteApi('/claims/$claimId')
const LEAST = 4

/** One claim: left what was said and shown, right what the register says and the answer. */
export function ClaimPage() {
  const claimId = Number(route.useParams().claimId)
  const { answer, shown: claim, bar } = useInFull(getClaim, { claimId }, `claim/${claimId}`, { words: ofAClaim() })
  if (!claim) return answer.error ? <ProblemPanel problem={answer.error} onRetry={() => void answer.refetch()} /> : <Loading />
  return (
    <>
      <PageHead title={t(`${claim.name}认领“${claim.subjectName}”`, `${claim.name} claims "${claim.subjectName}"`)} under={tt(claimStateWords[claim.outcome ?? 'waiting'])} />
      {bar}
      <div className="c-columns">
        <div className="x-stack">
          <Section title={t('认领', 'The claim')}>
            <Facts of={[
              [t('身份', 'Capacity'), tt(capacityWords[claim.capacity])], [t('主体', 'Subject'), <Link key="s" to="/subjects/$subjectId" params={{ subjectId: String(claim.subjectId) }}>{claim.subjectName}</Link>], [t('电话（未验证）', 'Phone (not verified)'), claim.phone ?? '—'],
              [t('授权到', 'Until'), <DayText key="u" on={claim.untilOn} />], [t('提出时间', 'Filed'), <InstantText key="f" at={claim.filedAt} />], [t('答复期限', 'Answer due'), <DayText key="d" on={claim.dueOn} weekday />], [t('说明', 'Words'), claim.words ?? '—'],
            ]} />
          </Section>
          <Section title={t('材料', 'Evidence')}><ul>{claim.files.map((file) => <li key={file.evidenceId}><a href={urlOf(downloadEvidence, { claimId, evidenceId: file.evidenceId })}>{file.fileName}</a> <span className="x-small x-quiet">{sizeText(file.size)}</span></li>)}</ul></Section>
        </div>
        <div className="x-stack">
          <Section title={t('核对', 'Check')}>
            <p>{t('登记的法定代表人：', 'Registered legal representative: ')}{claim.legalRepresentative ?? '—'}</p>
            {claim.nameFits === false && <p className="x-late">{t('⚠ 姓名与登记不符', '⚠ The name is not the registered one')}</p>}
            {claim.nameFits === true && <p className="x-good">{t('✓ 姓名与登记相符；姓名相符不等于身份属实，请核对材料', '✓ The name is the registered one; that alone proves nothing, check the evidence')}</p>}
            {claim.standing.map((one) => <p key={one.mandateId} className="x-small">{t(`现有授权：${one.name}（${tt(capacityWords[one.capacity])}）至 ${one.untilOn}`, `Stands: ${one.name} (${tt(capacityWords[one.capacity])}) until ${one.untilOn}`)}</p>)}
          </Section>
          {claim.outcome === null ? <Answer claim={claim} /> : <Section title={t('答复', 'Answer')}><p>{tt(claimStateWords[claim.outcome ?? 'waiting'])} <InstantText at={claim.answeredAt} /></p>{claim.reason && <p>{claim.reason}</p>}</Section>}
        </div>
      </div>
    </>
  )
}

function ofAClaim() {
  return {
    title: t('查看认领人完整信息', 'See the claimant in full'), partly: t('电话等个人信息已脱敏；核对认领时说明目的即可查看', 'Phone and names are shown in part; to check the claim, say so and see all'),
    beyond: t('认领答复后，只有可查看自然人完整信息的岗位能看', 'Once it is answered, only roles that may see persons in full'), purpose: t('核对企业认领', 'Check the claim of a business'),
  }
}

function Answer({ claim }: { readonly claim: AnswerOf<typeof getClaim> }) {
  const [given, setGiven] = useState({ reason: '', endOthers: false })
  const act = useAct(answerClaim)
  const others = claim.capacity === 'legal-representative' && claim.standing.some(({ capacity }) => capacity === 'legal-representative')
  const whyNot = claim.mayAnswer ? null : t('由信用主管部门或窗口核准', 'The credit office or window confirms')
  return (
    <Section title={t('答复', 'Answer')}>
      <ActForm act={act} fields={['reason', 'endOthers']} submit={t('核准', 'Confirm')} disabledBecause={whyNot} onSubmit={() => void act.perform({ claimId: claim.claimId, outcome: 'confirmed', reason: given.reason || undefined, endOthers: given.endOthers })}
        more={<Button danger disabled={whyNot !== null || given.reason.trim().length < LEAST} title={whyNot === null ? t('先写明理由', 'write the reason first') : undefined} onClick={() => void act.perform({ claimId: claim.claimId, outcome: 'refused', reason: given.reason, endOthers: false })}>{t('不予核准', 'Refuse')}</Button>}>
        {others && <ActField name="endOthers" label={t('原法定代表人', 'The earlier legal representative')}>{(id) => <Checkbox id={id} checked={given.endOthers} onChange={(event) => setGiven({ ...given, endOthers: event.target.checked })}>{t('同时终止原法定代表人的授权', 'Its mandate ends with this')}</Checkbox>}</ActField>}
        <ActField name="reason" label={t('理由（不予核准时必填）', 'Reason (needed to refuse)')}>{(id) => <Input.TextArea id={id} rows={3} maxLength={500} value={given.reason} onChange={(event) => setGiven({ ...given, reason: event.target.value })} />}</ActField>
      </ActForm>
    </Section>
  )
}
