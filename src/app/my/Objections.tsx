import { useState } from 'react'
import { fileObjection, fileStatement, listOwnObjections, stateWords, withdrawObjection, withdrawStatement } from '../../modules/objections/contract.ts'
import type { RowOf } from '../../ui/client.ts'
import { dayWithWeekday, instantInChina } from '../../ui/DayText.tsx'
import { t, tt } from '../../ui/language.ts'
import { useAct, useEndpoint } from '../../ui/use-endpoint.ts'
import { Files, type Uploaded } from './Files.tsx'
import { Card, Field, Form, Pages, Reading, Trouble } from './parts.tsx'

/** What is objected to. */
export type About = { readonly about: 'record' | 'grade' | 'registration'; readonly recordId?: number; readonly model?: string; readonly title: string }
type Row = RowOf<typeof listOwnObjections>

const A_PAGE = 10

/** The form of an objection (提出异议). */
export function ObjectionForm({ subjectId, about, onDone, onCancel }: { readonly subjectId: number; readonly about: About; onDone(): void; onCancel(): void }) {
  const act = useAct(fileObjection, { onDone })
  const [given, setGiven] = useState({ grounds: '', wish: '' })
  const [files, setFiles] = useState<Uploaded[]>([])
  const { title, ...thing } = about
  return (
    <Card title={t(`对“${title}”提出异议`, `Object to "${title}"`)}>
      <p className="x-quiet">{t('提交后立即标注“异议处理中”，转来源部门核查，由未经手的人员决定。免费，不影响正常经营。', 'It is marked at once, checked by the department it came from, and decided by someone who was not involved. It is free and blocks nothing.')}</p>
      <Form act={act} fields={['grounds', 'wish']} submit={t('提交异议', 'File the objection')} onCancel={onCancel} onSubmit={() => void act.perform({ subjectId, ...thing, ...given, uploadIds: files.map(({ uploadId }) => uploadId) })}>
        <Field name="grounds" label={t('哪里有误，为什么', 'What is wrong, and why')} problem={act.problem}>{(props) => <textarea {...props} required minLength={4} maxLength={2000} value={given.grounds} onChange={(event) => setGiven({ ...given, grounds: event.target.value })} />}</Field>
        <Field name="wish" label={t('希望怎样处理', 'What should be done')} problem={act.problem}>{(props) => <textarea {...props} required minLength={4} maxLength={2000} value={given.wish} onChange={(event) => setGiven({ ...given, wish: event.target.value })} />}</Field>
        <Files label={t('证明材料（可不传）', 'Evidence (optional)')} hint={t('PDF、PNG、JPEG', 'PDF, PNG, JPEG')} files={files} onFiles={setFiles} />
      </Form>
    </Card>
  )
}

/** Objections with every step and answer; statements. */
export function ObjectionList({ subjectId, mayObject, department }: { readonly subjectId: number; readonly mayObject: boolean; department(key: string): string }) {
  const [offset, setOffset] = useState(0)
  const answer = useEndpoint(listOwnObjections, { subjectId, offset, limit: A_PAGE }, { keep: true })
  const withdraw = useAct(withdrawObjection)
  const take = useAct(withdrawStatement)
  if (!answer.data) return <Reading problem={answer.error} />
  const { rows, total, statements } = answer.data
  return (
    <>
      <Card title={t('异议', 'Objections')}>
        {total === 0 && <p>{t('没有异议。认为记录、等级或登记有误的，在“档案”页相应条目下提出。', 'None. To object, go to the entry concerned on the page Record.')}</p>}
        <ul className="m-list">{rows.map((one) => (
          <li key={one.objectionId}>
            <strong>{tt(one.what)}</strong>
            <span className="x-row"><span className="x-tag x-tag-info">{tt(stateWords[one.state])}</span><span className="x-small">{department(one.department)}</span></span>
            {one.dueOn && <span className={one.late ? 'x-late' : 'x-quiet'}>{t(`应于 ${dayWithWeekday(one.dueOn)} 前办理${one.late ? '，已逾期，信用主管部门已可见' : ''}`, `Due by ${dayWithWeekday(one.dueOn)}${one.late ? '; late, and the credit office sees it' : ''}`)}</span>}
            <p className="m-say">{one.grounds}{'\n'}<span className="x-quiet">{t('希望：', 'Wish: ')}</span>{one.wish}</p>
            <Steps one={one} department={department} />
            {mayObject && ['checking', 'answered'].includes(one.state) && <button className="m-link" disabled={withdraw.busy} onClick={() => void withdraw.perform({ subjectId, objectionId: one.objectionId })}>{t('撤回这项异议', 'Withdraw this objection')}</button>}
          </li>))}
        </ul>
        <Trouble problem={withdraw.problem} />
        <Pages offset={offset} size={A_PAGE} total={total} onOffset={setOffset} />
      </Card>
      <Card title={t('信用说明', 'Statements')}>
        <p className="x-quiet">{t('一段简短的说明，工作人员查看本企业记录时一并看到，可随时撤回。', 'A short text that officers see with your record. You can take it back at any time.')}</p>
        <ul className="m-list">{statements.map((one) => <li key={one.statementId}><span className="x-small x-quiet">{instantInChina(one.filedAt)} · {one.recordId === null ? t('关于本企业', 'about the business') : t(`关于记录 ${one.documentNumber ?? one.recordId}`, `about record ${one.documentNumber ?? one.recordId}`)}</span><p className="m-say">{one.words}</p>{mayObject && <button className="m-link" disabled={take.busy} onClick={() => void take.perform({ subjectId, statementId: one.statementId })}>{t('撤回', 'Take it back')}</button>}</li>)}</ul>
        {mayObject && <StatementForm subjectId={subjectId} />}
      </Card>
    </>
  )
}

function Steps({ one, department }: { readonly one: Row; department(key: string): string }) {
  if (one.steps.length === 0) return null
  return <ol className="m-list">{one.steps.map((step) => <li key={step.stepId}><span className="x-small x-quiet">{instantInChina(step.at)} · {department(step.department)} · {tt(step.title)}</span><p className="m-say">{step.words}{step.remedy && `\n${t('救济途径：', 'Remedy: ')}${step.remedy}`}</p></li>)}</ol>
}

/** The form of a statement (信用说明), about a record or about the business. */
export function StatementForm({ subjectId, recordId, onDone, onCancel }: { readonly subjectId: number; readonly recordId?: number; onDone?(): void; readonly onCancel?: () => void }) {
  const [words, setWords] = useState('')
  const act = useAct(fileStatement, { onDone: () => { setWords(''); onDone?.() } })
  return (
    <Form act={act} fields={['words']} submit={t('提交说明', 'File the statement')} onCancel={onCancel} onSubmit={() => void act.perform({ subjectId, recordId, words })}>
      <Field name="words" label={t('新的说明', 'A new statement')} problem={act.problem}>{(props) => <textarea {...props} required minLength={4} maxLength={500} value={words} onChange={(event) => setWords(event.target.value)} />}</Field>
    </Form>
  )
}
