import { useRef } from 'react'
import { Button } from 'antd'
import { PaperClipOutlined, UploadOutlined } from '@ant-design/icons'
import type { AnswerOf } from '../../../ui/client.ts'
import { FileLink } from '../../../ui/FileLink.tsx'
import { Section } from '../../../ui/Layout.tsx'
import { t } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { sizeText } from '../../../ui/size-text.ts'
import { useWhyNot } from '../../../ui/surroundings.tsx'
import { useAct } from '../../../ui/use-endpoint.ts'
import { attachDocument, downloadDocument, getRecord, listRecords } from '../contract.ts'
import { Done } from './parts.tsx'

/** The decision documents (文书) of a record: download, and attach one. Kept by the hash of their content. */
export function Documents({ record, purpose }: { readonly record: AnswerOf<typeof getRecord>; readonly purpose: string | null }) {
  const input = useRef<HTMLInputElement>(null)
  const act = useAct(attachDocument, { stale: [getRecord, listRecords] })
  const whyNot = useWhyNot('records.attach')
  const about = { recordId: record.recordId, subjectId: record.subjectId }
  function send(file: File | undefined) {
    if (file) void act.perform({ ...about, name: file.name }, { file })
    if (input.current) input.current.value = ''
  }
  return (
    <Section title={t('文书', 'Documents')} after={<>
      <Button size="small" icon={<UploadOutlined />} loading={act.busy} disabled={whyNot !== null} title={whyNot ?? undefined} onClick={() => input.current?.click()}>{t('上传', 'Attach')}</Button>
      <input ref={input} type="file" hidden accept=".pdf,.png,.jpg,.jpeg" aria-label={t('选择文书', 'Choose a document')} onChange={(event) => send(event.target.files?.[0])} />
    </>}>
      <ProblemPanel problem={act.problem} />
      {record.withheld && record.attachments > 0 && <p className="x-quiet">{t(`有 ${record.attachments} 份文书，由其他部门上传；说明目的后可看。`, `${record.attachments} attached by another department; say for what purpose to see them.`)}</p>}
      {record.documents.length === 0 && !record.withheld && !act.problem && <p className="x-quiet">{t('还没有文书。可上传决定书的 PDF、PNG 或 JPEG。', 'None yet. Attach the decision as PDF, PNG or JPEG.')}</p>}
      <ul className="r-docs">
        {record.documents.map((document) => (
          <li key={document.attachmentId}>
            <FileLink endpoint={downloadDocument} input={{ ...about, attachmentId: document.attachmentId }} name={document.fileName} purpose={purpose}><PaperClipOutlined aria-hidden /> {document.fileName}</FileLink>
            <span className="x-small x-quiet">{sizeText(document.size)}</span>
            <Done at={document.attachedAt} actor={document.actor} />
            <span className="x-small x-quiet x-mono" title={document.digest}>SHA-256 {document.digest.slice(0, 12)}…</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
