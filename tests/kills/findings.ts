import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Xinheng } from '../../src/app/boot.ts'
import { dailyRuns, entryTypes, followers } from '../../src/app/modules.ts'
import { audit } from '../../src/engines/ledger/index.ts'
import { systemActor } from '../../src/engines/procedure/index.ts'
import { dayOf, type Day } from '../../src/kernel/day.ts'
import { listAdoptions, listDrift, modelsInForce } from '../../src/modules/evaluation/index.ts'
import { regrade } from '../../src/modules/grading/index.ts'
import { sql, type Db } from '../../src/platform/db/index.ts'

/** What the program has answered its clients so far: all of it must stand, once, and nothing else. */
export type Promised = {
  /** Document numbers of all files that were sent in. */
  readonly documents: readonly string[]
  readonly withdrawn: readonly { readonly recordId: number; readonly factId: number }[]
  readonly admitted: readonly { readonly uscc: string; readonly subjectId: number }[]
  readonly batches: readonly number[]
}

const PATIENCE_MS = 40_000

/** Waits until the program has settled, then says everything that is not as it must be after any number of kills; nothing when all is well. */
export async function findingsOf({ world, database, signer, data }: Xinheng, promised: Promised): Promise<string[]> {
  // The login itself: the audit reads every table, which no role that works may.
  const { db } = database
  const today = dayOf(world.clock.now())
  const restless = await unsettled(db, today)
  if (restless.length > 0) return restless
  const report = await audit(db, entryTypes, { verifierKeys: [signer.verifierKey], now: world.clock.now() })
  const found = report.problems.map((problem) => `audit: ${JSON.stringify(problem)}`)
  const none = async (what: string, query: ReturnType<typeof sql>) => {
    const { rows } = await query.execute(db)
    if (rows.length > 0) found.push(`${what}: ${JSON.stringify(rows.slice(0, 5))}${rows.length > 5 ? ` and ${rows.length - 5} more` : ''}`)
  }
  await none('an entry is doubled', sql`select name, about_id, count(*) as times from ledger.entry where about_id is not null group by 1, 2 having count(*) > 1`)
  await none('a batch has not exactly one beginning and one end', sql`select batch_id, b.state, array_agg(e.name) as entries from submissions.batch b left join ledger.entry e on e.about_id = batch_id and e.name like 'batch.%'
    group by 1, 2 having count(*) filter (where e.name = 'batch.received') <> 1 or count(*) filter (where e.name = case b.state when 'done' then 'batch.imported' else 'batch.refused' end) <> 1`)
  await none('a file in order was refused', sql`select batch_id, refusal from submissions.batch where state = 'refused' or rejected > 0`)
  await none('an answered batch is gone', sql`select batch from unnest(${[...promised.batches]}::bigint[]) as batch where not exists (select 1 from submissions.batch where batch_id = batch)`)
  await none('a document is missing, doubled, or was never sent', sql`select coalesce(s.number, f.document_number) as number, f.filed from unnest(${[...promised.documents]}::text[]) as s(number)
    full join (select document_number, count(*) filter (where operation = 'filed') as filed from records.fact group by 1) as f on f.document_number = s.number where s.number is null or f.filed is distinct from 1`)
  await none('the counts of the batches are not the records', sql`select accepted, filed from (select coalesce(sum(accepted), 0) as accepted from submissions.batch where kind = 'penalty') b,
    (select count(*) as filed from records.fact where operation = 'filed') f where accepted <> filed`)
  await none('a record stands not exactly once', sql`select record_id, count(*) from records.standing where known_until = 'infinity' group by 1 having count(*) <> 1
    union all select record_id, count(*) from records.fact f where not exists (select 1 from records.standing s where s.subject_id = f.subject_id and s.fact_id = f.fact_id) group by 1`)
  await none('a withdrawal is missing, doubled, or was never asked for', sql`select a.record_id as asked, a.fact_id as answered, f.record_id, f.fact_id from
    unnest(${promised.withdrawn.map(({ recordId }) => recordId)}::bigint[], ${promised.withdrawn.map(({ factId }) => factId)}::bigint[]) as a(record_id, fact_id)
    full join (select record_id, fact_id from records.fact where operation = 'withdrawn') as f on f.fact_id = a.fact_id and f.record_id = a.record_id where a.fact_id is null or f.fact_id is null`)
  await none('an admitted subject is missing, doubled, or was never asked for', sql`select a.uscc as asked, a.subject_id as answered, s.uscc, s.subject_id from
    unnest(${promised.admitted.map(({ uscc }) => uscc)}::text[], ${promised.admitted.map(({ subjectId }) => subjectId)}::bigint[]) as a(uscc, subject_id)
    full join (select uscc, subject_id from subjects.subject where code_note is not null) as s on s.uscc = a.uscc and s.subject_id = a.subject_id where a.uscc is null or s.uscc is null`)
  await none('an act has no answer', sql`select request_id, act from platform.performed_act where answer is null`)
  await none('a grade was written twice', sql`select g.grade_id from grading.grade g join grading.grade b on b.subject_id = g.subject_id and b.grade_id = g.before_id
    where (g.model_key, g.grade, g.scale, g.score, g.evaluated_grade, g.origin, g.record_id, g.model_hash) is not distinct from (b.model_key, b.grade, b.scale, b.score, b.evaluated_grade, b.origin, b.record_id, b.model_hash)
    union all select min(grade_id) from grading.grade where until_on is null group by subject_id, model_key having count(*) > 1`)
  for (const one of modelsInForce(await listAdoptions(db), today)) {
    const drift = await listDrift(db, one, today)
    if (drift.length > 0) found.push(`results of ${one.model.key} are not what a full run gives: ${JSON.stringify(drift.slice(0, 3))} and ${drift.length - 1} more`)
  }
  const { rows: subjects } = await sql<{ id: number }>`select subject_id as id from subjects.subject`.execute(db)
  const { changed } = await regrade.perform(world, systemActor('kills'), { subjects: subjects.map(({ id }) => id) })
  if (changed > 0) found.push(`${changed} grades are not what the results give`)
  for (const left of readdirSync(join(data, 'files', 'partial'))) found.push(`left behind in the files: ${left}`)
  return found
}

/** Waits for sequencer, followers, imports and daily runs; says what does not come to rest. */
async function unsettled(db: Db, today: Day): Promise<string[]> {
  for (const started = performance.now(); ; await setTimeout(30)) {
    const restless = await waitingFor(db, today).catch((error: unknown) => [`the database does not answer: ${String(error)}`])
    if (restless.length === 0 || performance.now() - started > PATIENCE_MS) return restless
  }
}

async function waitingFor(db: Db, today: Day): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select 'batch ' || batch_id || ' stays ' || state as what from submissions.batch where state in ('received', 'reading')
    union all select 'an entry waits for its place' where exists (select 1 from ledger.pending)
    union all select 'follower ' || n.name || ' is at ' || coalesce(f.seq, 0) || ' of ' || head || coalesce(': ' || f.last_error, '') from unnest(${followers.map(({ name }) => name)}::text[]) as n(name)
      left join ledger.follower f on f.name = n.name, (select coalesce(max(seq) + 1, 0) as head from ledger.sequence) as s where coalesce(f.seq, 0) <> head
    union all select 'the daily run ' || n.name || ' is not done' from unnest(${dailyRuns.map(({ name }) => name)}::text[]) as n(name)
      where not exists (select 1 from platform.daily_run d where d.name = n.name and d.day = ${today} and d.finished_at is not null)`.execute(db)
  return rows.map(({ what }) => what)
}
