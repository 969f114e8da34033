// @clause X.5
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { freshDatabase } from '../../../tests/support/database.ts'
import { citusState, planDistribution } from './distribute.ts'
import { sql } from './index.ts'

const database = await freshDatabase()
after(() => database.close())
const { db } = database

test('tables about a subject are spread by subject, side by side; what they look up goes to every node; the rest stays', async () => {
  const { tables, problems, statements } = await planDistribution(db)
  const places = Object.fromEntries(tables.map(({ table, place }) => [table, place]))
  for (const table of ['subjects.subject', 'subjects.identifier', 'records.fact', 'records.standing', 'evaluation.result', 'grading.grade']) assert.equal(places[table], 'distributed', table)
  for (const table of ['subjects.identifier_owner', 'evaluation.model', 'evaluation.run']) assert.equal(places[table], 'reference', table)
  for (const table of ['ledger.entry', 'ledger.sequence', 'submissions.batch', 'platform.migration', 'evidence.audit']) assert.equal(places[table], 'coordinator', table)
  assert.deepEqual(problems, [], 'the schema keeps the rules of a distributed database')
  assert.ok(tables.every(({ standing, reason }) => !standing && reason !== ''))
  const creating = statements.filter((statement) => statement.includes('create_distributed_table'))
  assert.match(creating[0]!, /colocate_with => 'none'/)
  assert.match(creating[0]!, /create_distributed_table\('subjects\.subject', 'subject_id'/)
  assert.ok(creating.slice(1).every((statement) => statement.includes("colocate_with => 'subjects.subject'")))
  assert.ok(statements.findLastIndex((one) => one.includes('create_reference_table')) < statements.findIndex((one) => one.includes('create_distributed_table')), 'lookups first')
  assert.ok(!statements.some((one) => /ledger\.|submissions\.|platform\./.test(one)))
})

test('nothing depends on Citus being there', async () => {
  assert.deepEqual(await citusState(db), { installed: false, coordinatorKnown: false, workers: 0 })
})

test('what Citus could not carry is named before anything is run', async () => {
  await sql.raw(`create schema trial;
    create table trial.a (subject_id bigint, a_id bigint, code text unique, primary key (subject_id, a_id));
    create table trial.wrong_type (subject_id integer primary key);
    create table trial.b (subject_id bigint, b_id bigint, a_id bigint, batch_id bigint references submissions.batch, primary key (subject_id, b_id), foreign key (subject_id, a_id) references trial.a (subject_id, a_id));
    create table trial.word (word text primary key);
    create table trial.c (subject_id bigint primary key, word text references trial.word);
    create function trial.f() returns trigger language plpgsql as 'begin return new; end';
    create trigger watch before insert on trial.c for each row execute function trial.f();
    alter table trial.c enable row level security;
    create policy own on trial.c using (word is not null);
    create schema trial_office;
    create table trial_office.desk (desk_id bigint primary key, word text references trial.word)`).execute(db)
  const { problems, statements } = await planDistribution(db)
  assert.equal(problems.length, 5, problems.join('\n'))
  for (const named of [/trial\.a: a_code_key is unique without subject_id/, /trial\.wrong_type: subject_id is integer/, /trial\.b: the foreign key b_batch_id_fkey leads from a distributed table to a coordinator one/, /trial\.c: the trigger watch/, /trial\.c: the policy own/]) {
    assert.ok(problems.some((problem) => named.test(problem)), String(named))
  }
  const at = (pattern: RegExp) => statements.findIndex((statement) => pattern.test(statement))
  assert.ok(at(/drop constraint b_subject_id_a_id_fkey/) < at(/create_distributed_table\('trial\.a'/), 'foreign keys are off while tables move')
  assert.ok(at(/create_distributed_table\('trial\.b'/) < at(/alter table trial\.b add constraint b_subject_id_a_id_fkey FOREIGN KEY/), 'and back afterwards')
  assert.ok(at(/citus_add_local_table_to_metadata\('trial_office\.desk'\)/) >= 0, 'a coordinator table tied to a reference table is made known to the nodes')
})
