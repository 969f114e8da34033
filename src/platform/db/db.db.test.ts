// @clause X.5
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { freshDatabase } from '../../../tests/support/database.ts'
import { given, sql } from './index.ts'

const database = await freshDatabase()
after(() => database.close())
const { db } = database

test('values come back in the shapes that the code relies on', async () => {
  const { rows } = await sql`select date '2026-11-22' as day, 9007199254740991::bigint as big, 1.50::numeric(4,2) as exact,
    timestamptz '2026-11-22 08:00+08' as instant, decode('00ff', 'hex') as bytes, '{"a":[1]}'::jsonb as json,
    array['2026-01-01'::date] as days, array[1::bigint] as bigs, array['x', 'y,"'] as texts, current_setting('timezone') as zone`.execute(db)
  const [row] = rows as [Record<string, unknown>]
  assert.deepEqual({ ...row, bytes: [...(row.bytes as Uint8Array)] }, {
    day: '2026-11-22', big: 9007199254740991, exact: '1.50', instant: new Date('2026-11-22T00:00:00Z'), bytes: [0, 255], json: { a: [1] },
    days: ['2026-01-01'], bigs: [1], texts: ['x', 'y,"'], zone: 'Asia/Shanghai',
  })
})

test('rows go in by one parameter a column, nulls included', async () => {
  await sql`create temporary table t (a bigint, b text, c date, d timestamptz, e boolean, f bytea, g jsonb, h text[])`.execute(db)
  const columns = given({
    a: ['bigint', [1, 2n, null]], b: ['text', ['x', '你好, "引号" \\ {}', null]], c: ['date', ['2026-11-22', null, null]],
    d: ['timestamptz', [new Date('2026-11-22T01:02:03.456Z'), null, null]], e: ['boolean', [true, false, null]],
    f: ['text', ['00ff', null, null]], g: ['text', ['{"k":"值"}', null, null]], h: ['text', ['["a","b"]', '[]', null]],
  })
  await sql`insert into t select a, b, c, d, e, decode(f, 'hex'), g::jsonb, (select array_agg(value) from jsonb_array_elements_text(h::jsonb) as value) from ${columns}`.execute(db)
  const { rows } = await sql<{ a: number; b: string; d: Date; g: unknown; h: string[] }>`select * from t order by a`.execute(db)
  assert.equal(rows[1]!.b, '你好, "引号" \\ {}')
  assert.equal(rows[0]!.d.toISOString(), '2026-11-22T01:02:03.456Z')
  assert.deepEqual([rows[0]!.g, rows[0]!.h], [{ k: '值' }, ['a', 'b']])
})

test('what is the same in every row, JSON, and no rows at all go in too', async () => {
  await sql`create temporary table u (a bigint, b text, c date, d timestamptz, e boolean, f bigint, g jsonb)`.execute(db)
  const put = (count: number) => sql`insert into u select * from ${given({
    a: ['bigint', Array.from({ length: count }, () => 7)], b: ['text', Array.from({ length: count }, () => '同, "一" \\')], c: ['date', Array.from({ length: count }, () => '2026-11-22')],
    d: ['timestamptz', Array.from({ length: count }, () => new Date(0))], e: ['boolean', Array.from({ length: count }, () => false)], f: ['bigint', Array.from({ length: count }, () => null)],
    g: ['jsonb', Array.from({ length: count }, (_, at) => ({ [`第${at}`]: '"\\' }))],
  })}`.execute(db)
  await put(0)
  await put(1)
  await put(3)
  const { rows } = await sql<Record<string, unknown>>`select * from u`.execute(db)
  assert.equal(rows.length, 4)
  assert.deepEqual(rows[3], { a: 7, b: '同, "一" \\', c: '2026-11-22', d: new Date(0), e: false, f: null, g: { 第2: '"\\' } })
  const { rows: same } = await sql<{ n: number }>`select count(*) as n from ${given({ a: ['bigint', [5, 5, 5]], b: ['text', ['x', 'x', 'x']] })}`.execute(db)
  assert.equal(same[0]!.n, 3)
})

test('a transaction that fails leaves nothing behind', async () => {
  await sql`create table public.kept (n integer)`.execute(db)
  await assert.rejects(db.transaction().execute(async (tx) => {
    await sql`insert into public.kept values (1)`.execute(tx)
    throw new Error('power cut')
  }), /power cut/)
  const { rows } = await sql`select * from public.kept`.execute(db)
  assert.equal(rows.length, 0)
})
