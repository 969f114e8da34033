import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPolicy } from '../../engines/policy/index.ts'
import { parseModel } from '../../engines/scoring/index.ts'
import { text } from '../../kernel/text.ts'
import { lawWordsOf, pointsOf, vetoWords, wordsOf } from './model-words.ts'

test('the model page has a word in both languages for everything that the models of the policy folder look at', () => {
  const policy = loadPolicy('policy')
  const law = lawWordsOf(policy)
  const shown = policy.folder('models').map(({ content }) => parseModel(content)).flatMap((model) => [
    ...[...model.dimensions.flatMap(({ characteristics }) => characteristics), ...model.signals].flatMap((each) => [wordsOf(each, law), ...pointsOf(each).map(({ when }) => when)]),
    ...model.vetoes.map((veto) => vetoWords(model, veto, (grade) => text(grade, grade))),
  ])
  assert.ok(shown.length > 100)
  assert.deepEqual([...new Set(shown.map(({ zh }) => zh).filter((zh) => /[a-z]{3}/.test(zh)))], [])
  assert.deepEqual([...new Set(shown.map(({ en }) => en).filter((en) => /[a-z]-[a-z]/.test(en)))], [])
})
