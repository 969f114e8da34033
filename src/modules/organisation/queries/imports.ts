import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** A workbook that was imported: the file and the plan by their SHA-256, how much was new and how much changed. */
export type ImportedWorkbook = { readonly importId: number; readonly fileDigest: string; readonly fileName: string; readonly planDigest: string; readonly added: number; readonly changed: number }

/** Imports by number. */
export async function findImports(db: Queryable, ids: readonly number[]): Promise<ImportedWorkbook[]> {
  const { rows } = await sql<ImportedWorkbook>`select import_id as "importId", file_digest as "fileDigest", file_name as "fileName", plan_digest as "planDigest", added, changed
    from organisation.import where import_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** Notes an import. */
export async function insertImport(tx: Tx, { fileDigest, fileName, planDigest, added, changed }: Omit<ImportedWorkbook, 'importId'>, at: Date, by: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into organisation.import (file_digest, file_name, plan_digest, added, changed, imported_at, imported_by)
    values (${fileDigest}, ${fileName}, ${planDigest}, ${added}, ${changed}, ${at}, ${by}) returning import_id as id`.execute(tx)
  return rows[0]!.id
}

/** One import of an organisation at a time. */
export async function holdImports(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('organisation.import'))`.execute(tx)
}
