import { StopOutlined } from '@ant-design/icons'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { t } from '../../../ui/language.ts'
import type { getSubject } from '../contract.ts'
import './subjects.css'

/** Says plainly that a subject is gone (注销、吊销、迁出), since when, and what stands below nevertheless. Nothing for one that exists. */
export function GoneNote({ subject: { status, registrations } }: { readonly subject: AnswerOf<typeof getSubject> }) {
  const words = { deregistered: t('本主体已注销', 'This subject is deregistered'), 'moved-out': t('本主体已迁出本区', 'This subject has moved out of the district'), revoked: t('本主体已被吊销营业执照', 'The licence of this subject is revoked') }[status as string]
  if (!words) return null
  const since = registrations.filter(({ changes }) => changes.some(({ field, from, to }) => field === 'status' && from !== null && to === status)).map(({ effectiveOn }) => effectiveOn).toSorted().at(-1)
  return (
    <div className="u-gone" role="note">
      <StopOutlined aria-hidden /><p><strong>{words}</strong>{since && <> · {t('自', 'since')} <DayText on={since} /></>} <span className="x-quiet">{status === 'revoked' ? t('主体资格仍在，记录和评价照常。', 'It still exists in law: records and evaluation go on.') : t('以下记录、得分和等级只作留存查考。', 'Records, scores and grades below are kept for reference.')}</span></p>
    </div>
  )
}
