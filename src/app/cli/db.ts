// @clause X.5
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { citusState, distribute, planDistribution, type DistributionPlan } from '../../platform/db/distribute.ts'
import { migrate, openEmbedded, openPostgresql, readMigrations, type Database } from '../../platform/db/index.ts'
import { answers, placeOf } from './command.ts'
import { done, type Outcome } from './output.ts'

const migrations = fileURLToPath(new URL('../../../migrations', import.meta.url))
const WORDS = { distributed: '按主体分布 distributed', reference: '各节点一份 reference', coordinator: '留在协调节点 coordinator' }

/** `xinheng db distribute [--dry-run]` */
export function addDatabaseCommands(program: Command): void {
  const db = program.command('db').description('the database itself')
  answers<{ dryRun?: boolean }>(db.command('distribute').option('--dry-run', 'only print what would be done').description('spread the tables over the nodes of a Citus database, by subject'), async (_, options) => {
    const { databaseUrl, ownerUrl } = placeOf(options)
    const database = await open(ownerUrl ?? databaseUrl, options.dryRun === true)
    try {
      const plan = await planDistribution(database.db)
      if (plan.tables.length === 0) throw notMigrated()
      if (options.dryRun) return report(plan, '以下语句将被执行（未执行）· these statements would be run (none was)')
      await mustBeReady(database, plan)
      await distribute(database.db, plan)
      return report(plan, plan.statements.length === 0 ? '已全部就位 · everything stands where it should' : '已完成分布 · distributed')
    } finally {
      await database.close()
    }
  })
}

/** Without DATABASE_URL a dry run shows the plan for what the migrations build. */
async function open(databaseUrl: string | undefined, dryRun: boolean): Promise<Database> {
  if (databaseUrl !== undefined) {
    const database = openPostgresql(databaseUrl)
    if (!dryRun && (await citusState(database.db)).installed) await migrate(database.db, readMigrations(migrations))
    return database
  }
  if (!dryRun) throw notCitus()
  const database = await openEmbedded()
  await migrate(database.db, readMigrations(migrations))
  return database
}

async function mustBeReady({ db }: Database, { problems }: DistributionPlan): Promise<void> {
  const { installed, coordinatorKnown, workers } = await citusState(db)
  if (!installed) throw notCitus()
  if (!coordinatorKnown || workers === 0) {
    throw new Refusal({
      code: 'database.nodes-missing', status: 409, message: text('Citus 尚未登记协调节点或工作节点', 'Citus does not know its coordinator or has no worker yet'),
      fix: text("先执行 select citus_set_coordinator_host('主机', 5432) 与 select citus_add_node('工作节点', 5432)", "First run select citus_set_coordinator_host('host', 5432) and select citus_add_node('worker', 5432)"),
    })
  }
  if (problems.length > 0) throw new Refusal({ code: 'database.not-distributable', status: 409, message: text(`有 ${problems.length} 处 Citus 无法承载：${problems.join('；')}`, `Citus cannot carry this: ${problems.join('; ')}`), fix: text('请先用新的迁移改正', 'Correct it with a new migration first') })
}

function report({ tables, statements, problems }: DistributionPlan, headline: string): Outcome {
  const lines = tables.map(({ table, place, reason, standing }) => `-- ${table}: ${WORDS[place]}${standing ? '（已是 already）' : ''} — ${reason}`)
  return done({ tables, statements, problems }, `-- ${headline}`, ...lines, ...problems.map((problem) => `-- ✖ ${problem}`), ...statements.map((statement) => `${statement};`))
}

function notCitus(): Refusal {
  return new Refusal({
    code: 'database.not-citus', status: 409, message: text('这个数据库没有安装 Citus 扩展', 'The Citus extension is not installed in this database'),
    fix: text('用 DATABASE_URL 指定装有 Citus 的 PostgreSQL 并执行 create extension citus；只看语句请加 --dry-run。不分布也可正常使用', 'Name a PostgreSQL with Citus in DATABASE_URL and run create extension citus; add --dry-run to see the statements only. Everything works without it, too'),
  })
}

function notMigrated(): Refusal {
  return new Refusal({ code: 'database.not-migrated', status: 409, message: text('数据库中还没有表', 'The database holds no tables yet'), fix: text('请先启动一次服务，让它建立数据库结构', 'Start the server once: it builds the schema') })
}
