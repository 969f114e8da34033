import { Popover } from 'antd'
import type { Basis } from '../kernel/basis.ts'
import { language, t, tt } from './language.ts'
import { useSurroundings } from './surroundings.tsx'

/** A citation (依据) in one line: title and article; opens to the words of the article, issuer and number, and says when nobody has confirmed it (未核实). */
export function BasisPopover({ basis, what }: { readonly basis: Basis | null | undefined; readonly what?: string }) {
  const { texts } = useSurroundings()
  if (!basis) return null
  const cited = texts[basis.text]
  const article = basis.article ? (cited?.articles[basis.article] ?? null) : null
  const kinds = { law: t('法规', 'law'), policy: t('本机关政策', 'policy of this authority'), practice: t('通行做法', 'practice only') }
  const content = (
    <div style={{ maxWidth: 360, display: 'grid', gap: 6 }}>
      {what && <strong>{what}</strong>}
      <div>{cited ? tt(cited.title) : basis.text}{basis.article && <> {basis.article}</>}</div>
      {article && <blockquote style={{ margin: 0, paddingLeft: 10, borderLeft: '3px solid var(--x-line)' }}>{tt(article)}</blockquote>}
      <div className="x-small x-quiet">{[kinds[basis.kind], cited?.issuer, cited?.number].filter(Boolean).join(' · ')}</div>
      {basis.note && <div className="x-small x-quiet">{basis.note}</div>}
      {basis.status === 'unconfirmed' && <div className="x-small x-due">{t('未核实：主管机关尚未确认这一条，请以文件原文为准。', 'Unconfirmed: no authority has confirmed this; the document itself decides.')}</div>}
      {cited?.source && <div className="x-small x-quiet">{t('来源：', 'Source: ')}{cited.source}</div>}
      {cited?.url?.startsWith('http') && <a href={cited.url} target="_blank" rel="noreferrer noopener">{t('查看原文', 'The document')}</a>}
    </div>
  )
  return (
    <Popover content={content} trigger="click" destroyOnHidden>
      <button type="button" className="x-basis">
        {t('依据', 'Basis')}{t('：', ': ')}{cited ? shortTitle(tt(cited.title)) : basis.text}{basis.article && ` ${basis.article}`}
        {basis.status === 'unconfirmed' && <> <span className="x-due">{t('未核实', 'unconfirmed')}</span></>}
      </button>
    </Popover>
  )
}

function shortTitle(title: string): string {
  // as wide in either language
  const most = language() === 'zh' ? 16 : 40
  return title.length > most ? `${title.slice(0, most - 1).trimEnd()}…` : title
}
