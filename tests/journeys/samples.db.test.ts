// @clause 4.2, 5.3
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { explainScore } from '../../src/modules/evaluation/contract.ts'
import { listSubjects } from '../../src/modules/subjects/contract.ts'
import { listFlaggedRows } from '../../src/modules/submissions/contract.ts'
import { startProgram } from '../support/program.ts'

const program = await startProgram()
after(() => program.close())
const sample = (name: string) => readFileSync(`docs/guide/samples/${name}`)

test("the newcomer's sample files do what the README says", async () => {
  assert.equal((await program.import('subject', sample('subjects.csv'), 'credit-office', '2026-11-20')).accepted, 3)
  const batch = await program.import('penalty', sample('penalties.xlsx'), 'market-regulation', '2026-11-20')
  assert.deepEqual([batch.read, batch.accepted, batch.rejected], [5, 2, 3])
  const { rows: flagged } = await program.call(listFlaggedRows, { batchId: batch.batchId, rejected: 'true' })
  assert.deepEqual(flagged.map(({ rowNumber, problems }) => `${rowNumber} ${problems[0]!.code}`), ['4 uscc.check-digit', '5 cell.lost-digits', '6 record.kind-without-amount'])
  const again = await program.import('penalty', sample('penalties.xlsx'), 'market-regulation', '2026-11-20')
  assert.deepEqual([again.accepted, again.unchanged], [0, 2])

  await program.xinheng.settled()
  const { rows: [found] } = await program.call(listSubjects, { find: '演示海棠湾' })
  assert.equal(found?.uscc, /explain (\S{18}) /.exec(readFileSync('README.md', 'utf8'))?.[1])
  const resultOn = async (on: string) => {
    const { score, grade } = await program.call(explainScore, { subjectId: found!.subjectId, model: 'public-credit', on })
    return `${score} (${grade})`
  }
  const results = [await resultOn('2026-01-01'), await resultOn('2026-11-22')]
  assert.ok(readFileSync('README.md', 'utf8').includes(`from ${results[0]} to ${results[1]}`), `the README tells other results than ${results.join(' and ')}`)
})
