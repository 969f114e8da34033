// @clause X.4
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPersonalNumber } from '../../kernel/codes/index.ts'
import { day } from '../../kernel/day.ts'
import { chanceOf } from './chance.ts'
import { makeDecisions } from './decisions.ts'
import { makePopulation } from './population.ts'

test('nothing that the departments of the demo write holds a number of a person', () => {
  const [from, until] = [day('2023-11-01'), day('2026-11-20')]
  const chance = chanceOf(20231027)
  const departments = ['market-regulation', 'tourism', 'environment', 'housing', 'health', 'emergency', 'water', 'education'].map((key) => ({ key, zh: key, en: key, uscc: '11460202XHYX100189', sector: key, role: 'department' as const }))
  const decisions = makeDecisions(chance, makePopulation(chance, { count: 500, from, until, places: ['林旺'] }), { from, until, departments, reportingDay: (ready) => ready, licencesPerSubject: 2 })
  assert.ok(decisions.length > 500)
  assert.deepEqual(decisions.flatMap(({ row }) => Object.values(row)).filter(isPersonalNumber), [])
})
