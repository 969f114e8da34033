import type { Column } from '../../../ui/query-table/columns.ts'
import { t } from '../../../ui/language.ts'

/** 异议处理中: an objection is pending, `since` a day where it is known. */
export function ObjectedTag({ since }: { readonly since?: string }) {
  return <span className="x-tag x-tag-info" title={since && t(`企业于 ${since} 提出异议，尚未办结`, `The business objected on ${since}; it is not settled`)}>{words()}</span>
}

/** The column of a list that says to which rows an objection is pending. */
export function objectedColumn<Row extends { readonly objectedSince: string | null }>(): Column<Row> {
  return { id: 'objected', title: { zh: '异议', en: 'Objection' }, text: (row) => (row.objectedSince === null ? '' : words()), sortBy: true, render: (row) => (row.objectedSince === null ? '' : <ObjectedTag since={row.objectedSince} />) }
}

const words = () => t('异议处理中', 'objection pending')
