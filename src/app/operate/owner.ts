// @clause X.4
import type { Refusal } from '../../kernel/refusal.ts'
import { mayChangeSchema, openPostgresql, type Db } from '../../platform/db/index.ts'
import type { Xinheng } from '../boot.ts'

/** Works as whoever owns the tables (`XINHENG_OWNER_URL`, else the one login): the roles under which requests are served may not change what was filed. Refuses `needed` where that login is not known. */
export async function asOwner<T>({ database, ownerUrl }: Pick<Xinheng, 'database' | 'ownerUrl'>, needed: () => Refusal, work: (db: Db) => Promise<T>): Promise<T> {
  const owner = ownerUrl === undefined ? database : openPostgresql(ownerUrl)
  try {
    if (!(await mayChangeSchema(owner))) throw needed()
    return await work(owner.db)
  } finally {
    if (owner !== database) await owner.close()
  }
}
