import type { Cell } from '../../../platform/sheets/index.ts'
import { normaliseCell } from './cell.ts'
import type { CellRead, CellTables } from './cell.ts'
import type { Column } from './headings.ts'
import type { Field } from './standard.ts'
import { cellOf } from './text.ts'

const REMEMBERED = 2_000

/** Reads the cells of one column of a sheet, row after row. Texts that come again (days, kinds, authorities) are made canonical once. */
export function columnReader(field: Field, { columns, unit }: Column, tables: CellTables): (cells: readonly Cell[]) => CellRead {
  let known: Map<string, CellRead> | null = new Map()
  let asked = 0
  let found = 0
  return (cells) => {
    const cell = cellOf(cells, columns, field)
    if (typeof cell !== 'string' || known === null) return normaliseCell(cell, field, tables, unit)
    asked++
    const before = known.get(cell)
    if (before !== undefined) {
      found++
      return before
    }
    const read = normaliseCell(cell, field, tables, unit)
    if (known.size < REMEMBERED) known.set(cell, read)
    // Texts that never come again, as the facts of a case, are not worth remembering.
    else if (found * 2 < asked) known = null
    return read
  }
}
