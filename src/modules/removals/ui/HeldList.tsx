import type { AnswerOf } from '../../../ui/client.ts'
import { t, tt } from '../../../ui/language.ts'
import type { getRemoval } from '../contract.ts'
import './removals.css'
import { fates } from './words.ts'

const TONE = { bars: 'x-tag-late', goes: 'x-tag-due', stays: 'x-tag-info' } as const
const ORDER = ['bars', 'goes', 'stays'] as const

/** What is held of a person (持有情况): what bars first, then what goes, then what stays and why. `done`: it was removed since. */
export function HeldList({ held, done = false }: { readonly held: AnswerOf<typeof getRemoval>['held']; readonly done?: boolean }) {
  if (held.length === 0) return <p className="x-quiet">{t('系统中没有该人的信息。', 'Nothing is held of this person.')}</p>
  return (
    <ul className="r-held" aria-label={t('持有情况', 'What is held')}>{ORDER.flatMap((fate) => held.filter((one) => one.fate === fate)).map(({ what, count, fate, why }, at) => (
      <li key={at}>
        <span className={`x-tag ${TONE[fate]}`}>{done && fate === 'goes' ? t('已删除', 'Removed') : tt(fates[fate])}</span>
        <span>{tt(what)}{why && <span className="x-small x-quiet r-why">{tt(why)}</span>}</span>
        <span className="x-num">{count.toLocaleString('en')}</span>
      </li>))}
    </ul>
  )
}
