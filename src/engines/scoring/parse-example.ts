import { POINTS_PLACES } from './exact.ts'
import type { Example, ExampleFact } from './model.ts'
import type { Part } from './part.ts'
import type { Fact } from './source.ts'

const SCORE_PLACES_SHOWN = 10

/** Reads an example: what is not said of its subject or records does not matter. */
export function parseExample(part: Part): Example {
  part.only(['title', 'on', 'subject', 'facts', 'expect'])
  const subject = part.at('subject')
  if (subject.given) subject.only(['subject_id', 'type', 'status', 'industry', 'sectors', 'founded_on'])
  const words = (at: Part) => (Array.isArray(at.value) && at.value.length === 0 ? [] : at.texts() ?? [])
  const expect = part.at('expect')
  expect.only(['score', 'grade'])
  return {
    title: part.at('title').bilingual(),
    on: part.at('on').day(),
    subject: {
      subject_id: 1,
      type: subject.at('type').given ? subject.at('type').text() : 'enterprise',
      status: subject.at('status').given ? subject.at('status').text() : 'active',
      industry: subject.at('industry').given ? subject.at('industry').text() : null,
      sectors: words(subject.at('sectors')),
      founded_on: subject.at('founded_on').dayOrNull(),
    },
    facts: part.at('facts').list().map((at): ExampleFact => {
      at.only(['kind', 'decided_on', 'ends_on', 'use_ends_on', 'class', 'tags', 'department', 'sector', 'amount', 'grade'])
      const word = (key: string) => (at.at(key).given ? at.at(key).text() : null)
      return {
        kind: at.at('kind').text(),
        decided_on: at.at('decided_on').day(),
        ends_on: at.at('ends_on').dayOrNull(),
        use_ends_on: at.at('use_ends_on').dayOrNull(),
        class: word('class'),
        tags: words(at.at('tags')),
        department: word('department'),
        sector: word('sector'),
        amount: at.at('amount').decimalOrNull(POINTS_PLACES, 1_000_000_000_000n),
        grade: word('grade'),
      }
    }),
    expect: { score: expect.at('score').decimal(SCORE_PLACES_SHOWN, 1_000_000n), grade: expect.at('grade').text() },
  }
}

/** The example's records as the relation would hold them. */
export function factsOf(example: Example): Fact[] {
  return example.facts.map(({ amount, ...fact }, index) => ({
    ...fact,
    subject_id: example.subject.subject_id,
    record_id: index + 1,
    fact_id: index + 1,
    amount_fen: amount === null ? null : yuanToFen(amount),
    known_from: new Date(0),
    known_until: null,
    withdrawn: false,
  }))
}

function yuanToFen(yuan: string): bigint {
  const [whole, fraction = ''] = yuan.split('.')
  return BigInt(`${whole}${fraction.padEnd(2, '0')}`)
}
