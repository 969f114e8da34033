import { t } from './language.ts'

/** How far something is (0 to 1, null when the end is unknown) and, beneath, what it is doing now. */
export function ProgressBar({ fraction, what, label }: { readonly fraction: number | null; readonly what: React.ReactNode; readonly label: string }) {
  const percent = fraction === null ? null : Math.round(Math.min(1, Math.max(0, fraction)) * 100)
  return (
    <div className="x-progress">
      <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} {...(percent === null ? {} : { 'aria-valuenow': percent })}>
        <div className={percent === null ? 'x-unknown' : ''} style={{ width: `${percent ?? 30}%` }} />
      </div>
      <span className="x-small x-quiet" aria-live="polite">{percent === null ? '' : `${percent}% · `}{what}</span>
    </div>
  )
}

/** Says what is being read. For the first paint of a page or panel; after a second without an answer it says so. */
export function Loading({ what }: { readonly what?: string }) {
  return <div className="x-empty" role="status">{what ?? t('正在读取…', 'Reading…')}</div>
}
