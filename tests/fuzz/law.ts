import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { checkPolicy, makeBook } from '../../src/engines/policy/index.ts'
import { readPolicyFolder } from '../../src/engines/policy/read.ts'
import { compileToSql, defaultSource, modelHash, parseModel, prepare } from '../../src/engines/scoring/index.ts'
import { day } from '../../src/kernel/day.ts'
import type { Json } from '../../src/kernel/json.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import { publicModel, sectorModel } from '../../src/modules/evaluation/testing/models.ts'
import { kindTableFrom, standardFrom } from '../../src/modules/submissions/index.ts'
import type { Target } from './fuzz.ts'
import { ofText } from './mutate.ts'

const policy = join(import.meta.dirname, '..', '..', 'policy')
const file = (name: string) => readFileSync(join(policy, name), 'utf8')

/** What a reader gives, or the code of its refusal; anything else that is thrown stays thrown. */
function orRefusal<T>(read: () => T, told: (value: T) => string): string {
  try {
    return told(read())
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { message, fix } = error.parts
    assert.ok(message.zh && message.en && fix.zh && fix.en)
    return `${error.code} ${'problems' in error ? (error.problems as { code: string }[]).map(({ code }) => code).sort().join(' ').slice(0, 120) : ''}`
  }
}

const models: Target<string> = {
  name: 'models', share: 1_500,
  seeds: [stringify(publicModel()), stringify(sectorModel('tourism')), file('haitang/models/water.yaml')],
  ...ofText,
  run: (text) => orRefusal(() => parseModel(text), (model) => {
    assert.equal(modelHash(parseModel(JSON.parse(JSON.stringify(model)))), modelHash(model), 'a model that was kept is the same model')
    prepare(model)
    compileToSql(model, defaultSource, { on: day('2026-11-22') })
    return `model ${model.dimensions.length}`
  }),
}

const standards: Target<string> = {
  name: 'standards', share: 500, seeds: ['public-grade', 'subject'].map((name) => file(`national/standards/${name}.yaml`)).concat(file('national/sectors.yaml'), file('national/penalty-kinds.yaml')),
  ...ofText,
  run(text) {
    let content: Json
    try {
      content = parse(text) as Json
    } catch {
      return 'not yaml'
    }
    return [orRefusal(() => standardFrom(content), ({ fields }) => `standard ${fields.length}`), orRefusal(() => kindTableFrom(content), ({ kinds }) => `kinds ${kinds.length}`)].join(' ')
  },
}

/** A folder of law with a little of everything, of which one file at a time is strange. */
const FILES = ['texts/ndrc-order-36.yaml', 'national/records/report-within.yaml', 'national/pack.yaml', 'national/sectors.yaml', 'calendar/national/2026.yaml', 'haitang/pack.yaml']
const folder = mkdtempSync(join(tmpdir(), 'xinheng-fuzz-law-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const name of FILES) {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  cpSync(join(policy, name), join(folder, name))
}

type Strange = { readonly name: string; readonly text: string }
const folders: Target<Strange> = {
  name: 'policy-folders', share: 500, seeds: FILES.map((name) => ({ name, text: file(name) })),
  mutate: (chance, { name, text }, other) => ({ name, text: ofText.mutate(chance, text, other.text) }),
  run({ name, text }) {
    writeFileSync(join(folder, name), text)
    try {
      return orRefusal(() => readPolicyFolder(folder), (parts) => {
        const problems = checkPolicy(makeBook(parts))
        for (const { message, fix } of problems) assert.ok(message.zh && message.en && fix.zh && fix.en)
        return `${name} ${[...new Set(problems.map(({ code }) => code))].sort().join(' ')}`
      })
    } finally {
      cpSync(join(policy, name), join(folder, name))
    }
  },
  * smaller({ name, text }) {
    for (const less of ofText.smaller(text)) yield { name, text: less }
  },
  kept: { write: (strange) => JSON.stringify(strange), read: (bytes) => JSON.parse(bytes.toString('utf8')) as Strange },
}

/** Everything that reads the law. */
export const lawTargets = [models, standards, folders] as const
