// @clause X.5
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runRounds } from './rounds.ts'

test('whenever the program is killed on the embedded database, nothing is lost or doubled, and whoever got no answer can ask again', async () => {
  const { kills, checks } = await runRounds({ database: 'embedded', rounds: 16, seed: 11 })
  assert.ok(kills === 16 && checks > 8)
})
