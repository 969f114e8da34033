import { Link } from '@tanstack/react-router'
import type { RowOf } from '../../../ui/client.ts'
import { InstantText } from '../../../ui/DayText.tsx'
import { EmptyState } from '../../../ui/Layout.tsx'
import { t } from '../../../ui/language.ts'
import { useDepartmentName } from '../../../ui/surroundings.tsx'
import type { listBatches } from '../contract.ts'
import { BatchState } from './BatchTable.tsx'
import { count } from './words.ts'
import './submissions.css'

/** The last imports in two lines each. */
export function LastBatches({ rows }: { readonly rows: readonly RowOf<typeof listBatches>[] }) {
  const departmentName = useDepartmentName()
  if (rows.length === 0) return <EmptyState title={t('还没有导入', 'Nothing imported yet')} how={t('部门报送的文件导入后列在这里。', 'Files that departments send stand here once imported.')} action={<Link to="/imports">{t('去导入', 'To the imports')}</Link>} />
  return (
    <ul className="s-last">
      {rows.map((batch) => (
        <li key={batch.batchId}>
          <span className="s-file"><Link className="x-cut" title={batch.fileName} to="/imports/$batchId" params={{ batchId: String(batch.batchId) }}>{batch.fileName}</Link><BatchState batch={batch} /></span>
          <span className="x-small x-quiet">{departmentName(batch.department)} · {t(`${count(batch.read)} 行`, `${count(batch.read)} ${batch.read === 1 ? 'row' : 'rows'}`)}{batch.rejected > 0 && t(`，退回 ${count(batch.rejected)}`, `, ${count(batch.rejected)} rejected`)} · <InstantText at={batch.receivedAt} /></span>
        </li>
      ))}
    </ul>
  )
}
