import { useState } from 'react'
import { Button, Checkbox, Input, Modal, Select } from 'antd'
import type { Endpoint, InputOf } from '../../../kernel/endpoint.ts'
import { ActField, ActForm } from '../../../ui/ActForm.tsx'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { t } from '../../../ui/language.ts'
import { useAct } from '../../../ui/use-endpoint.ts'

/** What a field of a dialog holds. */
export type Values = Readonly<Record<string, string | boolean | readonly string[]>>
/** A field of a dialog: its name as the server knows it, its label, and how it is filled in. */
export type Field = { readonly name: string; readonly label: string; readonly kind?: 'text' | 'area' | 'day' | 'choice' | 'choices' | 'flag'; readonly options?: readonly { readonly value: string; readonly label: string }[]; readonly required?: boolean; readonly hint?: string }

/**
 * A button with the dialog of one act. A button that cannot be pressed says why (`whyNot`). `toInput` makes what the server gets of what was filled in;
 * empty texts are left out by {@link given}.
 */
export function ActDialog<E extends Endpoint>({ endpoint, button, title, explain, fields, initial = {}, toInput, stale, whyNot = null, danger = false, small = true, onDone, shows }: {
  readonly endpoint: E
  readonly button: string
  readonly title: string
  readonly explain?: string
  readonly fields: readonly Field[]
  readonly initial?: Values
  toInput(values: Values): InputOf<E>
  readonly stale?: readonly Endpoint[]
  readonly whyNot?: string | null
  readonly danger?: boolean
  readonly small?: boolean
  onDone?(answer: AnswerOf<E>): void
  /** What the answer shows once, before the dialog is closed. */
  shows?(answer: AnswerOf<E>): React.ReactNode
}) {
  const [open, setOpen] = useState(false)
  const [values, setValues] = useState<Values>(initial)
  const act = useAct(endpoint, { ...(stale ? { stale } : {}), onDone: (answer) => { onDone?.(answer); if (!shows) close() } })
  const set = (name: string, value: string | boolean | readonly string[]) => setValues((now) => ({ ...now, [name]: value }))
  const missing = fields.find(({ name, required }) => required && (values[name] === undefined || values[name] === '' || (Array.isArray(values[name]) && values[name].length === 0)))
  function close() {
    setOpen(false)
    act.forget()
  }
  return (
    <>
      <Button {...(small ? { size: 'small' as const } : {})} aria-haspopup="dialog" danger={danger} disabled={whyNot !== null} title={whyNot ?? undefined} onClick={() => { setValues(initial); setOpen(true) }}>{button}</Button>
      <Modal open={open} onCancel={close} footer={null} title={title} destroyOnHidden>
        {shows && act.answer ? <div className="x-stack">{shows(act.answer)}<div><Button type="primary" onClick={close}>{t('完成', 'Done')}</Button></div></div> : (
          <ActForm act={act} fields={fields.map(({ name }) => name)} submit={button} danger={danger} onCancel={close} disabledBecause={missing ? t(`请填写：${missing.label}`, `Fill in: ${missing.label}`) : null} onSubmit={() => void act.perform(toInput(values))}>
            {explain && <p className="x-prose">{explain}</p>}
            {fields.map((field) => <ActField key={field.name} name={field.name} label={field.label} required={field.required === true} hint={field.hint}>{(id, invalid) => <Control field={field} id={id} invalid={invalid} value={values[field.name]} onChange={(value) => set(field.name, value)} />}</ActField>)}
          </ActForm>
        )}
      </Modal>
    </>
  )
}

function Control({ field: { kind = 'text', options = [], required }, id, invalid, value, onChange }: { readonly field: Field; readonly id: string; readonly invalid: boolean; readonly value: Values[string] | undefined; onChange(value: string | boolean | readonly string[]): void }) {
  const status = invalid ? { status: 'error' as const } : {}
  if (kind === 'flag') return <Checkbox id={id} checked={value === true} onChange={(event) => onChange(event.target.checked)} />
  if (kind === 'day') return <DayInput id={id} value={String(value ?? '')} invalid={invalid} onChange={onChange} />
  if (kind === 'area') return <Input.TextArea id={id} rows={3} maxLength={200} value={String(value ?? '')} {...status} onChange={(event) => onChange(event.target.value)} />
  if (kind === 'choice') return <Select id={id} showSearch={{ optionFilterProp: 'label' }} allowClear={!required} value={value === undefined || value === '' ? undefined : String(value)} options={[...options]} {...status} onChange={(next: string | undefined) => onChange(next ?? '')} />
  if (kind === 'choices') return <Select id={id} mode="multiple" showSearch={{ optionFilterProp: 'label' }} value={[...(Array.isArray(value) ? (value as string[]) : [])]} options={[...options]} {...status} onChange={(next: string[]) => onChange(next)} />
  return <Input id={id} maxLength={200} value={String(value ?? '')} {...status} onChange={(event) => onChange(event.target.value)} />
}

/** The texts that were filled in, without the empty ones. */
export function given<Name extends string>(values: Values, ...names: Name[]): Partial<Record<Name, string>> {
  return Object.fromEntries(names.flatMap((name) => (typeof values[name] === 'string' && values[name].trim() !== '' ? [[name, values[name].trim()]] : []))) as Partial<Record<Name, string>>
}
