import { ClockCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { t } from '../../../ui/language.ts'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listOpenRejections } from '../contract.ts'
import { RejectionLine } from './RejectionLine.tsx'
import './submissions.css'

/** What is still owed about a business: decisions that came in with mistakes, were sent back, and are missing from its record. Nothing where there is none. */
export function OpenOfParty({ code }: { readonly code: string }) {
  const { data } = useEndpoint(listOpenRejections, { party: code, limit: 20 })
  if (!data || data.total === 0) return null
  return (
    <div className={`s-owed ${data.late > 0 ? 's-owed-late' : ''}`} role="note">
      <p>{data.late > 0 ? <ExclamationCircleFilled className="x-late" aria-hidden /> : <ClockCircleFilled className="x-due" aria-hidden />} <strong>{t(`有 ${data.total} 项决定被退回、尚未补报`, `${data.total} ${data.total === 1 ? 'decision was' : 'decisions were'} sent back and not sent again`)}</strong>{data.late > 0 && <span>{t(`，其中 ${data.late} 项已逾期`, `, ${data.late} of them late`)}</span>}<span className="x-quiet">{t('，未计入下面的记录和得分。', '; not in the record and score below.')}</span></p>
      <ul className="s-last">{data.rows.map((row) => <RejectionLine key={`${row.batchId} ${row.rowNumber}`} row={row} />)}</ul>
    </div>
  )
}
