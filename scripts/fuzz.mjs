// `npm run fuzz -- --inputs 1000000 --seed 3 [--only NAME]`: feeds every parser; what fails is made small and kept in tests/fuzz/corpus.
import { parseArgs } from 'node:util'
import { Found, fuzz, keep } from '../tests/fuzz/fuzz.ts'
import { targets } from '../tests/fuzz/targets.ts'

const { values } = parseArgs({ options: { inputs: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } } })
const chosen = targets.filter(({ name }) => values.only === undefined || name === values.only)
const shares = chosen.reduce((sum, { share }) => sum + share, 0)
let failed = 0
for (const target of chosen) {
  const inputs = Math.ceil((Number(values.inputs) * target.share) / shares)
  const started = performance.now()
  try {
    const { outcomes } = await fuzz(target, { inputs, seed: Number(values.seed) })
    console.log(`${target.name}: ${inputs} inputs, ${outcomes} different outcomes, ${((performance.now() - started) / 1000).toFixed(1)} s`)
  } catch (error) {
    if (!(error instanceof Found)) throw error
    failed += 1
    console.error(`${error.message}\nkept in ${keep(target, error.input, `found-${values.seed}`)}`)
  }
}
process.exit(failed === 0 ? 0 : 1)
