// `npm run kills -- --rounds 500 --seed 7 [--database embedded|postgresql]`: kills the program and its database at random moments, and looks whether anything was lost or doubled.
import { parseArgs } from 'node:util'
import { runRounds } from '../tests/kills/rounds.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' }, database: { type: 'string' } } })
const databases = values.database ? [values.database] : ['embedded', 'postgresql']
const rounds = Math.ceil(Number(values.rounds) / databases.length)
for (const database of databases) {
  const { kills, checks, answers, silences } = await runRounds({ database, rounds, seed: Number(values.seed), log: console.log })
  console.log(`${database}: ${kills} kills, ${checks} checks, ${answers} requests answered, ${silences} sent again; nothing lost, nothing doubled`)
}
process.exit(0)
