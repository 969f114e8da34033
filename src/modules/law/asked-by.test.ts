import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { loadPolicy } from '../../engines/policy/index.ts'
import { askedBy } from './asked-by.ts'

test('what the policy page says depends on a figure is what the modules ask for', () => {
  const { keys } = loadPolicy('policy')
  const asked: Record<string, string[]> = {}
  for (const file of globSync('src/modules/*/**/*.ts').sort()) {
    if (/\.test\.ts$|\/testing\/|\/ui\/|\/asked-by\.ts$/.test(file)) continue
    const source = readFileSync(file, 'utf8')
    const module = file.split(/[\\/]/)[2]!
    for (const key of keys) if (source.includes(`'${key}'`) && !asked[key]?.includes(module)) (asked[key] ??= []).push(module)
  }
  assert.deepEqual(askedBy, asked)
})
