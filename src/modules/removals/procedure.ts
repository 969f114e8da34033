// @clause X.4
import { text, type Text } from '../../kernel/text.ts'

/** States of a request (删除申请状态). */
export const REMOVAL_STATES = ['filed', 'approved', 'refused', 'withdrawn', 'removed'] as const
/** One of them. */
export type RemovalState = (typeof REMOVAL_STATES)[number]
/** What is done with a request. */
export const REMOVAL_ACTS = ['approve', 'refuse', 'withdraw', 'remove'] as const
/** One of them. */
export type RemovalAct = (typeof REMOVAL_ACTS)[number]
/** From which states an act leads where, and whose it is. `by`: by someone who did not file the request, or only by whoever did. `clear`: only when nothing bars. */
export type RemovalWay = { readonly title: Text; readonly from: readonly RemovalState[]; readonly to: RemovalState; readonly permission: string; readonly by: 'anyone' | 'another' | 'filer'; readonly clear: boolean }

/** The procedure (个人信息删除程序): one table for server and screens. What does not stand here is not possible. */
export const removalProcedure: Readonly<Record<RemovalAct, RemovalWay>> = {
  approve: { title: text('同意删除', 'Approve'), from: ['filed'], to: 'approved', permission: 'removals.decide', by: 'another', clear: true },
  refuse: { title: text('不予删除', 'Refuse'), from: ['filed'], to: 'refused', permission: 'removals.decide', by: 'another', clear: false },
  withdraw: { title: text('撤回申请', 'Withdraw'), from: ['filed', 'approved'], to: 'withdrawn', permission: 'removals.file', by: 'filer', clear: false },
  remove: { title: text('执行删除', 'Remove'), from: ['approved'], to: 'removed', permission: 'removals.carry-out', by: 'anyone', clear: true },
}

/** States in which nothing more is done. */
export const ENDED: readonly RemovalState[] = ['refused', 'withdrawn', 'removed']

/** Why an act is not possible, in words for a disabled button; null when it is. */
export function whyNot(act: RemovalAct, { state, barred }: { readonly state: RemovalState; readonly barred: boolean }, may: (permission: string) => boolean, filedIt: boolean): Text | null {
  const way = removalProcedure[act]
  if (!way.from.includes(state)) return text('现在的状态不能这样办理', 'Not possible in the present state')
  if (!may(way.permission)) return text('您的岗位没有这项权限', 'Your role does not carry this permission')
  if (way.by === 'filer' && !filedIt) return text('只能由提出申请的人撤回，请作出决定', 'Only whoever filed the request takes it back; decide it instead')
  if (way.by === 'another' && filedIt) return text('您提出了申请，不能由您决定', 'You filed the request and cannot decide it')
  if (way.clear && barred) return text('还有不能删除的情形，见持有情况', 'Something bars it: see what is held')
  return null
}
