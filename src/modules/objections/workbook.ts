// @clause 4.8
import { dayOf } from '../../kernel/day.ts'
import type { World } from '../../engines/procedure/index.ts'
import { departmentsOf } from '../organisation/index.ts'
import { writeTable } from '../../platform/sheets/index.ts'
import { stateWords } from './contract.ts'
import { listObjections, type ObjectionFilter } from './queries/objections.ts'
import { objectionShown, objectionsSeen } from './shown.ts'

/** The objections that fit the filter as a workbook or CSV, in the order of the list. */
export function fileOfObjections(world: World, filter: ObjectionFilter, form: 'xlsx' | 'csv') {
  const today = dayOf(world.clock.now())
  const names = new Map(departmentsOf(world.policy).map(({ key, zh }) => [key, zh]))
  return writeTable({
    name: `异议-${today}`, form, page: async (window) => (await objectionsSeen(world, await listObjections(world.db, filter, window))).map((one) => objectionShown(one, today)),
    columns: [
      { heading: '主体 Subject', width: 30, value: ({ subjectName }) => subjectName }, { heading: '异议事项 About', width: 30, value: ({ what }) => what.zh }, { heading: '状态 State', value: ({ state }) => stateWords[state].zh },
      { heading: '办理部门 Department', value: ({ department }) => names.get(department) ?? department }, { heading: '提出时间 Filed', value: ({ filedAt }) => filedAt.toISOString() }, { heading: '提出人 Filed by', value: ({ filedBy }) => filedBy },
      { heading: '期限 Due', value: ({ dueOn }) => dueOn }, { heading: '逾期 Late', value: ({ late }) => (late ? '是' : '') }, { heading: '延长 Extended', value: ({ extended }) => (extended ? '是' : '') },
      { heading: '理由 Grounds', width: 50, value: ({ grounds }) => grounds }, { heading: '请求 Wish', width: 50, value: ({ wish }) => wish }, { heading: '编号 Number', value: ({ objectionId }) => objectionId },
    ],
  })
}
