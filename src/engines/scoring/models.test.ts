// @clause 5.2
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { appliesTo, characteristicsOf, evaluate, factsOf, modelHash, parseModel } from './index.ts'

const POLICY = new URL('../../../policy/', import.meta.url).pathname
const FOLDER = join(POLICY, 'haitang/models')

type Scales = Record<string, { grades: { key: string; rank: number | null }[] }>
const scales: Scales = Object.assign({}, ...Object.values((parse(readFileSync(join(POLICY, 'national/grading/scales.yaml'), 'utf8')) as { values: Record<string, Scales> }).values))
const sectors = (parse(readFileSync(join(POLICY, 'national/sectors.yaml'), 'utf8')) as { sectors: { key: string }[] }).sectors.map(({ key }) => key)
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'))
const models = files.map((name) => parseModel(readFileSync(join(FOLDER, name), 'utf8')))

for (const [index, model] of models.entries()) {
  test(`${model.title.en}: each example comes out as written`, () => {
    assert.ok(model.examples.length >= 4)
    assert.ok(new Set(model.examples.map(({ expect }) => expect.grade)).size >= 3, 'the examples show several grades')
    for (const example of model.examples) {
      const { score, grade, lines } = evaluate(model, example.subject, factsOf(example), example.on)
      assert.deepEqual({ score, grade }, { score: example.expect.score, grade: example.expect.grade }, `${example.title.zh}\n${lines.map((line) => `${line.title.zh} ${line.words.zh} ${line.points}`).join('\n')}`)
      assert.ok(appliesTo(model, example.subject), example.title.zh)
    }
  })

  test(`${model.title.en}: its grades are those of its scale, from the best to the worst`, () => {
    const grades = scales[model.scale]?.grades
    assert.ok(grades, `there is no scale ${model.scale}`)
    assert.deepEqual(model.bands.map(({ grade }) => grade), grades.filter(({ rank }) => rank !== null).map(({ key }) => key))
    if (model.missing) assert.ok(grades.some(({ key, rank }) => key === model.missing!.grade && rank === null))
  })

  test(`${model.title.en}: it is an unconfirmed reference that ends, and cites texts that are there`, () => {
    assert.equal(model.key, files[index]!.replace('.yaml', ''))
    assert.equal(model.status, 'reference')
    assert.equal(model.level, 'local')
    assert.ok(model.in_force.until !== null && model.note !== null)
    assert.ok(model.sector === 'all' || sectors.includes(model.sector))
    const bases = [...model.basis, ...characteristicsOf(model).flatMap((each) => each.basis), ...model.vetoes.flatMap((veto) => veto.basis)]
    for (const { text, status } of bases) {
      assert.equal(status, 'unconfirmed')
      assert.ok(readdirSync(join(POLICY, 'texts')).includes(`${text}.yaml`), `there is no text ${text}`)
    }
  })

  test(`${model.title.en}: what is stored parses again to the same model, with the same fingerprint`, () => {
    const again = parseModel(JSON.parse(JSON.stringify(model)))
    assert.deepEqual(again, model)
    assert.equal(modelHash(again), modelHash(model))
    assert.equal(modelHash(parseModel(parse(readFileSync(join(FOLDER, files[index]!), 'utf8')))), modelHash(model))
  })
}

test('there is a model of public credit and one of each of the eight sectors', () => {
  assert.deepEqual(models.map(({ sector }) => sector).sort(), ['all', ...sectors].sort())
})

test('with the public grade D no sector model gives its best grade', () => {
  for (const model of models.filter(({ kind }) => kind === 'industry')) {
    const example = model.examples.find(({ expect }) => expect.grade === model.bands[0]!.grade)!
    const received = { ...example.facts[0]!, kind: 'public-grade', grade: 'D', decided_on: example.on, ends_on: null }
    const { grade } = evaluate(model, example.subject, factsOf({ ...example, facts: [...example.facts.filter(({ kind }) => kind !== 'public-grade'), received] }), example.on)
    assert.notEqual(grade, model.bands[0]!.grade, model.key)
  }
})
