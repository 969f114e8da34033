import { isDay } from '../../../kernel/day.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { openSheet, type Cell } from '../../../platform/sheets/index.ts'
import { failedRow, readRow, recogniseHeadings, type Columns, type Recognition, type RowRead, type Standard } from '../intake/index.ts'
import type { RowAbout } from '../queries/flagged.ts'
import { mustBeUsable } from './recognise.ts'
import { contradictsEarlier, repeatWatch } from './repeats.ts'
import type { CheckedRow, CheckedRows } from './checked-row.ts'
import type { Reading } from './reading.ts'

/** Reads a file row by row and checks each row by itself, some at a time. Refuses as `openSheet` does, when a mandatory column is missing, and at the end when there was no row of data. */
export async function* readFile({ path, name, law }: Reading): AsyncGenerator<CheckedRows, void, undefined> {
  let share: number | null = null
  const sheet = await openSheet(path, { name, onShare: (now) => (share = now) })
  const watch = repeatWatch()
  let recognition: Recognition | null = null
  let any = false
  for await (const chunk of sheet.rows) {
    if (recognition === null) mustBeUsable((recognition = recogniseHeadings(chunk, [law.standard])), law.standard)
    const { headingRow, columns } = recognition
    const rows = chunk.filter(({ number }) => number > headingRow!).flatMap(({ number, cells }) => {
      const read = readRow(cells, columns, law.standard, law.context)
      return read.skipped === null ? [check(number, cells, read, columns, law.standard, watch)] : []
    })
    if (rows.length === 0) continue
    any = true
    yield { rows, share }
  }
  if (!any) throw noRows()
}

function check(rowNumber: number, sent: readonly Cell[], read: RowRead, columns: Columns, standard: Standard, watch: ReturnType<typeof repeatWatch>): CheckedRow {
  const about = aboutOf(standard, read.values)
  const cells = sentCells(sent, rowNumber, read.problems, columns, standard)
  const repeat = read.fields === null ? null : watch.seen(rowNumber, about, read.values)
  if (repeat?.content === 'other') return { rowNumber, cells, fields: null, problems: [contradictsEarlier(repeat.of, about), ...read.problems], about, repeated: false }
  return { rowNumber, cells, fields: read.fields, problems: read.problems, about, repeated: repeat !== null }
}

/** The cells as they were sent, by field: from the very function that writes them back into the workbook of failed rows. */
function sentCells(cells: readonly Cell[], rowNumber: number, problems: RowRead['problems'], columns: Columns, standard: Standard): Record<string, string> {
  const fields = standard.fields.filter((field) => !field.extra || columns.has(field.id))
  const texts = failedRow(cells, rowNumber, problems, columns, standard)
  return Object.fromEntries(fields.flatMap(({ id }, at) => (texts[at] === '' || texts[at] === null || texts[at] === undefined ? [] : [[id, String(texts[at])]])))
}

/** The day that a row of each kind is about; a subject has none. */
const DAY_FIELDS: Readonly<Record<string, string>> = { licence: 'XK_JDRQ', penalty: 'CF_JDRQ', 'public-grade': 'PJ_RQ' }
const PLACEHOLDER = /^0{17}X$/

/** What the row is about: in every standard the party's own field of a type comes first, those of authorities and representatives later. */
function aboutOf(standard: Standard, values: Readonly<Record<string, string>>): RowAbout {
  const firstOf = (type: string) => values[standard.fields.find((field) => field.type === type && !field.id.includes('FR_'))?.id ?? ''] ?? null
  const codes = ['uscc', 'registration-number', 'personal-id'].map(firstOf)
  const decidedOn = values[DAY_FIELDS[standard.kind] ?? ''] ?? ''
  return {
    documentNumber: firstOf('document-number'), partyName: firstOf('name'), partyCode: codes.find((code) => code !== null && !PLACEHOLDER.test(code)) ?? null,
    decidedOn: isDay(decidedOn) ? decidedOn : null,
  }
}

function noRows(): Refusal {
  return new Refusal({
    code: 'sheet.no-data', message: { zh: '表头下面没有任何数据行', en: 'There are no rows of data below the headings' },
    fix: { zh: '确认数据在第一个有内容的工作表中，并且已经保存', en: 'Make sure that the data is on the first sheet with content and was saved' },
  })
}
