import { useState } from 'react'
import { Select } from 'antd'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { Facts, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { useSurroundings } from '../../../ui/surroundings.tsx'
import { sizeText } from '../../../ui/size-text.ts'
import { useAct } from '../../../ui/use-endpoint.ts'
import { importFile, submissionKindSchema, type recogniseFile } from '../contract.ts'
import { ProblemLine } from './ProblemLine.tsx'
import { kindTitles } from './words.ts'

type Found = AnswerOf<typeof recogniseFile>

/** What a file was recognised to be: kind, columns, encoding, what is missing; and the form that imports it. Nothing is stored yet. */
export function Recognised({ found, onPutAway, onImported }: { readonly found: Found; onPutAway(): void; onImported(batchId: number): void }) {
  const { today, departments } = useSurroundings()
  const { recognition } = found
  const [kind, setKind] = useState(recognition.kind)
  const [department, setDepartment] = useState<string>()
  const [receivedOn, setReceivedOn] = useState<string>(today)
  const act = useAct(importFile, { onDone: (batch) => onImported(batch.batchId) })
  const matched = recognition.columns.filter(({ field }) => field !== null)
  const unknown = recognition.columns.filter(({ field, heading }) => field === null && heading.trim() !== '')
  const lacking = recognition.missing.filter(({ required }) => required)
  const errors = recognition.problems.filter(({ severity }) => severity === 'error')
  const blocked = errors.length > 0 ? t('请先按说明改好文件', 'Mend the file as said beside') : !kind ? t('请先选择文件类型', 'Choose what the file holds') : lacking.length > 0 ? t('缺少必填列', 'Required columns are missing') : !department ? t('请选择报送部门', 'Choose the department') : null
  return (
    <Section title={found.name} note={`${sizeText(found.size)} · ${t('尚未存入任何记录', 'nothing is stored yet')}`}>
      <div className="s-recognised">
        <div className="x-stack">
          <Facts of={[
            [t('识别为', 'Recognised as'), recognition.kind ? <strong>{tt(kindTitles[recognition.kind]!)}</strong> : <span className="x-due">{t('没有认出，请在右边选择', 'not recognised: choose beside')}</span>],
            [t('格式', 'Format'), [recognition.format.toUpperCase(), recognition.encoding, recognition.sheetName && t(`工作表“${recognition.sheetName}”`, `sheet “${recognition.sheetName}”`), recognition.headingRow && t(`表头在第 ${recognition.headingRow} 行`, `headings in row ${recognition.headingRow}`)].filter(Boolean).join(' · ')],
            [t('列', 'Columns'), t(`认出 ${matched.length} 列，共 ${recognition.columns.length} 列`, `${matched.length} of ${recognition.columns.length} matched`)],
            unknown.length > 0 && [t('不导入的列', 'Left out'), unknown.map(({ heading }) => heading).join(t('、', ', '))],
            recognition.missing.length > 0 && [t('缺少的列', 'Missing'), <>{lacking.map(({ title }) => <span key={title} className="x-tag x-tag-late" style={{ marginRight: 4 }}>{t('必填', 'required')} {title}</span>)}{recognition.missing.filter(({ required }) => !required).map(({ title }) => title).join(t('、', ', '))}</>],
          ]} />
          {recognition.problems.map((problem, index) => <ProblemLine key={index} problem={problem} />)}
        </div>
        <ActForm act={act} fields={['kind', 'department', 'receivedOn']} submit={t('导入', 'Import')} disabledBecause={blocked} onCancel={onPutAway}
          onSubmit={() => void act.perform({ file: found.file, name: found.name, kind: kind!, department: department!, receivedOn })}>
          <ActField name="kind" label={t('内容', 'What it holds')} required>{(id) => <Select id={id} value={kind} placeholder={t('请选择', 'Choose')} options={submissionKindSchema.options.map((each) => ({ value: each, label: tt(kindTitles[each]!) }))} onChange={setKind} />}</ActField>
          <ActField name="department" label={t('报送部门', 'Department that sends it')} required>{(id) => <Select id={id} value={department} showSearch={{ optionFilterProp: 'label' }} placeholder={t('请选择', 'Choose')} options={departments.map((each) => ({ value: each.key, label: tt(each) }))} onChange={setDepartment} />}</ActField>
          <ActField name="receivedOn" label={t('接收日', 'Received on')} hint={t('归集时限按这一天计算', 'The time limit for reporting is measured on this day')}>{(id, invalid) => <DayInput id={id} value={receivedOn} max={today} invalid={invalid} onChange={setReceivedOn} />}</ActField>
        </ActForm>
      </div>
      {recognition.sample.length > 0 && <Sample found={found} />}
    </Section>
  )
}

function Sample({ found: { recognition } }: { readonly found: Found }) {
  return (
    <div style={{ margin: '16px -16px -16px' }}>
      <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('文件的前几行', 'First rows of the file')}>
        <table className="x-table">
          <caption className="x-hidden">{t('文件的前几行，原样', 'The first rows as they stand')}</caption>
          <thead><tr>{recognition.columns.map(({ column, heading, title }) => <th key={column} scope="col"><span className={title ? 'x-good' : 'x-quiet'}>{title ? '✓ ' : '– '}</span>{heading}{title && title !== heading && <span className="x-quiet"> → {title}</span>}</th>)}</tr></thead>
          <tbody>{recognition.sample.slice(0, 5).map((row, index) => <tr key={index}>{recognition.columns.map(({ column }, at) => <td key={column}><span className="x-cut" title={row[at]}>{row[at]}</span></td>)}</tr>)}</tbody>
        </table>
      </div>
    </div>
  )
}
