import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { notPermitted, packages, paper } from '../scripts/licences.mjs'

test('only permissive licences occur in what is passed on, and every package says one', () => {
  assert.ok(packages().length > 100)
  assert.deepEqual(notPermitted(), [])
})

test('the paper of licences is what the lock file and the packages say (refresh: node scripts/licences.mjs --write)', () => {
  assert.ok(readFileSync('docs/operate/licences.md', 'utf8') === paper(), 'docs/operate/licences.md is not fresh')
})
