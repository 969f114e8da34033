// @clause X.4
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { isPrepared, loginOf, mayChangeSchema, migrate, openPostgresql, raiseWall, type Database, type Migration } from '../../platform/db/index.ts'
import { walls } from './tables.ts'

/**
 * Brings schema, roles and wall up to date. With `ownerUrl` another login does it and is gone afterwards: the login that stays owns nothing, so whatever runs in the process cannot step back behind the wall.
 * A login that may not change the schema only looks whether all is in place. Refuses `database.not-prepared` when it is not, and `database.roles-missing` where roles cannot be made.
 */
export async function prepareDatabase(database: Database, migrations: readonly Migration[], ownerUrl?: string): Promise<void> {
  if (ownerUrl === undefined && !(await mayChangeSchema(database))) {
    if (await isPrepared(database, migrations)) return
    throw notPrepared()
  }
  const owner = ownerUrl === undefined ? database : openPostgresql(ownerUrl)
  try {
    await migrate(owner.db, migrations)
    await raiseWall(owner.db, walls, await loginOf(database))
  } finally {
    if (owner !== database) await owner.close()
  }
}

function notPrepared(): Refusal {
  return new Refusal({
    code: 'database.not-prepared', status: 409,
    message: text('数据库尚未建好或不是本程序的版本，而当前登录无权建立', 'The database is not prepared for this program, and this login may not do it'),
    fix: text('请用 XINHENG_OWNER_URL 给出数据库所有者的连接再启动一次（见 docs/operate/running.md）', 'Start once with XINHENG_OWNER_URL naming the login that owns the database (docs/operate/running.md)'),
  })
}
