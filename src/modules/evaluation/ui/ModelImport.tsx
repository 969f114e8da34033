import { useState } from 'react'
import { Input } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import { FileDrop } from '../../../ui/FileDrop.tsx'
import { t, tt } from '../../../ui/language.ts'
import type { ProblemBody } from '../../../ui/client.ts'
import { useAct } from '../../../ui/use-endpoint.ts'
import { importModel } from '../contract.ts'

const LONGEST = 500_000

/** Imports a model from a YAML file or pasted text. Every mistake is named with its place before anything is adopted. */
export function ModelImport({ onDone, onCancel }: { onDone(key: string): void; onCancel(): void }) {
  const [definition, setDefinition] = useState('')
  const [fileName, setFileName] = useState<string | null>(null)
  const act = useAct(importModel, { onDone: ({ key }) => onDone(key) })
  const mistakes = act.problem?.body.code === 'model.not-valid' ? act.problem.body.fields : undefined
  async function take(file: File) {
    setDefinition(await file.text())
    setFileName(file.name)
    act.forget()
  }
  return (
    <div className="x-stack m-paste">
      <p className="x-quiet">{t('从文件中写明的施行日起取代同代号的模型；旧版本保留，可随时核对。采用会记入账本。', 'It takes the place of the model of the same key from the day that it names. Earlier versions stay. Its adoption is an entry of the ledger.')}</p>
      <FileDrop label={fileName ?? t('把 YAML 文件拖到这里，或点击选择', 'Drop a YAML file here, or click to choose')} hint={t('或在下面粘贴', 'or paste below')} accept=".yaml,.yml,.json,text/yaml" disabled={act.busy} onFile={(file) => void take(file)} />
      <ActForm act={mistakes ? { busy: act.busy, problem: null } : act} fields={['definition']} submit={t('检查并采用', 'Check and adopt')} onCancel={onCancel} onSubmit={() => void act.perform({ definition })}
        disabledBecause={definition.trim() === '' ? t('请先选择文件或粘贴内容', 'choose a file or paste its text first') : definition.length > LONGEST ? t('超过 50 万字符', 'longer than 500,000 characters') : null}>
        <ActField name="definition" label={t('模型定义', 'Definition')} required>
          {(id, invalid) => <Input.TextArea id={id} value={definition} rows={10} spellCheck={false} aria-invalid={invalid} {...(invalid ? { status: 'error' as const } : {})} placeholder={'key: my-model\ntitle: { zh: …, en: … }\nscale: local-abcd'} onChange={(event) => (setDefinition(event.target.value), act.problem && act.forget())} />}
        </ActField>
        {mistakes && <Mistakes of={mistakes} />}
      </ActForm>
    </div>
  )
}

type Mistake = NonNullable<ProblemBody['fields']>[number]

function Mistakes({ of }: { readonly of: readonly Mistake[] }) {
  return (
    <div className="x-problem" role="alert">
      <strong>{t(`有 ${of.length} 处要改，没有采用`, `${of.length} ${of.length === 1 ? 'thing' : 'things'} to correct; nothing was adopted`)}</strong>
      <ol className="m-mistakes">{of.map(({ field, message, says, fix }, index) => <li key={index}><span className="x-mono">{field}</span><span>{says ? tt(says) : message}</span><span className="x-quiet">{fix && tt(fix)}</span></li>)}</ol>
    </div>
  )
}
