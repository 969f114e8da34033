// @clause X.5
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runRounds } from './rounds.ts'

test('whenever the program or PostgreSQL is killed, nothing is lost or doubled, and whoever got no answer can ask again', async () => {
  const { kills, checks } = await runRounds({ database: 'postgresql', rounds: 34, seed: 12 })
  assert.ok(kills === 34 && checks > 17)
})
