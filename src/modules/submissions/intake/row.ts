import type { Problem } from '../../../kernel/refusal.ts'
import type { Cell } from '../../../platform/sheets/index.ts'
import type { CellRead, CellTables } from './cell.ts'
import { columnReader } from './column-reader.ts'
import { draftOf } from './draft.ts'
import type { Draft, IntakeContext } from './draft.ts'
import type { FieldValues, IntakeFields } from './fields.ts'
import { whySkipped } from './headings.ts'
import type { Columns } from './headings.ts'
import { readLicence } from './licence.ts'
import { readPenalty } from './penalty.ts'
import { checkPersonalNumbers } from './personal-numbers.ts'
import { readPublicGrade } from './public-grade.ts'
import type { IntakeKind, Standard } from './standard.ts'
import { readSubject } from './subject.ts'

/** One row read: skipped with a reason; or its typed fields (null when it has an error), its canonical texts, and its problems. */
export type RowRead =
  | { readonly skipped: 'blank' | 'headings' | 'total' | 'note'; readonly fields: null; readonly values: FieldValues; readonly problems: readonly Problem[] }
  | { readonly skipped: null; readonly fields: IntakeFields | null; readonly values: FieldValues; readonly problems: readonly Problem[] }

const READERS: { readonly [Kind in IntakeKind]: (draft: Draft, standard: Standard) => IntakeFields | null } = { licence: readLicence, penalty: readPenalty, subject: readSubject, 'public-grade': readPublicGrade }

/**
 * Reads one row below the headings by the rules of its standard. Every problem is collected, none thrown; a row with an error has no
 * fields. `values` holds what was understood of each field, for showing the row as it was sent.
 */
export function readRow(cells: readonly Cell[], columns: Columns, standard: Standard, context: IntakeContext): RowRead {
  const skipped = whySkipped(cells, columns, standard)
  if (skipped !== null) return { skipped, fields: null, values: {}, problems: [] }
  const read = new Map<string, CellRead>()
  for (const [id, readCell] of readersOf(columns, standard, context).cells) {
    const one = readCell(cells)
    if (one.text !== '' || one.problems.length > 0) read.set(id, one)
  }
  const draft = draftOf(standard, read, context)
  checkPersonalNumbers(draft, standard)
  const fields = READERS[standard.kind](draft, standard)
  return { skipped: null, fields, values: fields?.values ?? draft.values(), problems: draft.problems }
}

type Readers = { readonly standard: Standard; readonly context: IntakeContext; readonly cells: readonly (readonly [id: string, read: (cells: readonly Cell[]) => CellRead])[] }

const known = new WeakMap<Columns, Readers>()

/** How the columns of a sheet are read: made for its first row, used for all. */
function readersOf(columns: Columns, standard: Standard, context: IntakeContext): Readers {
  const before = known.get(columns)
  if (before?.standard === standard && before.context === context) return before
  const tables: CellTables = { standard, kinds: { 'penalty-kind': context.penaltyKinds, 'licence-kind': context.licenceKinds, ...(context.sectors ? { sector: context.sectors } : {}) } }
  const cells = standard.fields.flatMap((field) => {
    const column = columns.get(field.id)
    return column ? [[field.id, columnReader(field, column, tables)] as const] : []
  })
  const made = { standard, context, cells }
  known.set(columns, made)
  return made
}
