import type { AnswerOf } from '../../../ui/client.ts'
import { t, tt } from '../../../ui/language.ts'
import type { getRemoval } from '../contract.ts'
import { fates } from './words.ts'

const TONE = { bars: 'x-tag-late', goes: 'x-tag-due', stays: 'x-tag-info' } as const
const ORDER = ['bars', 'goes', 'stays'] as const

/** What is held of a person (持有情况): what bars first, then what goes, then what stays and why. */
export function HeldTable({ held, done = false }: { readonly held: AnswerOf<typeof getRemoval>['held']; readonly done?: boolean }) {
  if (held.length === 0) return <p className="x-quiet">{t('系统中没有该人的信息。', 'Nothing is held of this person.')}</p>
  return (
    <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('持有情况', 'What is held')}>
      <table className="x-table">
        <thead><tr><th scope="col">{t('处理', 'What becomes of it')}</th><th scope="col">{t('内容', 'What')}</th><th scope="col" className="x-right">{t('数量', 'Count')}</th><th scope="col">{t('说明', 'Why')}</th></tr></thead>
        <tbody>{ORDER.flatMap((fate) => held.filter((one) => one.fate === fate)).map(({ what, count, fate, why }, at) => (
          <tr key={at}><td><span className={`x-tag ${TONE[fate]}`}>{done && fate === 'goes' ? t('已删除', 'Removed') : tt(fates[fate])}</span></td><td>{tt(what)}</td><td className="x-right x-num">{count.toLocaleString('en')}</td><td className="x-small">{why ? tt(why) : '—'}</td></tr>))}
        </tbody>
      </table>
    </div>
  )
}
