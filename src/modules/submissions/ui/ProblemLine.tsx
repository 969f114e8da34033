import { ExclamationCircleFilled, WarningFilled } from '@ant-design/icons'
import type { z } from 'zod'
import { BasisPopover } from '../../../ui/BasisPopover.tsx'
import { t, tt } from '../../../ui/language.ts'
import type { problemSchema } from '../contract.ts'

/** One problem of a cell, row or file: cause and fix in words, with its basis. `where` names the cell. */
export function ProblemLine({ problem, where }: { readonly problem: z.output<typeof problemSchema>; readonly where?: string | undefined }) {
  const error = problem.severity === 'error'
  return (
    <p className="s-problem">
      {error ? <ExclamationCircleFilled className="x-late" aria-label={t('错误', 'Error')} /> : <WarningFilled className="x-due" aria-label={t('提醒', 'Warning')} />}
      <span>{where && <strong>{where}{t('：', ': ')}</strong>}{tt(problem.message)} <span className="x-quiet">{t('→', '→')} {tt(problem.fix)}</span> <BasisPopover basis={problem.basis} /></span>
    </p>
  )
}
