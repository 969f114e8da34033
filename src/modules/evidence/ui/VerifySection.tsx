import { useState } from 'react'
import { Input } from 'antd'
import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { FileDrop } from '../../../ui/FileDrop.tsx'
import { t, tt } from '../../../ui/language.ts'
import { Section } from '../../../ui/Layout.tsx'
import { useAct } from '../../../ui/use-endpoint.ts'
import { verifyProof } from '../contract.ts'

/** Checks a proof that someone brings (核验证明), pasted or as a file. */
export function VerifySection({ verifierKey }: { readonly verifierKey: string }) {
  const [text, setText] = useState('')
  const act = useAct(verifyProof, { stale: [] })
  const proof = parse(text)
  const change = (next: string) => {
    setText(next)
    act.forget()
  }
  return (
    <Section title={t('核验一份证明', 'Verify a proof')} note={t('只看证明和公钥，不查数据库', 'by the proof and the key alone, without the database')}>
      <div className="e-two e-verify">
        <ActForm act={act} fields={['proof']} submit={t('核验', 'Verify')} onSubmit={() => void act.perform({ proof: proof as never })}
          disabledBecause={text.trim() === '' ? t('请先粘贴证明', 'paste a proof first') : proof === undefined ? t('这不是完整的 JSON，请检查首尾是否缺失', 'not complete JSON: is its beginning or end missing?') : null}>
          <ActField name="proof" label={t('证明文本', 'The proof')}>{(id, invalid) => <Input.TextArea id={id} rows={8} value={text} spellCheck={false} aria-invalid={invalid} placeholder='{ "kind": "xinheng-inclusion/v1", … }' onChange={(event) => change(event.target.value)} />}</ActField>
        </ActForm>
        <div className="x-stack">
          <FileDrop label={t('或把 proof.json 拖到这里', 'Or drop proof.json here')} accept=".json,application/json" onFile={(file) => void file.text().then(change)} />
          <div aria-live="polite">
            {act.answer?.valid && <div className="e-outcome"><strong className="x-good"><CheckCircleFilled aria-hidden /> {t('证明成立', 'The proof holds')}</strong><span>{t('这条账目确在签名的账本之中，内容与摘要相符。', 'The entry stands in the signed ledger, and what is disclosed gives its digest.')}</span><span className="x-small x-quiet x-mono" style={{ overflowWrap: 'anywhere' }}>{verifierKey}</span></div>}
            {act.answer?.valid === false && <div className="e-outcome e-bad"><strong className="x-late"><CloseCircleFilled aria-hidden /> {t('证明不成立', 'The proof does not hold')}</strong><ul>{act.answer.problems.map((problem, index) => <li key={index}>{tt(problem)}</li>)}</ul></div>}
          </div>
        </div>
      </div>
    </Section>
  )
}

function parse(text: string): unknown {
  try {
    return text.trim() === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
