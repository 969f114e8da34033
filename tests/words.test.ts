import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'

/** A word of docs/words.md in its group: as code writes it, in Chinese, in English. */
type Word = { readonly group: string; readonly word: string; readonly zh: string; readonly en: string }

const words: Word[] = []
let group = ''
for (const line of readFileSync('docs/words.md', 'utf8').split('\n')) {
  group = /^## ([a-z-]+)/.exec(line)?.[1] ?? group
  const cells = /^\| `?([^|`]+?)`? \| ([^|]*) \| ([^|]*) \|/.exec(line)
  if (cells && cells[1] !== 'word') words.push({ group, word: cells[1]!, zh: cells[2]!.trim(), en: cells[3]!.trim() })
}
const groups = Map.groupBy(words, (one) => one.group)

/** The group that has every one of these words, or undefined. */
function groupOf(values: readonly string[]): string | undefined {
  return [...groups].find(([, members]) => values.every((value) => members.some(({ word }) => word === value)))?.[0]
}

/** Every list of choices inside a zod schema or whatever holds one. */
function choicesIn(value: unknown, seen = new Set<unknown>()): string[][] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  const schema = value as { def?: { type?: string; entries?: Record<string, string> }; shape?: object }
  if (schema.def?.type === 'enum') return [Object.values(schema.def.entries!).map(String)]
  if (schema.def) return [...choicesIn(schema.def, seen), ...choicesIn(schema.shape, seen)]
  return Object.values(value).flatMap((part) => choicesIn(part, seen))
}

test('every word has a Chinese and an English label, and stands once in its group', () => {
  assert.ok(words.length > 100)
  assert.deepEqual(words.filter(({ zh, en }) => !/\p{Script=Han}/u.test(zh) || !/[A-Za-z]/.test(en)), [])
  assert.deepEqual([...groups].flatMap(([name, members]) => members.map(({ word }) => word).filter((word, index, all) => all.indexOf(word) !== index).map((word) => `${name}: ${word}`)), [])
})

test('every list of choices in a contract is a group of docs/words.md', async () => {
  const missing: string[] = []
  for (const file of globSync('src/modules/*/contract.ts').sort()) {
    const contract = (await import(pathToFileURL(resolve(file)).href)) as Record<string, unknown>
    for (const [name, made] of Object.entries(contract)) {
      for (const values of choicesIn(made)) if (groupOf(values) === undefined) missing.push(`${file} ${name}: ${values.join(', ')}`)
    }
  }
  assert.deepEqual([...new Set(missing)], [])
})

test('every list of choices that a table checks is a group of docs/words.md', () => {
  const lists = [...readFileSync('migrations/schema.sql', 'utf8').matchAll(/= ANY \(ARRAY\[([^\]]+)\]/g)].map(([, list]) => [...list!.matchAll(/'([^']+)'/g)].map(([, value]) => value!))
  assert.ok(lists.length > 5)
  assert.deepEqual(lists.filter((values) => groupOf(values) === undefined), [])
})

test('every name of an entry in the ledger is in docs/words.md', async () => {
  const known = groups.get('entry')!.map(({ word }) => word)
  const names: string[] = []
  for (const file of globSync('src/modules/*/index.ts').sort()) {
    const door = (await import(pathToFileURL(resolve(file)).href)) as Record<string, unknown>
    for (const made of Object.values(door)) if (Array.isArray(made)) names.push(...made.filter((one) => typeof one?.witness === 'function').map(({ name }) => String(name)))
  }
  assert.deepEqual([...names.filter((name) => !known.includes(name)), ...known.filter((name) => !names.includes(name))], [])
  const shown = readFileSync('src/modules/audit/ui/entry-names.ts', 'utf8')
  assert.deepEqual(names.filter((name) => !shown.includes(`'${name}':`)), [], 'pages name it in words, too')
})
