// @clause X.4
import type { Refusal } from '../../kernel/refusal.ts'
import { openPostgresql, sql, type Db } from '../../platform/db/index.ts'
import type { Xinheng } from '../boot.ts'

/** Works as whoever owns the tables (`XINHENG_OWNER_URL`, else the one login): the roles under which requests are served may not change what was filed. Refuses `needed` where that login is not known. */
export async function asOwner<T>({ database, ownerUrl }: Pick<Xinheng, 'database' | 'ownerUrl'>, needed: () => Refusal, work: (db: Db) => Promise<T>): Promise<T> {
  const owner = ownerUrl === undefined ? database : openPostgresql(ownerUrl)
  try {
    const { rows: [may] } = await sql<{ may: boolean }>`select has_table_privilege('records.fact', 'update') as may`.execute(owner.db)
    if (!may!.may) throw needed()
    return await work(owner.db)
  } finally {
    if (owner !== database) await owner.close()
  }
}
