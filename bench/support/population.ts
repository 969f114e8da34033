import pg from 'pg'
import { day } from '../../src/kernel/day.ts'
import type { BenchServer } from './server.ts'

/** The day on which the generated populations are evaluated. */
export const TODAY = day('2026-11-02')

/**
 * A database with a population: so many subjects and about ten times as many records, repeatable, skewed as real ones are (seven of ten subjects have one to five
 * records, one of five hundred has hundreds). Written straight into the projections by SQL; records lie in the order in which they arrived, not of their subjects.
 */
export function population(server: BenchServer, subjects: number, note: (line: string) => void): Promise<string> {
  return server.database(`population_${subjects}`, async (url) => {
    note(`generating ${subjects.toLocaleString('en-US')} subjects and their records …`)
    const clients = await Promise.all([0, 1].map(async () => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query(`set timezone to 'Asia/Shanghai'; set work_mem to '1GB'; set maintenance_work_mem to '1GB'; set synchronous_commit to off; set jit to off`)
      return client
    }))
    const [client] = clients as [pg.Client, pg.Client]
    await client.query(FRACTION)
    const half = Math.ceil(subjects / 2)
    const halves = [[1, half], [half + 1, subjects]]
    await withoutIndices(clients, 'subjects.subject', (one, part) => one.query(SUBJECTS, halves[part]))
    await client.query(`select setval('subjects.subject_id', $1)`, [subjects])
    await client.query('vacuum (analyze) subjects.subject')
    await withoutIndices(clients, 'records.standing', (one, part) => one.query(RECORDS.replaceAll('TODAY', `date '${TODAY}'`).replace('FIRST', String(halves[part]![0])).replace('LAST', String(halves[part]![1]))))
    await client.query(`select setval('records.record_id', max(record_id)), setval('records.fact_id', max(record_id)) from records.standing`)
    await client.query('vacuum (analyze) records.standing')
    await client.query('checkpoint')
    await Promise.all(clients.map((one) => one.end()))
  })
}

/** How many records a generated population has. */
export async function countRecords(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ count: string }>('select count(*) as count from records.standing')
  await client.end()
  return Number(rows[0]!.count)
}

/** Filling a table of millions of rows is many times faster without its indices; they come back as the migrations made them. Both connections fill and build. */
async function withoutIndices(clients: readonly pg.Client[], table: string, fill: (client: pg.Client, part: number) => Promise<unknown>): Promise<void> {
  const [client] = clients as [pg.Client]
  const { rows: [key] } = await client.query<{ name: string }>(`select conname as name from pg_constraint where conrelid = '${table}'::regclass and contype = 'p'`)
  const { rows: indices } = await client.query<{ name: string; definition: string; primary: boolean }>(`select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition, indisprimary as primary from pg_index where indrelid = '${table}'::regclass order by length(pg_get_indexdef(indexrelid)) desc`)
  await client.query(`alter table ${table} drop constraint ${key!.name}`)
  for (const { name, primary } of indices) if (!primary) await client.query(`drop index ${name}`)
  await Promise.all(clients.map((one, part) => fill(one, part)))
  await Promise.all(clients.map(async (one) => {
    for (let next = indices.shift(); next !== undefined; next = indices.shift()) await one.query(next.definition)
  }))
  await client.query(`alter table ${table} add constraint ${key!.name} primary key using index ${key!.name}`)
}

// A repeatable fraction in [0, 1) by number and salt.
const FRACTION = `create function public.fraction(number bigint, salt bigint) returns float8 language sql immutable parallel safe
  as $$ select (hashint8extended(number, salt) & 1073741823)::float8 / 1073741824 $$`

const SUBJECTS = `
insert into subjects.subject (subject_id, type, name, uscc, status, industry, sectors, place, founded_on, name_lines, name_grams, registered_at)
select id, case when fraction(id, 1) < 0.45 then 'enterprise' when fraction(id, 1) < 0.95 then 'individual-business' else 'cooperative' end, name,
  '914602' || lpad(id::text, 12, '0'), case when fraction(id, 2) < 0.93 then 'active' else 'deregistered' end, 'F' || (10 + floor(fraction(id, 3) * 80))::integer,
  case when fraction(id, 4) < 0.3 then array['food'] when fraction(id, 4) < 0.45 then array['tourism'] else '{}'::text[] end, '三亚市海棠区', date '2004-01-01' + (fraction(id, 5) * 8000)::integer, name,
  array(select distinct substr(name, at, 2) from generate_series(1, length(name) - 1) as at), timestamptz '2026-01-01'
from (select id, (array['三亚', '海棠', '海南', '林旺', '藤桥', '三亚海棠湾', '海口', '陵水'])[1 + floor(fraction(id, 11) * 8)::integer]
    || substr(words, 1 + floor(fraction(id, 12) * 180)::integer, 1) || substr(words, 1 + floor(fraction(id, 13) * 180)::integer, 1) || case when fraction(id, 15) < 0.5 then substr(words, 1 + floor(fraction(id, 16) * 180)::integer, 1) else '' end
    || (array['餐饮', '酒店', '旅游', '建筑', '商贸', '装饰', '物业', '水产', '超市', '药店', '医疗', '科技', '文化传媒', '汽车服务', '农业', '渔业', '物流', '教育', '环保', '广告'])[1 + floor(fraction(id, 14) * 20)::integer]
    || case when fraction(id, 1) < 0.45 then '有限公司' when fraction(id, 1) < 0.95 then '店' else '合作社' end as name
  from generate_series($1::bigint, $2::bigint) as id,
    (select '安宝保本博昌长成诚程驰创春达大德登鼎东斗多恩发法方飞丰峰福富高格冠光广贵国海翰航豪好浩禾和合弘红宏洪鸿厚虎花华欢环辉汇惠吉佳嘉建健江杰捷金锦进京晶精景久居聚骏开凯康科坤来兰蓝朗乐力利立丽联良亮林霖灵龙隆路绿伦罗马满茂美民名明铭木南宁诺平普奇启千强钦青清庆秋泉荣瑞润森山商尚绅升盛胜时仕世舒双顺思斯泰腾天田通同万旺威维伟文沃西希先祥翔新信兴星旭轩雅亚扬阳尧业怡亿艺易益银永优友宇裕誉元源远月悦云运泽展振正至志中忠众洲卓紫' as words) as dictionary) as named`

const RECORDS = `
insert into records.standing (subject_id, record_id, version, fact_id, kind, document_number, document_series, document_year, document_serial, department, sector, decided_on, received_on, report_due_on,
  ends_on, class, tags, amount_fen, grade, public, use_ends_on, use_end_reason, known_from)
select subject_id, number, 1, number, kind, '海市监' || left(kind, 1) || '〔' || extract(year from decided_on) || '〕' || number || '号', '海市监' || left(kind, 1), extract(year from decided_on)::integer, null,
  case when v < 0.4 then 'market-regulation' when v < 0.6 then 'emergency' when v < 0.8 then 'housing' else 'tourism' end, null, decided_on, decided_on + 4, decided_on + 9,
  case when kind = 'licence' then decided_on + 365 + (v * 1500)::integer end,
  case when kind = 'penalty' then case when w < 0.25 then 'minor' when w < 0.94 then 'general' else 'serious' end end,
  case kind when 'penalty' then case when w < 0.7 then array['fine'] when w < 0.85 then array['warning'] else array['fine', 'confiscation'] end
    when 'licence' then case when w < 0.02 then array['ordinary', 'invalid'] else array['ordinary'] end
    when 'inspection' then case when w < 0.7 then array['no-problem'] when w < 0.93 then array['problem', 'corrected'] when w < 0.99 then array['problem'] else array['not-cooperating'] end
    when 'commitment' then case when w < 0.9 then array['kept'] else array['broken'] end
    else case when w < 0.4 then array['upheld'] else array['refund'] end end,
  case when kind = 'penalty' and w not between 0.7 and 0.85 then (exp(6 + 6 * v) * 100)::bigint end, null, true,
  case when kind = 'penalty' then (decided_on + interval '36 months')::date end, case when kind = 'penalty' then 'maximum' end, decided_on + 4
from (select subject_id, number, TODAY - 1 - floor(1825 * fraction(number, 21))::integer as decided_on, fraction(number, 22) as v, fraction(number, 23) as w,
    (array['penalty', 'penalty', 'licence', 'licence', 'licence', 'licence', 'licence', 'inspection', 'inspection', 'inspection', 'inspection', 'inspection', 'commitment', 'commitment', 'complaint'])[1 + floor(fraction(number, 24) * 15)::integer] as kind
  from (select subject_id, subject_id * 1000 + nth as number from subjects.subject,
      lateral (select fraction(subject_id, 31) as u, fraction(subject_id, 32) as x) as chance,
      lateral generate_series(1, case when u < 0.7 then 1 + floor(5 * x) when u < 0.95 then 5 + floor(18 * x) when u < 0.998 then 25 + floor(100 * x) else 200 + floor(500 * x) end::integer) as nth where subject_id between FIRST and LAST) as numbered) as drawn
order by decided_on, number`
