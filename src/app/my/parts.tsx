import { useId, type ReactNode } from 'react'
import type { Endpoint } from '../../kernel/endpoint.ts'
import type { Problem } from '../../ui/client.ts'
import { t, tt } from '../../ui/language.ts'
import type { ActInHand } from '../../ui/use-endpoint.ts'

/** What went wrong and what to do. */
export function Trouble({ problem, fields = [] }: { readonly problem: Problem | null | undefined; readonly fields?: readonly string[] }) {
  if (!problem || (problem.body.field && fields.includes(problem.body.field))) return null
  return <div className="x-problem" role="alert"><strong>{tt(problem.body.message)}</strong><span>{tt(problem.body.fix)}</span></div>
}

/** A part of the page with its heading. */
export function Card({ title, children, plain = false }: { readonly title: string; readonly children: ReactNode; readonly plain?: boolean }) {
  const id = useId()
  return <section className={`m-card ${plain ? 'm-plain' : ''}`} aria-labelledby={id}><h2 id={id}>{title}</h2>{children}</section>
}

/** One field of a form, with its hint and what the server refused about it. */
export function Field({ label, hint, problem, name, children }: { readonly label: string; readonly hint?: string; readonly problem?: Problem | null; readonly name: string; children(props: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }): ReactNode }) {
  const id = useId()
  const wrong = problem?.body.field === name ? problem.body : null
  const told = wrong || hint ? `${id}-told` : undefined
  return (
    <div className="m-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': told, 'aria-invalid': wrong ? true : undefined })}
      {told && <span id={told} className={wrong ? 'x-late' : 'x-small x-quiet'}>{wrong ? `${tt(wrong.message)}。${tt(wrong.fix)}` : hint}</span>}
    </div>
  )
}

/** A form that sends itself once. */
export function Form<E extends Endpoint>({ act, fields, submit, onSubmit, onCancel, children }: { readonly act: ActInHand<E>; readonly fields: readonly string[]; readonly submit: string; onSubmit(): void; readonly onCancel?: (() => void) | undefined; readonly children: ReactNode }) {
  return (
    <form className="m-form" onSubmit={(event) => { event.preventDefault(); onSubmit() }}>
      {children}
      <Trouble problem={act.problem} fields={fields} />
      <div className="x-row">
        <button className="m-button m-main" disabled={act.busy}>{act.busy ? t('正在提交…', 'Sending…') : submit}</button>
        {onCancel && <button type="button" className="m-button" onClick={onCancel}>{t('取消', 'Cancel')}</button>}
      </div>
    </form>
  )
}

/** Says what is being read. */
export function Reading({ problem }: { readonly problem?: Problem | null | undefined }) {
  return problem ? <Trouble problem={problem} /> : <p className="x-quiet" role="status">{t('正在读取…', 'Reading…')}</p>
}

/** Which part of a list is shown, and the way to the parts before and after it. */
export function Pages({ offset, size, total, onOffset }: { readonly offset: number; readonly size: number; readonly total: number; onOffset(offset: number): void }) {
  if (total <= size) return null
  // Whoever turns the page at its foot reads on from the head of the part.
  const go = (event: { readonly currentTarget: Element }, next: number) => { onOffset(next); event.currentTarget.closest('section')?.scrollIntoView() }
  return (
    <nav className="x-row" aria-label={t('翻页', 'Pages')}>
      <button className="m-button" disabled={offset === 0} onClick={(event) => go(event, Math.max(0, offset - size))}>{t('上一页', 'Before')}</button>
      <span className="x-num x-small" aria-live="polite">{t(`第 ${offset + 1}–${Math.min(total, offset + size)} 条，共 ${total} 条`, `${offset + 1}–${Math.min(total, offset + size)} of ${total}`)}</span>
      <button className="m-button" disabled={offset + size >= total} onClick={(event) => go(event, offset + size)}>{t('下一页', 'Next')}</button>
    </nav>
  )
}
