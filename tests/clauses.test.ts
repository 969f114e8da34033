import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
// @ts-expect-error plain JavaScript, because it is a script
import { findTags, readPlan, renderMatrix, unknownTags } from '../scripts/clauses.mjs'

const plan = readPlan()
const tags = findTags()

test('every tag names a capability of the plan', () => {
  assert.deepEqual(unknownTags(plan, tags), [])
})

test('docs/clauses.md shows the tags as they are now', () => {
  assert.equal(readFileSync('docs/clauses.md', 'utf8') === renderMatrix(plan, tags), true, 'run `node scripts/clauses.mjs --write` and commit the result')
})

test('the plan has fourteen clauses, each with capabilities whose ids are numbered without gaps', () => {
  const clauses = plan.clauses as { id: string }[]
  assert.equal(clauses.filter(({ id }) => id !== 'X').length, 14)
  for (const { id } of clauses) {
    const own = (plan.capabilities as { id: string }[]).filter((capability) => capability.id.startsWith(`${id}.`))
    assert.deepEqual(own.map((capability) => capability.id), own.map((_, index) => `${id}.${index + 1}`))
    assert.notEqual(own.length, 0)
  }
})

test('every link in the papers leads to a file', () => {
  const papers = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/clauses.md']
  const dead = papers.flatMap((paper) => [...readFileSync(paper, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
    .filter(([, target]) => !existsSync(new URL(target!, new URL(paper, `file://${process.cwd()}/`)))).map(([, target]) => `${paper} → ${target}`))
  assert.deepEqual(dead, [])
})
