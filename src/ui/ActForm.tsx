import { createContext, use, useId, type FormEvent, type ReactNode } from 'react'
import { Button } from 'antd'
import { BasisPopover } from './BasisPopover.tsx'
import type { Problem } from './client.ts'
import { t, tt } from './language.ts'
import { ProblemPanel } from './ProblemPanel.tsx'

const InForm = createContext<{ readonly problem: Problem | null }>({ problem: null })

/**
 * A form that does one act. What the server refuses stands beside the field it names (cause, what to do, basis); a refusal that
 * names no field of this form stands above the button. `fields` are the names that have an {@link ActField} of their own.
 */
export function ActForm({ act, fields, submit, disabledBecause, danger = false, onSubmit, onCancel, more, children }: {
  readonly act: { readonly busy: boolean; readonly problem: Problem | null }
  readonly fields: readonly string[]
  readonly submit: string
  /** Why the button cannot be pressed now; shown beside it. */
  readonly disabledBecause?: string | null
  readonly danger?: boolean
  onSubmit(): void
  onCancel?(): void
  /** The other acts that the same fields serve; beside the button. */
  readonly more?: ReactNode
  readonly children: ReactNode
}) {
  const { problem } = act
  const elsewhere = problem && !fields.some((field) => messageFor(problem, field) !== null) ? problem : null
  function send(event: FormEvent) {
    event.preventDefault()
    if (!act.busy && !disabledBecause) onSubmit()
  }
  return (
    <InForm value={{ problem }}>
      <form onSubmit={send} noValidate style={{ display: 'grid', gap: 14 }}>
        {children}
        <ProblemPanel problem={elsewhere} />
        <div className="x-row">
          <Button type="primary" htmlType="submit" danger={danger} loading={act.busy} disabled={Boolean(disabledBecause)}>{submit}</Button>
          {more}
          {onCancel && <Button onClick={onCancel}>{t('取消', 'Cancel')}</Button>}
          {disabledBecause && <span className="x-small x-quiet">{disabledBecause}</span>}
        </div>
      </form>
    </InForm>
  )
}

/** One field of an {@link ActForm}: label, the control (given its id), a hint, and what the server says of it. */
export function ActField({ name, label, hint, required = false, children }: { readonly name: string; readonly label: string; readonly hint?: ReactNode; readonly required?: boolean; children(id: string, invalid: boolean): ReactNode }) {
  const { problem } = use(InForm)
  const id = useId()
  const message = problem && messageFor(problem, name)
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 4, minWidth: 0 }}>
      <label htmlFor={id} style={{ fontWeight: 550 }}>{label}{required && <span className="x-late" aria-hidden> *</span>}</label>
      {children(id, Boolean(message))}
      {hint && <span className="x-small x-quiet">{hint}</span>}
      {message && <span className="x-small x-late" role="alert">{message} <BasisPopover basis={problem.body.basis} /></span>}
    </div>
  )
}

function messageFor({ body }: Problem, name: string): string | null {
  const several = body.fields?.find(({ field }) => field === name)
  if (several) return several.message
  return body.field === name ? `${tt(body.message)}${t('。', '. ')}${tt(body.fix)}` : null
}
