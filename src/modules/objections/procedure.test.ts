// @clause 4.8
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OBJECTION_ACTS, OBJECTION_STATES, objectionProcedure, SETTLED, stateAfter, whyNot, type ObjectionState } from './procedure.ts'

const everything = () => true

test('every state is reached from the first, and from every state that is not settled one that is can be reached', () => {
  const reachable = (from: ObjectionState): Set<ObjectionState> => {
    const seen = new Set<ObjectionState>([from])
    for (const state of seen) for (const act of OBJECTION_ACTS) { const next = stateAfter(state, act); if (next) seen.add(next) }
    return seen
  }
  assert.deepEqual([...reachable('checking')].sort(), [...OBJECTION_STATES].sort())
  for (const state of OBJECTION_STATES) assert.ok([...reachable(state)].some((one) => SETTLED.includes(one)), state)
})

test('nothing is done with what is settled', () => {
  for (const state of SETTLED) for (const act of OBJECTION_ACTS) assert.equal(stateAfter(state, act), null, `${state} ${act}`)
})

test('in every state, for every act and permission: a button is open exactly where the server lets it pass', () => {
  const permissions = [...new Set(OBJECTION_ACTS.map((act) => objectionProcedure[act].permission))]
  for (const state of OBJECTION_STATES) for (const act of OBJECTION_ACTS) for (const held of permissions) for (const hands of [false, true]) for (const extended of [false, true]) {
    const way = objectionProcedure[act]
    const allowed = stateAfter(state, act) !== null && held === way.permission && !(way.another && hands) && !(act === 'extend' && extended)
    assert.equal(whyNot(act, { state, extended }, (permission) => permission === held, hands) === null, allowed, `${state} ${act} ${held} ${hands} ${extended}`)
  }
})

test('only a decision asks for another person, and every decision does', () => {
  assert.deepEqual(OBJECTION_ACTS.filter((act) => objectionProcedure[act].another), ['uphold', 'uphold-partly', 'reject'])
  for (const act of ['uphold', 'uphold-partly', 'reject'] as const) assert.ok(whyNot(act, { state: 'answered', extended: false }, everything, true))
})

test('the business alone withdraws, and only until it is decided', () => {
  assert.deepEqual(objectionProcedure.withdraw.from, ['checking', 'answered'])
  assert.equal(objectionProcedure.withdraw.permission, 'my.object')
})
