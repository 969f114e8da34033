// migrations/schema.sql: what the migrations build, so that a review sees the net effect of each.
// `node scripts/schema.mjs --write` builds an empty database in memory and writes the dump; without the flag it checks (exit 1 when stale).
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CompiledQuery } from 'kysely'
import { migrate, openEmbedded, readMigrations } from '../src/platform/db/index.ts'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const target = here('../migrations/schema.sql')
const head = '-- Made by `node scripts/schema.mjs --write` from the migrations. A test holds it fresh: do not edit.\n'

// Everything is read from the catalogs and ordered by name, never by number, so that the embedded database and PostgreSQL answer alike.
const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname !~ '^pg_'`
const QUERIES = {
  schemas: `select n.nspname as name, obj_description(n.oid, 'pg_namespace') as comment from pg_namespace n where ${OURS} order by n.nspname collate "C"`,
  relations: `select c.oid::bigint as id, n.nspname as schema, c.relname as name, c.relkind::text as kind, obj_description(c.oid, 'pg_class') as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'S')
    order by n.nspname collate "C", c.relname collate "C"`,
  columns: `select c.oid::bigint as relation, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
      pg_get_expr(d.adbin, d.adrelid) as fallback, col_description(c.oid, a.attnum) as comment
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where ${OURS} and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped order by c.oid, a.attnum`,
  // Not-null constraints are rows of this catalog from PostgreSQL 18 on only; the columns say them already.
  constraints: `select k.conrelid::bigint as relation, k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace where ${OURS} and k.conrelid <> 0 and k.contype <> 'n'
    order by array_position(array['p', 'u', 'f', 'c', 'x'], k.contype::text), k.conname collate "C"`,
  indexes: `select x.indrelid::bigint as relation, pg_get_indexdef(x.indexrelid) as definition
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_namespace n on n.oid = i.relnamespace
    where ${OURS} and not exists (select from pg_constraint k where k.conindid = x.indexrelid) order by i.relname collate "C"`,
  functions: `select pg_get_functiondef(p.oid) as definition from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${OURS} and p.prokind in ('f', 'p') order by n.nspname collate "C", p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`,
  triggers: `select t.tgrelid::bigint as relation, pg_get_triggerdef(t.oid) as definition
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where ${OURS} and not t.tgisinternal order by t.tgname collate "C"`,
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`
const comment = (what, text) => (text === null ? [] : [`comment on ${what} is ${quoted(text)};`])

/**
 * What the migrations build, as text: schemas, sequences, tables with columns and constraints, indexes, views, functions, comments.
 * For reading and comparing; the migrations, not this, build a database.
 */
export async function dumpSchema(db) {
  const found = {}
  for (const [name, text] of Object.entries(QUERIES)) found[name] = (await db.executeQuery(CompiledQuery.raw(text))).rows
  const of = (rows, id) => rows.filter(({ relation }) => Number(relation) === Number(id))
  const blocks = found.schemas.map(({ name, comment: said }) => [`create schema ${name};`, ...comment(`schema ${name}`, said)])
  for (const { id, schema, name, kind, comment: said } of found.relations) {
    const full = `${schema}.${name}`
    const columns = of(found.columns, id)
    if (kind === 'S') {
      blocks.push([`create sequence ${full};`, ...comment(`sequence ${full}`, said)])
      continue
    }
    const what = kind === 'v' ? 'view' : kind === 'm' ? 'materialized view' : 'table'
    const lines = what === 'table'
      ? [
          ...columns.map(({ name: column, type, required, fallback }) => `  ${column} ${type}${fallback === null ? '' : ` default ${fallback}`}${required ? ' not null' : ''}`),
          ...of(found.constraints, id).map(({ name: constraint, definition: said }) => `  constraint ${constraint} ${said}`),
        ].join(',\n')
      : columns.map(({ name: column, type }) => `  ${column} ${type}`).join(',\n')
    blocks.push([
      // A view's query is written back differently by each version of PostgreSQL: it stands in its migration.
      `create ${what} ${full} (\n${lines}\n);`,
      ...of(found.indexes, id).map(({ definition: said }) => `${said};`),
      ...of(found.triggers, id).map(({ definition: said }) => `${said};`),
      ...comment(`${what} ${full}`, said),
      ...columns.flatMap(({ name: column, comment: words }) => comment(`column ${full}.${column}`, words)),
    ])
  }
  for (const { definition } of found.functions) blocks.push([`${definition.trimEnd()};`])
  return `${head}\n${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const database = await openEmbedded()
  await migrate(database.db, readMigrations(here('../migrations')))
  const dump = await dumpSchema(database.db)
  await database.close()
  if (process.argv.includes('--write')) writeFileSync(target, dump)
  else if (readFileSync(target, 'utf8') !== dump) {
    console.error('migrations/schema.sql is stale: run `node scripts/schema.mjs --write`')
    process.exit(1)
  }
}
