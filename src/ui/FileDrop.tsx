import { useRef, useState, type ReactNode } from 'react'
import { InboxOutlined } from '@ant-design/icons'

/** A place to drop one file, or to choose it by click or keyboard. `accept` as in an input of type file. */
export function FileDrop({ label, hint, accept, disabled = false, onFile }: { readonly label: ReactNode; readonly hint?: ReactNode; readonly accept?: string; readonly disabled?: boolean; onFile(file: File): void }) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  function take(files: FileList | null) {
    if (!disabled && files?.[0]) onFile(files[0])
    if (input.current) input.current.value = ''
  }
  return (
    <label className={`x-drop ${over ? 'x-over' : ''}`} onDragOver={(event) => (event.preventDefault(), setOver(true))} onDragLeave={() => setOver(false)} onDrop={(event) => (event.preventDefault(), setOver(false), take(event.dataTransfer.files))}>
      <InboxOutlined aria-hidden />
      <strong>{label}</strong>
      {hint && <span className="x-quiet x-small">{hint}</span>}
      <input ref={input} type="file" className="x-hidden" accept={accept} disabled={disabled} onChange={(event) => take(event.target.files)} />
    </label>
  )
}
