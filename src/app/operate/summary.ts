import type { Manifest } from './archive.ts'

/** What a person wants to know of a backup: size and root (hex) of the log in it, rows of all tables, kept files. */
export function summaryOf({ ledger, tables, files }: Manifest): { size: number; root: string | null; rows: number; files: number } {
  return { size: ledger.size, root: ledger.root, rows: tables.reduce((sum, { rows }) => sum + rows, 0), files: files.count }
}
