// @clause 4.2
import { useState } from 'react'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { call, urlOf } from '../../../ui/client.ts'
import { FileDrop } from '../../../ui/FileDrop.tsx'
import { PageHead, Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { windowOf } from '../../../ui/query-table/columns.ts'
import { useMay, useSurroundings } from '../../../ui/surroundings.tsx'
import { sizeText } from '../../../ui/size-text.ts'
import { useAct, useEndpoint } from '../../../ui/use-endpoint.ts'
import { downloadTemplate, listBatches, listOpenRejections, recogniseFile, submissionKindSchema } from '../contract.ts'
import { BatchTable } from './BatchTable.tsx'
import { OpenRejections } from './OpenRejections.tsx'
import { Recognised } from './Recognised.tsx'
import './submissions.css'
import { kindTitles } from './words.ts'

const route = getRouteApi('/imports')

/** Imports (导入): drop a file, see what it was recognised to be, import it; below, the last imports. */
export function ImportsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { departments } = useSurroundings()
  const may = useMay()
  const [file, setFile] = useState<File | null>(null)
  const [sent, setSent] = useState(0)
  const recognition = useAct(recogniseFile, { stale: [] })
  const batches = useEndpoint(listBatches, { ...windowOf(search), kind: search.kind, department: search.department }, { keep: true, every: (answer) => (answer?.rows.some(({ progress }) => progress) ? 1500 : false) })
  function look(next: File) {
    setFile(next)
    setSent(0)
    void recognition.perform({ name: next.name }, { file: next, onSent: setSent })
  }
  function putAway() {
    setFile(null)
    recognition.forget()
  }
  return (
    <>
      <PageHead title={t('导入', 'Imports')} under={t('部门报送的许可、处罚、主体名录和公共信用等级。导入前先识别，不会存下任何内容。', 'Licences, penalties, subjects and public grades from the departments. A file is looked at first; nothing is stored before you say so.')} />
      <div className="x-stack">
        {!file && may('submissions.import') && <FileDrop label={t('把 XLSX 或 CSV 文件拖到这里，或点击选择', 'Drop an XLSX or CSV file here, or click to choose')} accept=".xlsx,.csv,.xls,.txt" onFile={look}
          hint={t('按国家标准的中文表头、字段编码或旧名称识别，列的顺序不限；CSV 可用 UTF-8 或 GB18030。', 'Recognised by Chinese headings, field ids or older names, in any order; CSV in UTF-8 or GB18030.')} />}
        {!file && <Templates />}
        {file && recognition.busy && <Section title={file.name} note={sizeText(file.size)}><ProgressBar label={t('识别文件', 'Recognising')} fraction={sent < 1 ? sent : null} what={sent < 1 ? t('正在上传', 'Uploading') : t('正在识别表头和编码', 'Recognising headings and encoding')} /></Section>}
        {file && recognition.problem && <Section title={file.name} note={sizeText(file.size)}><div className="x-stack"><ProblemPanel problem={recognition.problem} onRetry={() => look(file)} /><div><Button onClick={putAway}>{t('换一个文件', 'Another file')}</Button></div></div></Section>}
        {recognition.answer && <Recognised found={recognition.answer} onPutAway={putAway} onImported={(batchId) => void navigate({ to: '/imports/$batchId', params: { batchId: String(batchId) } })} />}
        <Section title={t('最近导入', 'Last imports')} flush>
          <BatchTable name="batches" answer={batches} search={search} onSearch={(next) => void navigate({ search: { ...search, ...next } })}
            loadAll={(offset, limit) => call(listBatches, { offset, limit, kind: search.kind, department: search.department })}
            filters={<>
              <Select size="small" allowClear style={{ width: 150 }} placeholder={t('全部类型', 'All kinds')} aria-label={t('类型', 'Kind')} value={search.kind} options={submissionKindSchema.options.map((kind) => ({ value: kind, label: tt(kindTitles[kind]!) }))} onChange={(kind) => void navigate({ search: { ...search, kind, page: undefined } })} />
              <Select size="small" allowClear showSearch={{ optionFilterProp: 'label' }} style={{ width: 190 }} placeholder={t('全部部门', 'All departments')} aria-label={t('部门', 'Department')} value={search.department} options={departments.map((department) => ({ value: department.key, label: tt(department) }))} onChange={(department) => void navigate({ search: { ...search, department, page: undefined } })} />
            </>} />
        </Section>
        <OneByOne />
      </div>
    </>
  )
}

/** The rejected decisions one by one, read only when somebody opens them. */
function OneByOne() {
  const [open, setOpen] = useState(false)
  const rejections = useEndpoint(listOpenRejections, { limit: 500 }, { enabled: open })
  return (
    <Section>
      <details className="s-late" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary><span>{t('被退回、尚未改正再报的决定，逐条列出，可导出', 'Decisions sent back and not sent again, one by one, to export')}</span></summary>
        {open && <OpenRejections answer={rejections} />}
      </details>
    </Section>
  )
}

function Templates() {
  return (
    <p className="x-row x-small x-quiet">
      <span>{t('空白模板：', 'Empty templates:')}</span>
      {submissionKindSchema.options.map((kind) => <a key={kind} href={urlOf(downloadTemplate, { kind })} download>{tt(kindTitles[kind]!)}</a>)}
    </p>
  )
}
