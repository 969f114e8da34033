import { Input } from 'antd'
import { SearchOutlined } from '@ant-design/icons'
import type { Text } from '../../../kernel/text.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { t, tt } from '../../../ui/language.ts'
import { EmptyState, Section } from '../../../ui/Layout.tsx'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listTexts } from '../contract.ts'

const states: Readonly<Record<string, { readonly words: Text; readonly tone: string }>> = {
  'in-force': { words: { zh: '现行', en: 'in force' }, tone: 'x-tag-good' }, repealed: { words: { zh: '已废止', en: 'repealed' }, tone: '' },
  'not-yet': { words: { zh: '尚未施行', en: 'not yet in force' }, tone: 'x-tag-info' }, draft: { words: { zh: '征求意见', en: 'draft' }, tone: 'x-tag-due' }, practice: { words: { zh: '通行做法', en: 'practice' }, tone: '' },
}

/** The legal texts that are cited (法规文件), with what the cited articles say in our own words. */
export function TextsList({ find, onFind }: { readonly find: string | undefined; onFind(words: string | undefined): void }) {
  const texts = useEndpoint(listTexts, {})
  const words = find?.trim().toLowerCase()
  const rows = texts.data?.rows.filter((row) => !words || JSON.stringify(row).toLowerCase().includes(words))
  return (
    <Section flush>
      <div className="p-find">
        <Input allowClear prefix={<SearchOutlined aria-hidden />} value={find ?? ''} placeholder={t('名称、文号、发文机关、条文…', 'Title, number, issuer, article…')} aria-label={t('查找法规文件', 'Find a legal text')} onChange={(event) => onFind(event.target.value || undefined)} />
        {rows && <span className="x-quiet x-num" style={{ marginLeft: 'auto' }} aria-live="polite">{t(`共 ${rows.length} 件`, `${rows.length} texts`)}</span>}
      </div>
      <ProblemPanel problem={texts.error} onRetry={() => void texts.refetch()} />
      {!rows && !texts.error && <Loading what={t('正在读取法规文件…', 'Reading the texts…')} />}
      {rows?.map((row) => {
        const state = states[row.status]
        const articles = Object.entries(row.articles)
        return (
          <details key={row.key} className="p-text">
            <summary>
              <span>{tt(row.title)}</span><span><span className={`x-tag ${state?.tone ?? ''}`}>{state ? tt(state.words) : row.status}</span></span>
              <span className="x-small x-quiet">{[row.number, row.issuer].filter(Boolean).join(' · ')}{row.inForceFrom && <> · {t('', 'in force from ')}<DayText on={row.inForceFrom} />{t(' 起施行', '')}</>}{row.inForceUntil && <> · {t('至', 'until')} <DayText on={row.inForceUntil} /></>}</span>
              <span className="x-small x-quiet">{t(`引用 ${articles.length} 条`, `${articles.length} cited`)}</span>
            </summary>
            <div>
              {articles.length > 0 ? <dl>{articles.map(([article, gist]) => <div key={article} style={{ display: 'contents' }}><dt>{article}</dt><dd>{tt(gist)}</dd></div>)}</dl> : <span className="x-quiet">{t('没有引用具体条款。', 'No single article is cited.')}</span>}
              {row.source && <span className="x-small x-quiet">{t('来源：', 'Source: ')}{row.source}</span>}
              {row.url && <a className="x-small" href={row.url} target="_blank" rel="noreferrer noopener">{t('查看原文', 'The document')}</a>}
            </div>
          </details>
        )
      })}
      {rows?.length === 0 && <EmptyState title={t('没有这样的文件', 'No such text')} how={t('换一个词试试。', 'Try another word.')} />}
      <p className="x-small x-quiet" style={{ padding: '10px 16px', borderTop: '1px solid var(--x-line)' }}>{t('条文为转述，不是原文；以文件原文为准。', 'Articles are told in our own words; the documents themselves decide.')}</p>
    </Section>
  )
}
