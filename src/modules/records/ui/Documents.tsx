import { useRef } from 'react'
import { Button } from 'antd'
import { PaperClipOutlined, UploadOutlined } from '@ant-design/icons'
import { urlOf, type AnswerOf } from '../../../ui/client.ts'
import { Section } from '../../../ui/Layout.tsx'
import { t } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { sizeText } from '../../../ui/size-text.ts'
import { useWhyNot } from '../../../ui/surroundings.tsx'
import { useAct } from '../../../ui/use-endpoint.ts'
import { attachDocument, downloadDocument, getRecord, listRecords } from '../contract.ts'
import { Done } from './parts.tsx'

/** The decision documents (文书) of a record: download, and attach one. Kept by the hash of their content. */
export function Documents({ record }: { readonly record: AnswerOf<typeof getRecord> }) {
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
      {record.documents.length === 0 && !act.problem && <p className="x-quiet">{t('还没有文书。可上传决定书的 PDF、PNG 或 JPEG。', 'None yet. Attach the decision as PDF, PNG or JPEG.')}</p>}
      <ul className="r-docs">
        {record.documents.map((document) => (
          <li key={document.attachmentId}>
            <a href={urlOf(downloadDocument, { ...about, attachmentId: document.attachmentId })} download><PaperClipOutlined aria-hidden /> {document.fileName}</a>
            <span className="x-small x-quiet">{sizeText(document.size)}</span>
            <Done at={document.attachedAt} actor={document.actor} />
            <span className="x-small x-quiet x-mono" title={document.digest}>SHA-256 {document.digest.slice(0, 12)}…</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
