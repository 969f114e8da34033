import type { z } from 'zod'
import type { PolicyBook } from '../../../engines/policy/index.ts'
import { openSheet, type Cell } from '../../../platform/sheets/index.ts'
import type { KeptLayout } from '../batch.ts'
import type { recognitionSchema } from '../contract.ts'
import type { AnyKind } from '../kind.ts'
import { recogniseHeadings } from '../intake/index.ts'
import { standardOf } from './law.ts'
import { mustBeUsable } from './usable.ts'

const SAMPLE = 8

/** What a kept file was recognised to be, for a person. Refuses what is no readable sheet. */
export async function recogniseSheet(policy: PolicyBook, kinds: readonly AnyKind[], path: string, name: string): Promise<z.output<typeof recognitionSchema>> {
  const sheet = await openSheet(path, { name })
  const first = await firstRows(sheet.rows)
  const found = recogniseHeadings(first, kinds.map((kind) => standardOf(policy, kind)))
  const from = found.headingRow ?? 0
  return {
    kind: found.kind, format: sheet.format, encoding: sheet.encoding ?? null, sheetName: sheet.sheetName ?? null, headingRow: found.headingRow,
    columns: found.headings.map(({ column, heading, field }) => ({ column, heading, field: field?.id ?? null, title: field?.zh ?? null })),
    missing: found.missing.map(({ id, zh, required }) => ({ field: id, title: zh, required: required === 'M' })),
    sample: first.filter(({ number }) => number > from).slice(0, SAMPLE).map(({ cells }) => cells.map(shown)),
    problems: found.problems.map((problem) => ({ ...problem })),
  }
}

/** Looks whether a kept file can be taken in as that kind, before it becomes a batch. Refuses what is no readable sheet, and missing headings or mandatory columns. */
export async function layoutOf(policy: PolicyBook, kind: AnyKind, path: string, name: string): Promise<KeptLayout> {
  const sheet = await openSheet(path, { name })
  const standard = standardOf(policy, kind)
  const found = recogniseHeadings(await firstRows(sheet.rows), [standard])
  mustBeUsable(found, standard)
  return { columns: found.headings.flatMap(({ heading, field }) => (field ? [{ heading, field: field.id }] : [])) }
}

async function firstRows<Row>(rows: AsyncIterable<Row[]>): Promise<Row[]> {
  for await (const chunk of rows) return chunk
  return []
}

function shown(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'object') return String(cell)
  return 'date' in cell ? cell.date : cell.text
}
