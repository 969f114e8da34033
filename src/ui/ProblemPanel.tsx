import { Button } from 'antd'
import { BasisPopover } from './BasisPopover.tsx'
import type { Problem } from './client.ts'
import { t, tt } from './language.ts'

/** What went wrong: cause, what to do, on which basis; and a button to try again where that can help. */
export function ProblemPanel({ problem, onRetry }: { readonly problem: Problem | null | undefined; readonly onRetry?: (() => void) | undefined }) {
  if (!problem) return null
  const { message, fix, basis, code } = problem.body
  return (
    <div className="x-problem" role="alert">
      <strong>{tt(message)}</strong>
      <span>{tt(fix)}</span>
      <span className="x-row">
        <BasisPopover basis={basis} />
        <span className="x-small x-quiet x-mono">{code}</span>
        {onRetry && <Button size="small" onClick={onRetry}>{t('重试', 'Try again')}</Button>}
      </span>
    </div>
  )
}
