import { setImmediate as breathe } from 'node:timers/promises'
import type { Day } from '../../../kernel/day.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { openSheet, type Cell } from '../../../platform/sheets/index.ts'
import { failedRow, readRow, recogniseHeadings, type Columns, type Recognition, type RowRead, type Standard } from '../intake-door.ts'
import type { RowAbout } from '../queries/flagged.ts'
import { mustBeUsable } from './recognise.ts'
import { contradictsEarlier, repeatWatch } from './repeats.ts'
import { writeSpool, type CheckedRow } from './spool.ts'
import type { ReadingParts } from './thread.ts'

const REPORT_EVERY_MS = 200

/** Reads a file row by row, checks each row by itself, and spools the outcome. Refuses as `openSheet` does, and when a mandatory column is missing. */
export async function readFile({ path, name, spool, law }: ReadingParts, report: (share: number | null, rows: number) => void): Promise<{ rows: number }> {
  let share: number | null = null
  const sheet = await openSheet(path, { name, onShare: (now) => (share = now) })
  const checked = await writeSpool(spool)
  const watch = repeatWatch()
  let recognition: Recognition | null = null
  let rows = 0
  let reported = performance.now()
  try {
    for await (const chunk of sheet.rows) {
      if (recognition === null) mustBeUsable((recognition = recogniseHeadings(chunk, [law.standard])), law.standard)
      const { headingRow, columns } = recognition
      const out = chunk.filter(({ number }) => number > headingRow!).flatMap(({ number, cells }) => {
        const read = readRow(cells, columns, law.standard, law.context)
        return read.skipped === null ? [check(number, cells, read, columns, law.standard, watch)] : []
      })
      if (out.length > 0) await checked.write(out)
      rows += out.length
      if (performance.now() - reported > REPORT_EVERY_MS) {
        report(share, rows)
        reported = performance.now()
        await breathe()
      }
    }
  } finally {
    await checked.close()
  }
  if (rows === 0) throw noRows()
  return { rows }
}

function check(rowNumber: number, sent: readonly Cell[], read: RowRead, columns: Columns, standard: Standard, watch: ReturnType<typeof repeatWatch>): CheckedRow {
  const about = aboutOf(standard, read.values, read.fields !== null)
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

/** What the row is about, by the types of the standard's fields: the party's own come first in every standard. */
function aboutOf(standard: Standard, values: Readonly<Record<string, string>>, sound: boolean): RowAbout {
  const first = (...types: string[]) => standard.fields.filter(({ type, id }) => types.includes(type) && !/FR_ZJHM$/.test(id)).map(({ id }) => values[id]).find((value) => value !== undefined && value !== '') ?? null
  const decided = standard.fields.find(({ id }) => id.endsWith('_JDRQ'))
  const decidedOn = decided ? (values[decided.id] ?? null) : null
  const party = standard.fields.findIndex(({ type }) => type === 'name')
  return {
    documentNumber: first('document-number'),
    partyName: values[standard.fields[party]!.id] ?? null,
    partyCode: partyCode(standard, values),
    decidedOn: decidedOn !== null && /^\d{4}-\d{2}-\d{2}$/.test(decidedOn) && (sound || isPlausible(decidedOn)) ? (decidedOn as Day) : null,
  }
}

const PLACEHOLDER = /^0{17}X$/

function partyCode(standard: Standard, values: Readonly<Record<string, string>>): string | null {
  for (const type of ['uscc', 'registration-number', 'personal-id']) {
    const field = standard.fields.find((one) => one.type === type && !one.id.includes('FR_'))
    const value = field && values[field.id]
    if (value && !PLACEHOLDER.test(value)) return value
  }
  return null
}

function isPlausible(text: string): boolean {
  return !Number.isNaN(Date.parse(text)) && text >= '2000'
}

function noRows(): Refusal {
  return new Refusal({
    code: 'sheet.no-data', message: { zh: '表头下面没有任何数据行', en: 'There are no rows of data below the headings' },
    fix: { zh: '确认数据在第一个有内容的工作表中，并且已经保存', en: 'Make sure that the data is on the first sheet with content and was saved' },
  })
}
