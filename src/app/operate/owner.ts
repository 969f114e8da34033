import type { Refusal } from '../../kernel/refusal.ts'
import { openPostgresql, sql, type Db } from '../../platform/db/index.ts'
import type { Xinheng } from '../boot.ts'

/**
 * Does work that only whoever owns the tables may do (数据表所有者): the roles under which requests are served may not change or remove what was filed. By the login of `XINHENG_OWNER_URL`,
 * or the program's own where that owns them. Throws `refusal()` when it lacks the right.
 */
export async function asOwner<T>({ database, ownerUrl }: Pick<Xinheng, 'database' | 'ownerUrl'>, right: { readonly table: string; readonly may: 'update' | 'delete' }, refusal: () => Refusal, work: (owner: Db) => Promise<T>): Promise<T> {
  const owner = ownerUrl === undefined ? database : openPostgresql(ownerUrl)
  try {
    const { rows: [has] } = await sql<{ may: boolean }>`select has_table_privilege(${right.table}, ${right.may}) as may`.execute(owner.db)
    if (!has!.may) throw refusal()
    return await work(owner.db)
  } finally {
    if (owner !== database) await owner.close()
  }
}
