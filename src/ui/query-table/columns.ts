import type { ReactNode } from 'react'
import type { Text } from '../../kernel/text.ts'

/** A column of a {@link import('./QueryTable.tsx').QueryTable}. */
export type Column<Row> = {
  readonly id: string
  readonly title: Text
  render(row: Row): ReactNode
  /** What an export writes; and what sorting compares unless `sortBy` is given. */
  text(row: Row): string
  /** Sorting is offered only when all rows are loaded: to sort one page of many would mislead. */
  readonly sortBy?: ((row: Row) => string | number) | true
  readonly align?: 'left' | 'right'
  /** Not shown until the user chooses it. */
  readonly hidden?: boolean
}

/** What a table keeps in the URL. */
export type TableSearch = { readonly page?: number | undefined; readonly size?: number | undefined; readonly sort?: string | undefined }

/** Rows that a page shows when the URL says nothing. */
export const PAGE_SIZE = 50

/** The window to ask the server for. */
export function windowOf({ page = 1, size = PAGE_SIZE }: TableSearch): { offset: number; limit: number } {
  return { offset: (page - 1) * size, limit: size }
}

/** Rows in the order `sort` (`column` or `-column`) says. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: string | undefined): readonly Row[] {
  const column = columns.find(({ id }) => id === sort?.replace(/^-/, ''))
  if (!column?.sortBy) return rows
  const by = column.sortBy === true ? column.text : column.sortBy
  const sign = sort!.startsWith('-') ? -1 : 1
  return rows.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)]
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'zh-CN'))
  })
}

/** Rows as CSV that Excel opens in UTF-8; texts that a spreadsheet would run as a formula are marked as text. */
export function csvOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[], titleOf: (title: Text) => string): string {
  const cell = (value: string) => `"${(/^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value).replaceAll('"', '""')}"`
  const lines = [columns.map(({ title }) => cell(titleOf(title))), ...rows.map((row) => columns.map(({ text }) => cell(text(row))))]
  return `\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
}

/** Lets the browser save a text as a file. */
export function saveText(name: string, content: string, type = 'text/csv'): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
