import { given, sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** Columns of a table in which people wrote words (叙述文字), with the number by which the ledger knows its rows. The module that owns the table names them. */
export type WrittenWords = { readonly relation: string; readonly key: string; readonly columns: readonly string[] }
/** The words of a row, by column. */
export type Words = { readonly id: number; readonly words: Readonly<Record<string, string | null>> }

/** A run of digits, also in groups or of full width, that is long enough for a resident id. */
export const MANY_DIGITS = '[0-9０-９]([ -]?[0-9０-９]){13}'

/** Rows in whose words so many digits stand. Reads the whole table: what people write is little beside what departments send. */
export async function listWithDigits(db: Queryable, { relation, key, columns }: WrittenWords): Promise<Words[]> {
  const named = sql.join(columns.map((column) => sql`${sql.lit(column)}::text, ${sql.ref(column)}`))
  const { rows } = await sql<Words>`select ${sql.ref(key)} as id, jsonb_build_object(${named}) as words from ${sql.table(relation)}
    where concat_ws(' ', ${sql.join(columns.map((column) => sql.ref(column)))}) ~ ${MANY_DIGITS}`.execute(db)
  return rows
}

/** Puts words in the place of those of the same rows. */
export async function replaceWords(tx: Tx, { relation, key, columns }: WrittenWords, rows: readonly Words[]): Promise<void> {
  if (rows.length === 0) return
  const anew = given({ id: ['bigint', rows.map(({ id }) => id)], words: ['text', rows.map(({ words }) => JSON.stringify(words))] })
  await sql`update ${sql.table(relation)} as written set ${sql.join(columns.map((column) => sql`${sql.ref(column)} = anew.words::jsonb->>${sql.lit(column)}`))}
    from (select * from ${anew}) as anew where ${sql.ref(`written.${key}`)} = anew.id`.execute(tx)
}
