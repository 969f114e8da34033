// @clause 4.2
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { DownloadOutlined } from '@ant-design/icons'
import type { AnswerOf } from '../../../ui/client.ts'
import { useFile } from '../../../ui/FileLink.tsx'
import { DayText, InstantText } from '../../../ui/DayText.tsx'
import { Facts, PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading, ProgressBar } from '../../../ui/ProgressBar.tsx'
import { sizeText } from '../../../ui/size-text.ts'
import { ActorName, useDepartmentName } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { useFullView } from '../../privacy/ui/FullView.tsx'
import { downloadFailedRows, getBatch } from '../contract.ts'
import { BatchState } from './BatchTable.tsx'
import { FlaggedRows } from './FlaggedRows.tsx'
import { count, kindTitles, stageTitles } from './words.ts'
import './submissions.css'

const route = getRouteApi('/imports/$batchId')

/** One import: its progress while it runs (also after a reload), then its result and the rows that were sent back. */
export function BatchPage() {
  const { batchId } = route.useParams()
  const departmentName = useDepartmentName()
  const answer = useEndpoint(getBatch, { batchId }, { every: (batch) => (batch && (batch.state === 'done' || batch.state === 'refused') ? false : 600) })
  const batch = answer.data
  if (!batch) return answer.error ? <ProblemPanel problem={answer.error} onRetry={() => void answer.refetch()} /> : <Loading what={t('正在读取批次…', 'Reading the batch…')} />
  const running = batch.state === 'received' || batch.state === 'reading'
  return (
    <>
      <PageHead title={<span style={{ overflowWrap: 'anywhere' }}>{batch.fileName}</span>} under={<span className="x-row"><BatchState batch={batch} />{tt(kindTitles[batch.kind]!)} · {departmentName(batch.department)} · {t('接收日', 'received')} <DayText on={batch.receivedOn} /></span>}
        after={<Link to="/imports">{t('再导入一份', 'Import another')}</Link>} />
      <div className="x-stack">
        {running && <Section title={t('正在导入', 'Importing')}><Running batch={batch} /></Section>}
        {batch.refusal && <div className="x-problem" role="alert"><strong>{tt(batch.refusal.message)}</strong><span>{tt(batch.refusal.fix)}</span><span className="x-small x-quiet">{t('整份文件没有导入任何一行。', 'Not one row of the file was imported.')} <span className="x-mono">{batch.refusal.code}</span></span></div>}
        {batch.state === 'done' && <Result batch={batch} />}
        {batch.state === 'done' && batch.rejected + batch.warned > 0 && <FlaggedRows batchId={batch.batchId} rejected={batch.rejected} warned={batch.warned} />}
        <Section title={t('这份文件', 'This file')}>
          <Facts of={[[t('批次号', 'Batch'), <span className="x-num">{batch.batchId}</span>], [t('大小', 'Size'), sizeText(batch.fileSize)], [t('经办人', 'By'), <ActorName id={batch.actor} />], [t('导入时间', 'Imported at'), <InstantText at={batch.receivedAt} />], batch.finishedAt !== null && [t('完成时间', 'Finished at'), <InstantText at={batch.finishedAt} />]]} />
        </Section>
      </div>
    </>
  )
}

function Running({ batch }: { readonly batch: AnswerOf<typeof getBatch> }) {
  const { progress } = batch
  const pieces = [
    tt(stageTitles[progress?.stage ?? 'waiting']!),
    t(`已读 ${count(batch.read)} 行`, `${count(batch.read)} rows read`),
    progress && progress.rowsPerSecond > 0 && t(`每秒 ${count(Math.round(progress.rowsPerSecond))} 行`, `${count(Math.round(progress.rowsPerSecond))} rows a second`),
    batch.rejected > 0 && t(`退回 ${count(batch.rejected)} 行`, `${count(batch.rejected)} rejected`),
  ]
  return <><ProgressBar fraction={progress?.fraction ?? null} label={t('导入进度', 'Progress of the import')} what={pieces.filter(Boolean).join(' · ')} /><p className="x-small x-quiet" style={{ marginTop: 6 }}>{t('可以离开或刷新本页，导入照常进行；要么整份入库，要么一行不入。', 'You may leave or reload this page. Either the whole file is taken in, or nothing of it.')}</p></>
}

function Result({ batch }: { readonly batch: AnswerOf<typeof getBatch> }) {
  const { purpose } = useFullView(`batch/${batch.batchId}`)
  const failed = useFile({ endpoint: downloadFailedRows, input: { batchId: batch.batchId }, name: `${batch.fileName.replace(/\.[^.]*$/, '')}-失败行-批次${batch.batchId}.xlsx`, purpose })
  const parts = [
    { n: batch.accepted, tone: 'x-good', zh: '新增', en: 'accepted', says: t('新的记录', 'new records') },
    { n: batch.unchanged, tone: 'x-quiet', zh: '未变', en: 'unchanged', says: t('已有，内容相同', 'known, the same') },
    { n: batch.corrected, tone: 'x-info', zh: '更正', en: 'corrected', says: t('已有，内容更新，旧版保留', 'known, changed; the old version stays') },
    { n: batch.rejected, tone: 'x-late', zh: '退回', en: 'rejected', says: t('有错误，未入库', 'with errors, not stored') },
  ]
  return (
    <Section title={t(`读了 ${count(batch.read)} 行`, `${count(batch.read)} ${batch.read === 1 ? 'row' : 'rows'} read`)} note={batch.warned > 0 ? t(`其中 ${count(batch.warned)} 行有提醒`, `${count(batch.warned)} of them with warnings`) : undefined}
      after={batch.rejected > 0 && <Button type="primary" icon={<DownloadOutlined />} {...failed.link}>{t('下载失败行', 'Workbook of failed rows')}</Button>}>
      <ProblemPanel problem={failed.problem} />
      <div className="s-split" aria-hidden>{parts.map(({ n, tone, en }) => n > 0 && <span key={en} className={tone} style={{ flexGrow: n }} />)}</div>
      <dl className="s-result">{parts.map(({ n, tone, zh, en, says }) => <div key={en}><dt>{t(zh, en)}</dt><dd className={n > 0 ? tone : 'x-quiet'}>{count(n)}</dd><dd className="x-small x-quiet">{says}</dd></div>)}</dl>
      {batch.rejected > 0 && <p className="x-small x-quiet">{t('失败行工作簿与原表列相同，每行旁边写明原因和改法。改好后直接再导入：已入库的行不会重复。', 'The workbook has the layout of your file with cause and fix beside each row. Correct it and import it again: rows already stored are not doubled.')}</p>}
    </Section>
  )
}
