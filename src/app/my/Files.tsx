import { useId, useState } from 'react'
import { uploadEvidence } from '../../modules/agents/contract.ts'
import { call, problemOf, type Problem } from '../../ui/client.ts'
import { t } from '../../ui/language.ts'
import { Trouble } from './parts.tsx'

/** A file that was uploaded and waits to go along. */
export type Uploaded = { readonly uploadId: number; readonly fileName: string }

/** Chooses photos or PDF files; each is uploaded at once, so that nothing is lost when the form is refused. */
export function Files({ label, hint, files, onFiles }: { readonly label: string; readonly hint: string; readonly files: readonly Uploaded[]; onFiles(files: Uploaded[]): void }) {
  const id = useId()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  async function take(chosen: FileList | null) {
    setBusy(true)
    setProblem(null)
    const made = [...files]
    try {
      for (const file of chosen ?? []) made.push(await call(uploadEvidence, { name: file.name }, { file }))
    } catch (error) {
      setProblem(problemOf(error))
    }
    onFiles(made)
    setBusy(false)
  }
  return (
    <div className="m-field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="file" accept="image/png,image/jpeg,application/pdf" multiple disabled={busy} aria-describedby={`${id}-told`} onChange={(event) => void take(event.target.files).then(() => (event.target.value = ''))} />
      <span id={`${id}-told`} className="x-small x-quiet">{hint}</span>
      {busy && <span role="status">{t('正在上传…', 'Uploading…')}</span>}
      <Trouble problem={problem} />
      {files.length > 0 && <ul>{files.map((file) => <li key={file.uploadId} className="x-row"><span className="x-good">✓ {file.fileName}</span><button type="button" className="m-link" aria-label={t(`移除 ${file.fileName}`, `Remove ${file.fileName}`)} onClick={() => onFiles(files.filter((one) => one !== file))}>{t('移除', 'Remove')}</button></li>)}</ul>}
    </div>
  )
}
