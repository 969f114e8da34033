import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../../kernel/day.ts'
import { text } from '../../kernel/text.ts'
import { loadPolicy } from '../../engines/policy/index.ts'
import { scalesOn } from '../evaluation/index.ts'
import { becauseOf, directionOf, lawOfGrades } from './grading.ts'
import { supervisionOf, supervisionsOf, type Say } from './supervision.ts'

const book = loadPolicy(new URL('../../../policy', import.meta.url).pathname)
const law = book.on(day('2026-11-22'))
const scales = scalesOn(law)
const say = (model: string, scale: string, grade: string): Say => ({ model, scale, grade, modelTitle: text(model, model), sector: model })

test('a grade goes up or down by the rank of its scale; different scales and missing data cannot be compared', () => {
  const of = (before: [string, string] | null, next: [string, string]) => directionOf(scales, before && { scale: before[0], grade: before[1] }, { scale: next[0], grade: next[1] })
  assert.deepEqual([of(null, ['public-2026', 'A']), of(['public-2026', 'A'], ['public-2026', 'C']), of(['environment', '不良'], ['environment', '警示'])], ['first', 'down', 'up'])
  assert.deepEqual([of(['public-2019', '优'], ['public-2026', 'D']), of(['property', 'A'], ['property', 'C(缺失)'])], ['same', 'same'])
})

test('before the rule of 2026 a public grade limits nothing', () => {
  assert.deepEqual(lawOfGrades(book.on(day('2026-04-01'))).caps, [])
  assert.deepEqual(lawOfGrades(law).caps, [{ scale: 'public-2026', grade: 'D', best_rank: 2 }])
})

test('a limited grade says what it would have been and why it is not', () => {
  const because = becauseOf(scales, {
    cause: 'records', runId: 1, recordIds: [7], next: { scale: 'local-abcd', grade: 'B', score: '95' }, evaluated: 'A', received: { scale: 'public-2026', grade: 'D', decidedOn: day('2026-10-31'), documentNumber: 'X' }, beside: [],
  })
  assert.equal(because.words.zh, '信用记录变动：得分 95，等级「B类」；按得分应为「A类」，因公共信用等级为「D级」（2026-10-31）而受限')
  assert.match(because.words.en, /would be "Class A", limited because the public grade is "Grade D"/)
})

test('supervision follows the stricter of sector grade and public grade, line by line with its basis', () => {
  const [good, bad] = [say('tourism', 'local-abcd', 'A'), say('public-credit', 'public-2026', 'D')]
  const alone = supervisionOf(law, scales, good, null)!
  assert.deepEqual([alone.supervisionClass, alone.greenChannel, alone.strict], ['A', true, false])
  const both = supervisionOf(law, scales, good, bad)!
  assert.deepEqual([both.supervisionClass, both.greenChannel, both.strict, both.grade], ['D', false, true, 'A'])
  assert.ok(both.lines.every(({ basis }) => basis !== null))
  assert.deepEqual(both.lines.filter(({ what }) => what.zh === '合并规则').map(({ basis }) => basis!.status), ['unconfirmed'])
})

test('without a grade of a sector the public grade alone decides; without any nothing follows', () => {
  const bad = say('public-credit', 'public-2026', 'C')
  assert.deepEqual(supervisionsOf(law, scales, [bad], bad).map(({ model, supervisionClass }) => [model, supervisionClass]), [['public-credit', 'C']])
  assert.deepEqual(supervisionsOf(law, scales, [], null), [])
  assert.equal(supervisionOf(law, scales, say('tourism', 'no-such-scale', 'A'), null), null)
})
