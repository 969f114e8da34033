import type { Problem } from '../../kernel/refusal.ts'
import { writeMarkedSheet, writeSheet, type MarkedRow } from '../../platform/sheets/index.ts'
import type { FileAnswer } from '../../platform/http/index.ts'
import type { Batch, KeptLayout } from './batch.ts'
import { failedRow, failedRowsColumns, templateColumns, type Columns, type Standard } from './intake/index.ts'
import type { FlaggedRow } from './queries/flagged.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** An empty workbook in the layout of a standard (模板). */
export function templateWorkbook(standard: Standard): FileAnswer {
  return { fileName: `${standard.title.zh}-模板.xlsx`, contentType: XLSX, stream: writeSheet(templateColumns(standard), [], { sheetName: standard.sheet }) }
}

/**
 * The workbook of failed rows (失败行): the layout of the standard, the cells as they were sent, then the row's number, the causes and how to
 * correct them, in Chinese and below it in English; cells with an error are coloured. Corrected in place, it can be imported as it is.
 */
export function failedWorkbook(standard: Standard, layout: KeptLayout, batch: Pick<Batch, 'batchId' | 'fileName'>, rows: AsyncIterable<FlaggedRow>): FileAnswer {
  const fields = standard.fields.filter((field) => !field.extra || layout.columns.some((column) => column.field === field.id))
  const columns: Columns = new Map(fields.map(({ id }, at) => [id, { columns: [at], unit: 'wan-yuan' }]))
  async function* values(): AsyncGenerator<MarkedRow> {
    for await (const { rowNumber, cells, problems } of rows) {
      const row = failedRow(fields.map(({ id }) => cells[id] ?? null), rowNumber, problems, columns, standard)
      const english = errorsFirst(problems)
      const wrong = new Set(problems.filter(({ severity }) => severity === 'error').map(({ field }) => field))
      yield {
        values: [...row.slice(0, -2), `${row.at(-2)}\n${lines(english, ({ message }) => message.en)}`, `${row.at(-1)}\n${lines(english, ({ fix }) => fix.en)}`],
        marked: new Set(fields.flatMap(({ id }, at) => (wrong.has(id) ? [at] : []))),
      }
    }
  }
  const name = batch.fileName.replace(/\.[^.]*$/, '')
  return { fileName: `${name}-失败行-批次${batch.batchId}.xlsx`, contentType: XLSX, stream: writeMarkedSheet(failedRowsColumns(standard, columns), values(), { sheetName: standard.sheet }) }
}

function errorsFirst(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'))
}

function lines(problems: readonly Problem[], text: (one: Problem) => string): string {
  return problems.map((one, at) => `${problems.length > 1 ? `${at + 1}. ` : ''}${one.severity === 'warning' ? '(hint) ' : ''}${text(one)}`).join('\n')
}
