// @clause 4.8
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { objectionProcedure, SETTLED, stateAfter, type ObjectionAct, type ObjectionState } from './procedure.ts'

/** Working days of each part of an objection. */
export type TimeLimits = { readonly answer: number; readonly decide: number; readonly extend: number; readonly carry_out: number }

/** The earlier objection that this one repeats. Refuses `objection.open-already` while one to the same thing is not settled. */
export function repeatsOf(earlier: readonly { readonly objectionId: number; readonly state: ObjectionState }[]): number | null {
  if (earlier.some(({ state }) => !SETTLED.includes(state))) throw openAlready()
  return earlier[0]?.objectionId ?? null
}

/** The state after an act. Refuses `objection.not-now` with what is possible. */
export function mustLeadOn(state: ObjectionState, act: ObjectionAct): ObjectionState {
  const after = stateAfter(state, act)
  if (after === null) throw notNow(act)
  return after
}

const openAlready = () => new Refusal({ code: 'objection.open-already', status: 409, message: text('对同一事项的异议正在办理', 'An objection to the same thing is under way'), fix: text('请等待答复；补充材料可联系办理部门', 'Wait for the answer; tell the department what you want to add') })
const notNow = (act: ObjectionAct) => new Refusal({ code: 'objection.not-now', status: 409, message: text(`现在不能“${objectionProcedure[act].title.zh}”`, `"${objectionProcedure[act].title.en}" is not possible now`), fix: text('请刷新页面，查看当前状态和可以办理的事项', 'Reload the page to see how it stands and what can be done') })
/** There is no such objection, or it is out of reach. */
export const objectionMissing = (): Refusal => new Refusal({ code: 'objection.missing', status: 404, message: text('没有这项异议', 'There is no such objection'), fix: text('请返回列表刷新', 'Go back to the list and reload') })
/** The thing objected to is not there. */
export const nothingThere = (): Refusal => new Refusal({ code: 'objection.nothing-there', status: 404, message: text('没有所指的记录或等级', 'The record or grade is not there'), fix: text('请从记录或等级旁的“提出异议”进入', 'Use "Object" beside the record or grade') })
/** The record was withdrawn: there is nothing left to object to. */
export const withdrawnBefore = (): Refusal => new Refusal({ code: 'objection.record-withdrawn', status: 409, message: text('该记录已撤回，不再公示和使用', 'The record was withdrawn and is neither shown nor used'), fix: text('无需提出异议', 'Nothing needs to be objected to') })
/** It was extended before. */
export const extendedBefore = (): Refusal => new Refusal({ code: 'objection.extended-before', status: 409, message: text('只能延长一次', 'It can be extended once only'), fix: text('请在期限内办结', 'Finish it in time') })
/** A decision against the business tells what it can do. */
export const remedyMissing = (): Refusal => new Refusal({ code: 'objection.remedy-missing', field: 'remedy', message: text('未完全支持的，须告知救济途径', 'Unless wholly upheld, the remedy must be told'), fix: text('请写明向谁、在多长时间内可以申请复核或复议', 'Say to whom, and within what time, the business can turn') })
/** No correction came in since the decision. */
export const notCorrected = (): Refusal => new Refusal({ code: 'objection.not-corrected', status: 409, field: 'how', message: text('决定之后没有收到该记录的更正', 'No correction of the record came in since the decision'), fix: text('请先报送更正后的记录，或选择撤回、终止公示', 'Send in the corrected record first, or withdraw it or end its display') })
/** Only records are withdrawn or ended. */
export const recordsOnly = (): Refusal => new Refusal({ code: 'objection.records-only', status: 409, field: 'how', message: text('等级和登记信息只能更正', 'Grades and registrations can be corrected only'), fix: text('请选择“已更正”', 'Choose "corrected"') })
/** The department is not one of the district's. */
export const departmentUnknown = (): Refusal => new Refusal({ code: 'objection.department-unknown', field: 'department', message: text('没有这个部门', 'There is no such department'), fix: text('请从列表中选择', 'Choose one of the list') })
/** No such statement. */
export const statementMissing = (): Refusal => new Refusal({ code: 'statement.missing', status: 404, message: text('没有这份说明，或已撤回', 'There is no such statement, or it was taken back'), fix: text('请刷新页面', 'Reload the page') })
