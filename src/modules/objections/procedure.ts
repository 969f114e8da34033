// @clause 4.8
import { text, type Text } from '../../kernel/text.ts'

/** States of an objection (异议状态). */
export const OBJECTION_STATES = ['checking', 'answered', 'upheld', 'partly', 'corrected', 'rejected', 'declined', 'withdrawn'] as const
/** One of them. */
export type ObjectionState = (typeof OBJECTION_STATES)[number]
/** What is done with an objection. */
export const OBJECTION_ACTS = ['forward', 'decline', 'answer', 'extend', 'uphold', 'uphold-partly', 'reject', 'carry-out', 'withdraw'] as const
/** One of them. */
export type ObjectionAct = (typeof OBJECTION_ACTS)[number]
/** From which states an act leads where, and whose it is. `another`: by someone who had no hand in it before. `due`: what runs from then on; null leaves it, 'none' ends it. */
export type Way = { readonly title: Text; readonly from: readonly ObjectionState[]; readonly to: ObjectionState | 'same'; readonly permission: string; readonly who: Text; readonly another: boolean; readonly due: 'decide' | 'extend' | 'carry_out' | 'none' | null }

const decider = text('来源部门或信用主管部门负责人，且未经手此事', 'the head of the source department or credit office, with no hand in it')

/** The procedure (异议办理程序): one table for server and screens. What does not stand here is not possible. */
export const objectionProcedure: Readonly<Record<ObjectionAct, Way>> = {
  forward: { title: text('转交其他部门', 'Forward'), from: ['checking'], to: 'same', permission: 'objections.handle', who: text('信用主管部门', 'the credit office'), another: false, due: null },
  decline: { title: text('不予受理', 'Decline'), from: ['checking'], to: 'declined', permission: 'objections.handle', who: text('信用主管部门', 'the credit office'), another: false, due: 'none' },
  answer: { title: text('核查答复', 'Answer'), from: ['checking'], to: 'answered', permission: 'objections.answer', who: text('来源部门经办人', 'an officer of the source department'), another: false, due: 'decide' },
  extend: { title: text('延长一次', 'Extend once'), from: ['checking', 'answered'], to: 'same', permission: 'objections.decide', who: text('部门负责人', 'the head of the department'), another: false, due: 'extend' },
  uphold: { title: text('异议成立', 'Uphold'), from: ['answered'], to: 'upheld', permission: 'objections.decide', who: decider, another: true, due: 'carry_out' },
  'uphold-partly': { title: text('部分成立', 'Uphold in part'), from: ['answered'], to: 'partly', permission: 'objections.decide', who: decider, another: true, due: 'carry_out' },
  reject: { title: text('异议不成立', 'Reject'), from: ['answered'], to: 'rejected', permission: 'objections.decide', who: decider, another: true, due: 'none' },
  'carry-out': { title: text('完成更正', 'Carry out'), from: ['upheld', 'partly'], to: 'corrected', permission: 'objections.carry-out', who: text('来源部门负责人或信用主管部门', 'the head of the source department, or the credit office'), another: false, due: 'none' },
  withdraw: { title: text('撤回异议', 'Withdraw'), from: ['checking', 'answered'], to: 'withdrawn', permission: 'my.object', who: text('提出异议的企业', 'the business itself'), another: false, due: 'none' },
}

/** States in which nothing more is done; the mark is gone. */
export const SETTLED: readonly ObjectionState[] = ['corrected', 'rejected', 'declined', 'withdrawn']

/** The state after an act; null when the act is not possible in this state. */
export function stateAfter(state: ObjectionState, act: ObjectionAct): ObjectionState | null {
  const way = objectionProcedure[act]
  if (!way.from.includes(state)) return null
  return way.to === 'same' ? state : way.to
}

/** Why an act is not possible, in words for a disabled button; null when it is. `extended`: it was extended before. */
export function whyNot(act: ObjectionAct, { state, extended }: { readonly state: ObjectionState; readonly extended: boolean }, may: (permission: string) => boolean, handsIn: boolean): Text | null {
  const way = objectionProcedure[act]
  if (!way.from.includes(state)) return text('现在的状态不能这样办理', 'Not possible in the present state')
  if (act === 'extend' && extended) return text('只能延长一次', 'It can be extended once only')
  if (!may(way.permission)) return text(`由${way.who.zh}办理`, `This is for ${way.who.en}`)
  if (way.another && handsIn) return text('您参与了前面的环节，不能由您决定', 'You had a hand in an earlier step and cannot decide this')
  return null
}
