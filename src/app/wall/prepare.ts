// @clause X.4
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { migrate, openPostgresql, raiseWall, sql, type Database, type Migration } from '../../platform/db/index.ts'
import { walls } from './tables.ts'

/**
 * Brings schema, roles and wall up to date. With `ownerUrl` another login does it and is gone afterwards: the login that stays owns nothing, so whatever runs in the process cannot step back behind the wall.
 * A login that may not change the schema only looks whether all is in place. Refuses `database.not-prepared` when it is not, and `database.roles-missing` where roles cannot be made.
 */
export async function prepareDatabase(database: Database, migrations: readonly Migration[], ownerUrl?: string): Promise<void> {
  if (ownerUrl !== undefined) {
    const { rows: [login] } = await sql<{ name: string }>`select session_user as name`.execute(database.db)
    const owner = openPostgresql(ownerUrl)
    try {
      await migrate(owner.db, migrations)
      await raiseWall(owner.db, walls, login!.name)
    } finally {
      await owner.close()
    }
    return
  }
  if (!(await mayChangeSchema(database))) return mustBePrepared(database, migrations)
  await migrate(database.db, migrations)
  await raiseWall(database.db, walls)
}

/** Whether the login owns what it works with, so that it can read everything and change the schema. */
export async function mayChangeSchema({ db }: Pick<Database, 'db'>): Promise<boolean> {
  const { rows: [right] } = await sql<{ may: boolean }>`select has_database_privilege(current_database(), 'CREATE') as may`.execute(db)
  return right!.may
}

async function mustBePrepared(database: Database, migrations: readonly Migration[]): Promise<void> {
  try {
    const { rows } = await sql<{ number: number; digest: string }>`select number, digest from platform.migration order by number`.execute(database.as({ role: 'worker' }))
    if (rows.length === migrations.length && rows.every(({ digest }, at) => digest === migrations[at]!.digest)) return
  } catch (error) {
    // No role, no schema, no table: all of it means the same.
    if (!['22023', '42501', '42704', '3F000', '42P01'].includes((error as { code?: string }).code ?? '')) throw error
  }
  throw new Refusal({
    code: 'database.not-prepared', status: 409,
    message: text('数据库尚未建好或不是本程序的版本，而当前登录无权建立', 'The database is not prepared for this program, and this login may not do it'),
    fix: text('请用 XINHENG_OWNER_URL 给出数据库所有者的连接再启动一次（见 docs/operate/running.md）', 'Start once with XINHENG_OWNER_URL naming the login that owns the database (docs/operate/running.md)'),
  })
}
