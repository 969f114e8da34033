// @clause X.4
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ENDED, REMOVAL_ACTS, REMOVAL_STATES, removalProcedure, whyNot, type RemovalState } from './procedure.ts'

test('every state is reached from the first, and whatever is not ended can end', () => {
  const reachable = (from: RemovalState): Set<RemovalState> => {
    const seen = new Set<RemovalState>([from])
    for (const state of seen) for (const act of REMOVAL_ACTS) if (removalProcedure[act].from.includes(state)) seen.add(removalProcedure[act].to)
    return seen
  }
  assert.deepEqual([...reachable('filed')].sort(), [...REMOVAL_STATES].sort())
  for (const state of REMOVAL_STATES) assert.ok([...reachable(state)].some((one) => ENDED.includes(one)), state)
})

test('on every way to a removal somebody approved who did not file it, and nothing barred either step', () => {
  const ways = (state: RemovalState, done: readonly string[]): string[][] => (state === 'filed' ? [[...done]] : REMOVAL_ACTS.flatMap((act) => (removalProcedure[act].to === state ? removalProcedure[act].from.flatMap((from) => ways(from, [act, ...done])) : [])))
  assert.deepEqual(ways('removed', []), [['approve', 'remove']])
  assert.ok(removalProcedure.approve.by === 'another' && removalProcedure.approve.clear && removalProcedure.remove.clear)
})

test('in every state, for every act and permission, a button is open exactly where the table lets it pass', () => {
  for (const act of REMOVAL_ACTS) for (const state of REMOVAL_STATES) for (const held of [true, false]) for (const filedIt of [true, false]) for (const barred of [true, false]) {
    const { from, by, clear } = removalProcedure[act]
    assert.equal(whyNot(act, { state, barred }, () => held, filedIt) === null, from.includes(state) && held && !(by === 'another' && filedIt) && !(by === 'filer' && !filedIt) && !(clear && barred), `${act} ${state} ${held} ${filedIt} ${barred}`)
  }
})
