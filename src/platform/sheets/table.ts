import type { Readable } from 'node:stream'
import { writeCsv, writeSheet, type SheetColumn, type SheetValue } from './write.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const A_PAGE = 2_000

/** A column of a list as a file, and what stands in it. */
export type TableColumn<Row> = SheetColumn & { value(row: Row): SheetValue }
/** A list as a file: in which form, under what name (without its ending), and where its rows come from, window by window. */
export type TableParts<Row> = { readonly name: string; readonly form: 'xlsx' | 'csv'; readonly columns: readonly TableColumn<Row>[]; page(window: { readonly offset: number; readonly limit: number }): Promise<readonly Row[]> }

/** A whole list as a workbook or CSV, read while it is written. */
export function writeTable<Row>({ name, form, columns, page }: TableParts<Row>): { readonly fileName: string; readonly contentType: string; readonly stream: Readable } {
  async function* values(): AsyncGenerator<SheetValue[]> {
    for (let offset = 0; ; offset += A_PAGE) {
      const rows = await page({ offset, limit: A_PAGE })
      yield* rows.map((row) => columns.map(({ value }) => value(row)))
      if (rows.length < A_PAGE) return
    }
  }
  return form === 'csv' ? { fileName: `${name}.csv`, contentType: 'text/csv; charset=utf-8', stream: writeCsv(columns, values()) } : { fileName: `${name}.xlsx`, contentType: XLSX, stream: writeSheet(columns, values(), { sheetName: name }) }
}
