import { isDay } from '../../../kernel/day.ts'
import { Refusal } from '../../../kernel/refusal.ts'
// Not by the doors: the thread would load all that stands behind them, tens of megabytes.
import type { Cell } from '../../../platform/sheets/index.ts'
import { openSheet } from '../../../platform/sheets/open.ts'
import { recogniseHeadings } from '../intake/headings.ts'
import type { Columns, FieldValues, Recognition, RowRead, Standard } from '../intake/index.ts'
import { sentCells } from '../intake/layout.ts'
import { readRow } from '../intake/row.ts'
import type { RowAbout } from '../queries/flagged.ts'
import { contradictsEarlier, repeatWatch } from './repeats.ts'
import { sentOtherwise, type CheckedRow, type CheckedRows } from './checked-row.ts'
import type { Reading } from './reading.ts'
import { mustBeUsable } from './usable.ts'

// Some statements for each piece of so many rows; a few pieces are in memory at a time.
const PIECE = 500

/** Reads a file row by row and checks each row by itself, some at a time. Refuses as `openSheet` does, when a mandatory column is missing, and at the end when there was no row of data. */
export async function* readFile({ path, name, law }: Reading): AsyncGenerator<CheckedRows, void, undefined> {
  let share: number | null = null
  const sheet = await openSheet(path, { name, chunk: PIECE, onShare: (now) => (share = now) })
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

function check(rowNumber: number, cells: readonly Cell[], { fields, values, problems }: RowRead, columns: Columns, standard: Standard, watch: ReturnType<typeof repeatWatch>): CheckedRow {
  const about = aboutOf(standard, values)
  const row = { rowNumber, values, sentOtherwise: sentOtherwise(sentCells(cells, problems, columns, standard), values), about }
  const repeat = fields === null ? null : watch.seen(rowNumber, about, values)
  if (repeat?.content === 'other') return { ...row, fields: null, problems: [contradictsEarlier(repeat.of, about), ...problems], repeated: false }
  return { ...row, fields, problems, repeated: repeat !== null }
}

/** The day that a row of each kind is about; a subject has none. */
const DAY_FIELDS: Readonly<Record<string, string>> = { licence: 'XK_JDRQ', penalty: 'CF_JDRQ', 'public-grade': 'PJ_RQ' }
const PLACEHOLDER = /^0{17}X$/

type AboutIds = { readonly number: string; readonly name: string; readonly codes: readonly string[]; readonly day: string }
const aboutIds = new WeakMap<Standard, AboutIds>()

/** In every standard the party's own field of a type comes first, those of authorities and representatives later. */
function aboutIdsOf(standard: Standard): AboutIds {
  const firstOf = (type: string) => standard.fields.find((field) => field.type === type && !field.id.includes('FR_'))?.id ?? ''
  const ids = aboutIds.get(standard) ?? { number: firstOf('document-number'), name: firstOf('name'), codes: ['uscc', 'registration-number', 'personal-id'].map(firstOf), day: DAY_FIELDS[standard.kind] ?? '' }
  aboutIds.set(standard, ids)
  return ids
}

/** What the row is about. */
function aboutOf(standard: Standard, values: FieldValues): RowAbout {
  const { number, name, codes, day } = aboutIdsOf(standard)
  const code = codes.find((id) => values[id] !== undefined && !PLACEHOLDER.test(values[id]))
  const decidedOn = values[day] ?? ''
  return { documentNumber: values[number] ?? null, partyName: values[name] ?? null, partyCode: code === undefined ? null : values[code]!, decidedOn: isDay(decidedOn) ? decidedOn : null }
}

function noRows(): Refusal {
  return new Refusal({
    code: 'sheet.no-data', message: { zh: '表头下面没有任何数据行', en: 'There are no rows of data below the headings' },
    fix: { zh: '确认数据在第一个有内容的工作表中，并且已经保存', en: 'Make sure that the data is on the first sheet with content and was saved' },
  })
}
