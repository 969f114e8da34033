// @clause 5.2
import './models.css'
import { useState } from 'react'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Modal } from 'antd'
import { ImportOutlined } from '@ant-design/icons'
import type { RowOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { GradeBadge } from '../../../ui/GradeBadge.tsx'
import { t, tt } from '../../../ui/language.ts'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import type { Column } from '../../../ui/query-table/columns.ts'
import { QueryTable } from '../../../ui/query-table/QueryTable.tsx'
import { useSectorName } from '../../../ui/surroundings.tsx'
import { useWhyNot } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listModels } from '../contract.ts'
import { ModelImport } from './ModelImport.tsx'
import { StatusTag } from './Standing.tsx'

type Row = RowOf<typeof listModels>

/** All evaluation models (评价模型), and the import of a further one. */
export function ModelsPage() {
  const whyNot = useWhyNot('evaluation.adopt')
  const models = useEndpoint(listModels, {})
  const navigate = useNavigate()
  const sectorOf = useSectorName()
  const [importing, setImporting] = useState(false)
  const columns: Column<Row>[] = [
    { id: 'title', title: { zh: '模型', en: 'Model' }, text: ({ title }) => tt(title), sortBy: true, render: (row) => <Link className="x-cut" title={tt(row.title)} to="/models/$key" params={{ key: row.key }}>{tt(row.title)}</Link> },
    { id: 'sector', title: { zh: '行业领域', en: 'Sector' }, text: ({ sector }) => nameOfSector(sector, sectorOf), render: ({ sector }) => nameOfSector(sector, sectorOf) },
    { id: 'status', title: { zh: '性质', en: 'Standing' }, text: ({ status, confirmed }) => `${status}${confirmed ? '' : ' ?'}`, render: (row) => <StatusTag {...row} /> },
    { id: 'inForce', title: { zh: '有效期', en: 'In force' }, text: ({ inForceFrom, inForceUntil }) => `${inForceFrom} – ${inForceUntil ?? ''}`, render: (row) => <span className="x-row" style={{ flexWrap: 'nowrap' }}>{row.inForce ? <span className="x-tag x-tag-good">{t('有效', 'in force')}</span> : <span className="x-tag">{t('未在有效期', 'not in force')}</span>}<span className="x-num"><DayText on={row.inForceFrom} /> – {row.inForceUntil ?? t('另有规定前', 'open')}</span></span> },
    { id: 'subjects', title: { zh: '已评主体', en: 'Subjects' }, align: 'right', text: ({ subjects }) => String(subjects), render: ({ subjects }) => subjects.toLocaleString('en') },
    { id: 'grades', title: { zh: '等级分布', en: 'Grades' }, text: ({ grades }) => grades.map(({ grade, subjects }) => `${grade} ${subjects}`).join('; '), render: (row) => <Split row={row} /> },
    { id: 'average', title: { zh: '平均分', en: 'Average' }, align: 'right', text: ({ average }) => average ?? '', render: ({ average }) => average ?? <span className="x-quiet">—</span> },
    { id: 'origin', title: { zh: '来源', en: 'Origin' }, text: ({ origin }) => originWords(origin), render: ({ origin }) => originWords(origin) },
    { id: 'hash', title: { zh: '摘要', en: 'Hash' }, hidden: true, text: ({ hash }) => hash, render: ({ hash }) => <span className="x-mono" title={hash}>{hash.slice(0, 12)}…</span> },
  ]
  return (
    <>
      <PageHead title={t('评价模型', 'Evaluation models')} under={t('每个模型都是一份公开可读的规则文件。本地模型的结果只是内部监管分类：不公开，不用于招标投标。', 'Each model is a file of rules that anyone can read. The result of a local model is an internal class for supervision: not published, not for bidding.')}
        after={<Button aria-haspopup="dialog" disabled={whyNot !== null} title={whyNot ?? undefined} icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('导入模型', 'Import a model')}</Button>} />
      <div className="x-stack">
        <Section flush>
          <QueryTable name="models" caption={{ zh: '评价模型', en: 'Evaluation models' }} unit={{ zh: '个', en: 'models' }} height="none" columns={columns} answer={models} keyOf={({ key, hash }) => `${key} ${hash}`} onOpen={({ key }) => void navigate({ to: '/models/$key', params: { key } })}
            empty={{ title: t('还没有模型', 'No models yet'), how: t('政策包中的模型在启动时采用；也可以在这里导入一个。', 'Models of the policy packs are adopted at the start; or import one here.'), action: <Button aria-haspopup="dialog" disabled={whyNot !== null} title={whyNot ?? undefined} onClick={() => setImporting(true)}>{t('导入模型', 'Import a model')}</Button> }} />
        </Section>
        <Modal open={importing} onCancel={() => setImporting(false)} footer={null} title={t('导入评价模型', 'Import a model')} width={720} destroyOnHidden>
          <ModelImport onCancel={() => setImporting(false)} onDone={(key) => (setImporting(false), void navigate({ to: '/models/$key', params: { key } }))} />
        </Modal>
      </div>
    </>
  )
}

function Split({ row: { grades, subjects, scale } }: { readonly row: Row }) {
  if (subjects === 0) return <span className="x-quiet">{t('尚未评价', 'not evaluated yet')}</span>
  return <span className="x-row" style={{ flexWrap: 'nowrap', gap: 10 }}>{grades.filter((one) => one.subjects > 0).map((one) => <span key={one.grade} className="x-num"><GradeBadge grade={one.grade} called={tt(one.title)} scale={scale} compact size={16} /> {Math.round((one.subjects / subjects) * 100) || '<1'}%</span>)}</span>
}

/** The sector of a model in words. */
export function nameOfSector(sector: string, sectorOf: (key: string) => string): string {
  return sector === 'all' ? t('全部', 'all') : sectorOf(sector)
}

/** Where a model came from. */
export function originWords(origin: string): string {
  return origin === 'policy' ? t('政策包', 'policy pack') : t('导入', 'imported')
}
