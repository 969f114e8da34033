import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { freshDatabase } from '../../../tests/support/database.ts'
import type { Day } from '../../kernel/day.ts'
import { sql } from '../../platform/db/index.ts'
import { recordEntryTypes } from './entries.ts'
import { officer, penalty, registerSubject, within, worldAt } from './fixture.ts'
import { penaltyKind } from './kinds.ts'
import type { PenaltyFields } from './intake/index.ts'
import { recomputeProvisionalDeadlines, withdrawRecord } from './acts.ts'
import { listVersions } from './queries/versions.ts'

const database = await freshDatabase()
after(() => database.close())
const { db } = database
const { world, set } = worldAt(database, '2026-11-20')
await registerSubject(database, { id: 1, name: '三亚海棠湾酒店有限公司', formerNames: ['三亚海棠湾旅馆有限公司'], codes: [['uscc', '91460200MA5TXXXX01'], ['registration-number', '460200000000011']] })
await registerSubject(database, { id: 2, name: '海棠区林旺百货店', type: 'individual-business', codes: [['registration-number', '460200600000022']] })
await registerSubject(database, { id: 3, name: '李某', type: 'natural-person', codes: [['resident-id', '460200199001011234']] })

let batchId = 0
const take = (rows: readonly PenaltyFields[], receivedOn = '2026-11-20', department = 'market-regulation') =>
  within(world, (context) => penaltyKind.take(context, { batchId: (batchId += 1), department, receivedOn: receivedOn as Day }, rows.map((fields, at) => ({ rowNumber: at + 2, fields, warnings: [] }))))
const standing = async (documentNumber: string) => (await sql<Record<string, unknown>>`select * from records.standing where document_number = ${documentNumber} order by version`.execute(db)).rows
const entries = async (factIds: number[]) => (await sql<{ name: string; about_id: number }>`select name, about_id from ledger.entry where about_id = any(${factIds}::bigint[]) and name like 'record.%' order by entry_id`.execute(db)).rows

test('a penalty that arrives becomes a fact, a standing and an entry', async () => {
  const [outcome] = await take([penalty({ documentNumber: '海棠市监罚〔2026〕1号' })])
  assert.deepEqual(outcome, { rowNumber: 2, outcome: 'accepted', warnings: [] })
  const [row] = await standing('海棠市监罚〔2026〕1号')
  assert.partialDeepStrictEqual(row, {
    subject_id: 1, version: 1, class: 'general', amount_fen: 200_000, tags: ['fine'], sector: 'market-regulation', public: true, decided_on: '2026-11-10', report_due_on: '2026-11-19', report_due_provisional: false,
    repairable_on: '2027-02-10', publicity_ends_on: '2027-11-10', publicity_end_reason: 'maximum', use_ends_on: '2027-11-10', ends_on: '2027-11-11', document_series: '海棠市监罚', document_year: 2026, document_serial: 1, withdrawn: false,
  })
  assert.deepEqual((await entries([row!['fact_id'] as number])).map(({ name }) => name), ['record.filed'])
})
