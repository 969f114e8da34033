// @clause 12.1
import { useState } from 'react'
import { App, Button } from 'antd'
import { urlOf, type AnswerOf } from '../../../ui/client.ts'
import { FileDrop } from '../../../ui/FileDrop.tsx'
import { Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { useWhyNot } from '../../../ui/surroundings.tsx'
import { useAct } from '../../../ui/use-endpoint.ts'
import { applyImport, downloadImportProblems, downloadOrganisation, previewImport } from '../contract.ts'
import { sheetWords, whatWords } from './words.ts'

type Preview = AnswerOf<typeof previewImport>

/** The organisation as one workbook: out, filled in, shown, and in again. Nothing is stored before the preview was seen. */
export function ImportSection() {
  const whyNot = useWhyNot('organisation.edit')
  const { message } = App.useApp()
  const [file, setFile] = useState<File | null>(null)
  const preview = useAct(previewImport, { stale: [] })
  const apply = useAct(applyImport, { onDone: ({ added, changed, roles }) => { void message.success(t(`已导入：新增 ${added}，变更 ${changed}；${roles} 个角色待安全管理员确认`, `Imported: ${added} new, ${changed} changed; ${roles} roles wait for the security administrator`)); putAway() } })
  function look(next: File) {
    setFile(next)
    apply.forget()
    void preview.perform({ name: next.name }, { file: next })
  }
  function putAway() {
    setFile(null)
    preview.forget()
  }
  if (whyNot) return <Section title={t('导入导出', 'Workbook')}><p>{whyNot}{t('。组织机构由系统管理员导入。', '. The system administrator imports the organisation.')}</p></Section>
  return (
    <div className="x-stack">
      {!file && <FileDrop label={t('把组织机构工作簿拖到这里，或点击选择', 'Drop the workbook of the organisation here, or click to choose')} accept=".xlsx" onFile={look} hint={t('五张工作表：部门、科室、岗位角色、人员、职责。先预览，再导入；可以反复导入，不会重复。', 'Five sheets. It is shown first; importing again doubles nothing.')} />}
      <Section title={t('下载', 'Download')}>
        <span className="x-row"><a href={urlOf(downloadOrganisation, { empty: 'true' })} download>{t('空白模板', 'Empty template')}</a><a href={urlOf(downloadOrganisation, {})} download>{t('现有组织机构', 'The present organisation')}</a></span>
      </Section>
      {file && preview.busy && <Section title={file.name}><ProgressBar label={t('读取工作簿', 'Reading the workbook')} fraction={null} what={t('正在与现有组织机构比较', 'Comparing with the organisation as it stands')} /></Section>}
      {file && preview.problem && <Section title={file.name}><div className="x-stack"><ProblemPanel problem={preview.problem} onRetry={() => look(file)} /><div><Button onClick={putAway}>{t('换一个文件', 'Another file')}</Button></div></div></Section>}
      {file && preview.answer && <Shown name={file.name} preview={preview.answer} busy={apply.busy} onPutAway={putAway} onApply={() => void apply.perform({ file: preview.answer!.file, plan: preview.answer!.plan, name: file.name })} />}
      <ProblemPanel problem={apply.problem} />
    </div>
  )
}

function Shown({ name, preview: { file, rows, problems, added, changed, same, roles }, busy, onApply, onPutAway }: { readonly name: string; readonly preview: Preview; readonly busy: boolean; onApply(): void; onPutAway(): void }) {
  const nothing = added + changed === 0
  const sheets = [...new Set(problems.map(({ sheet }) => sheet))]
  return (
    <Section title={name} note={t(`新增 ${added}，变更 ${changed}，不变 ${same}；${roles} 个角色将提请确认`, `${added} new, ${changed} changed, ${same} as they are; ${roles} roles will be proposed`)}
      after={<span className="x-row"><Button onClick={onPutAway}>{t('放弃', 'Put away')}</Button><Button type="primary" loading={busy} disabled={problems.length > 0 || nothing} title={problems.length > 0 ? t('有问题的行须先改正', 'Mend the rows with problems first') : nothing ? t('没有要导入的变更', 'There is nothing to do') : undefined} onClick={onApply}>{t('导入', 'Import')}</Button></span>}>
      <div className="x-stack">
        {problems.length > 0 && (
          <div className="x-problem" role="alert">
            <strong>{t(`${problems.length} 处问题，改正前什么都不会导入`, `${problems.length} problems; nothing is imported until they are mended`)}</strong>
            <ul>{problems.slice(0, 50).map((one, at) => <li key={at}>{tt(sheetWords[one.sheet]!)} {t(`第 ${one.row} 行`, `row ${one.row}`)}：{tt(one.message)}{t('。', '. ')}{tt(one.fix)}</li>)}</ul>
            <span className="x-row">{sheets.map((sheet) => <a key={sheet} href={urlOf(downloadImportProblems, { file, sheet })} download>{t(`下载“${sheetWords[sheet]!.zh}”的问题行`, `Rows with problems of ${sheetWords[sheet]!.en}`)}</a>)}</span>
          </div>
        )}
        <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('导入预览', 'Preview')}><table className="x-table">
          <thead><tr><th>{t('工作表', 'Sheet')}</th><th className="x-right">{t('行', 'Row')}</th><th>{t('结果', 'What')}</th><th>{t('内容', 'Content')}</th><th>{t('变更', 'Changes')}</th></tr></thead>
          <tbody>{rows.filter(({ what }) => what !== 'same').slice(0, 500).map((row) => (
            <tr key={`${row.sheet}/${row.row}`}><td>{tt(sheetWords[row.sheet]!)}</td><td className="x-right x-num">{row.row}</td><td><span className={`x-tag ${whatWords[row.what]!.tag}`}>{tt(whatWords[row.what]!)}</span></td><td><span lang="zh-CN">{row.title}</span> <span className="x-mono x-quiet">{row.key}</span></td>
              <td className="x-small">{row.changes.map(({ field, from, to }) => `${tt(field)}: ${from ?? '—'} → ${to ?? '—'}`).join(t('；', '; ')) || '—'}</td></tr>))}</tbody>
        </table></div>
        {nothing && <span className="x-quiet">{t('与现有组织机构一致，没有要导入的变更。', 'It says what stands already; there is nothing to do.')}</span>}
      </div>
    </Section>
  )
}
