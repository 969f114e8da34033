import { useState } from 'react'
import { fileClaim, getSpace, withdrawClaim } from '../../modules/agents/contract.ts'
import type { AnswerOf } from '../../ui/client.ts'
import { dayWithWeekday } from '../../ui/DayText.tsx'
import { t } from '../../ui/language.ts'
import { useAct } from '../../ui/use-endpoint.ts'
import { Files, type Uploaded } from './Files.tsx'
import { Card, Field, Form, Trouble } from './parts.tsx'

type SpaceAnswer = AnswerOf<typeof getSpace>

/** Claiming a business with evidence; `uscc` stands in the form already when a mandate is to go on. */
export function ClaimForm({ space, uscc, onDone }: { readonly space: SpaceAnswer; readonly uscc: string; onDone(): void }) {
  const act = useAct(fileClaim, { onDone })
  const [given, setGiven] = useState({ uscc, capacity: (space.subjects.find((one) => one.uscc === uscc)?.capacity ?? 'legal-representative') as 'legal-representative' | 'agent', untilOn: '', objections: true, words: '' })
  const [files, setFiles] = useState<Uploaded[]>([])
  const longest = space.longest[given.capacity]
  const submit = () => void act.perform({ uscc: given.uscc, capacity: given.capacity, limits: given.objections ? ['objections'] : [], untilOn: given.untilOn || longest, words: given.words || undefined, uploadIds: files.map(({ uploadId }) => uploadId) })
  return (
    <Card title={t('认领企业', 'Claim a business')}>
      <p className="x-quiet">{t('提交后由信用主管部门或政务服务窗口核对，核对通过前看不到任何档案。', 'The credit office or service window checks it. Until then nothing of the record is shown.')}</p>
      <Form act={act} fields={['uscc', 'uploadIds', 'untilOn']} submit={t('提交认领', 'File the claim')} onSubmit={submit}>
        <Field name="uscc" label={t('统一社会信用代码', 'Unified social credit code')} hint={t('营业执照上的 18 位代码', 'The 18 characters on the business licence')} problem={act.problem}>{(props) => <input {...props} required value={given.uscc} onChange={(event) => setGiven({ ...given, uscc: event.target.value })} autoCapitalize="characters" autoComplete="off" />}</Field>
        <div className="m-field"><fieldset><legend>{t('我是', 'I am')}</legend>
          {([['legal-representative', t('法定代表人', 'the legal representative')], ['agent', t('经办人（受企业委托）', 'an agent, authorised by the business')]] as const).map(([key, title]) => <label key={key} className="m-check"><input type="radio" name="capacity" checked={given.capacity === key} onChange={() => setGiven({ ...given, capacity: key })} />{title}</label>)}
        </fieldset></div>
        {given.capacity === 'agent' && <label className="m-check"><input type="checkbox" checked={given.objections} onChange={(event) => setGiven({ ...given, objections: event.target.checked })} />{t('授权书允许我提出异议和说明', 'The authorisation lets me file objections and statements')}</label>}
        <Field name="untilOn" label={t('授权到哪一天', 'Until which day')} hint={t(`不填则到 ${longest}`, `Left empty: until ${longest}`)} problem={act.problem}>{(props) => <input {...props} type="date" min={space.today} max={longest} value={given.untilOn} onChange={(event) => setGiven({ ...given, untilOn: event.target.value })} />}</Field>
        <Files label={t('证明材料', 'Evidence')} hint={given.capacity === 'agent' ? t(`营业执照照片和盖章的授权书。PDF、PNG、JPEG，每个不超过 ${space.evidence.megabytes} MB`, `Photo of the licence and the sealed authorisation. PDF, PNG, JPEG, up to ${space.evidence.megabytes} MB each`) : t(`营业执照照片。PDF、PNG、JPEG，每个不超过 ${space.evidence.megabytes} MB`, `Photo of the business licence. PDF, PNG, JPEG, up to ${space.evidence.megabytes} MB each`)} files={files} onFiles={setFiles} />
        {act.problem?.body.field === 'uploadIds' && <Trouble problem={act.problem} />}
        <Field name="words" label={t('补充说明（可不填）', 'Anything to add (optional)')}>{(props) => <textarea {...props} value={given.words} maxLength={500} onChange={(event) => setGiven({ ...given, words: event.target.value })} />}</Field>
      </Form>
    </Card>
  )
}

/** The own claims and what came of them. */
export function ClaimList({ space }: { readonly space: SpaceAnswer }) {
  const withdraw = useAct(withdrawClaim)
  const open = space.claims.filter(({ outcome }) => outcome !== 'confirmed')
  if (open.length === 0) return null
  return (
    <Card title={t('我的认领', 'My claims')}>
      <ul className="m-list">{open.map((claim) => (
        <li key={claim.claimId}>
          <strong>{claim.subjectName}</strong>
          {claim.outcome === null && <><span className="x-info">{t(`等待核对，最迟 ${dayWithWeekday(claim.dueOn)} 答复`, `Being checked; the answer is due by ${dayWithWeekday(claim.dueOn)}`)}</span>
            <button className="m-link" disabled={withdraw.busy} onClick={() => void withdraw.perform({ claimId: claim.claimId })}>{t('撤回认领', 'Withdraw the claim')}</button></>}
          {claim.outcome === 'refused' && <><span className="x-late">{t('未核准', 'Refused')}</span><p className="m-say">{claim.reason}</p></>}
          {claim.outcome === 'withdrawn' && <span className="x-quiet">{t('已撤回', 'Withdrawn')}</span>}
        </li>))}
      </ul>
      <Trouble problem={withdraw.problem} />
    </Card>
  )
}
