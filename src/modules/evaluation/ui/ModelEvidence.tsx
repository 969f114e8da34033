import { Fragment } from 'react'
import { Button } from 'antd'
import { DownloadOutlined } from '@ant-design/icons'
import type { AnswerOf } from '../../../ui/client.ts'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { DayText, InstantText } from '../../../ui/DayText.tsx'
import { t } from '../../../ui/language.ts'
import { Facts, Section } from '../../../ui/Layout.tsx'
import { saveText } from '../../../ui/query-table/columns.ts'
import type { getModel } from '../contract.ts'
import { originWords } from './ModelsPage.tsx'

type Model = AnswerOf<typeof getModel>

/** The model as an auditor needs it: hash, days in force, who adopted it, every version, the statement that computes it, the definition. */
export function ModelEvidence({ model }: { readonly model: Model }) {
  const present = model.versions.find(({ hash }) => hash === model.hash)
  const definition = JSON.stringify(model.definition, null, 2)
  return (
    <div className="m-tabs">
      <div className="m-two">
        <Section title={t('这一版', 'This version')}>
          <Facts of={[
            [t('代号', 'Key'), <span className="x-mono">{model.key}</span>],
            [t('内容摘要', 'Hash'), <span className="x-mono m-hash">{model.hash}</span>],
            [t('有效', 'In force'), <><DayText on={model.inForceFrom} /> – {model.inForceUntil ? <DayText on={model.inForceUntil} /> : t('另有规定前', 'open')}</>],
            [t('等级体系', 'Scale'), <span className="x-mono">{model.scale}</span>],
            [t('来源', 'Origin'), originWords(model.origin)],
            [t('采用', 'Adopted'), present ? <><InstantText at={present.adoptedAt} /> · {adopterWords(present.adoptedBy)}</> : null],
          ]} />
        </Section>
        <Section title={t('各版本', 'Versions')} note={t('只增不改', 'only ever added to')}>
          <table className="m-rules">
            <thead><tr><th scope="col">{t('有效', 'In force')}</th><th scope="col">{t('采用', 'Adopted')}</th><th scope="col">{t('摘要', 'Hash')}</th></tr></thead>
            <tbody>{model.versions.map((version) => <tr key={`${version.hash} ${version.adoptedAt}`}><th scope="row"><DayText on={version.inForceFrom} /> – {version.inForceUntil ?? t('另有规定前', 'open')} {version.hash === model.hash && <span className="x-tag x-tag-accent">{t('本版', 'this one')}</span>}</th><td><InstantText at={version.adoptedAt} /><div className="x-small x-quiet">{adopterWords(version.adoptedBy)} · {originWords(version.origin)}</div></td><td className="x-mono" title={version.hash}>{version.hash.slice(0, 12)}…</td></tr>)}</tbody>
          </table>
        </Section>
      </div>
      <Section title={t('计算用的 SQL', 'The SQL that computes it')} note={t('由模型定义生成；同一定义另有一套逐户算法，二者逐位相同', 'made from the definition; a second evaluator, subject by subject, agrees to the last digit')} after={<CopyButton text={model.sql} what="SQL" />}>
        <pre className="m-code" tabIndex={0} aria-label="SQL">{coloured(model.sql)}</pre>
      </Section>
      <Section title={t('模型定义', 'The definition')} after={<span className="x-row"><CopyButton text={definition} what={t('模型定义', 'the definition')} /><Button size="small" type="text" icon={<DownloadOutlined />} onClick={() => saveText(`${model.key}.json`, `${definition}\n`, 'application/json')}>{t('下载', 'Download')}</Button></span>}>
        <details><summary className="x-quiet">{t('展开', 'Show')}</summary><pre className="m-code" tabIndex={0} aria-label={t('模型定义', 'The definition')}>{definition}</pre></details>
      </Section>
    </div>
  )
}

function adopterWords(by: string): string {
  return by.startsWith('system') ? t('系统（启动时按政策包）', 'system (at start, from the policy packs)') : by
}

const WORDS = /\b(select|from|where|join|left|lateral|on|and|or|group by|order by|case|when|then|else|end|with|as|filter|coalesce|least|greatest|sum|count|over|partition by|union all|not|exists|in|is|null|between)\b/gi

function coloured(sql: string) {
  return sql.split(WORDS).map((part, index) => (index % 2 ? <span key={index} className="m-word">{part}</span> : <Fragment key={index}>{part}</Fragment>))
}
