// @clause 4.3
import type { World } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import type { FileAnswer } from '../../platform/http/index.ts'
import { writeTable, type TableColumn } from '../../platform/sheets/index.ts'
import { listNamedTrail, type NamedRow } from './named.ts'
import type { TrailFilter } from './queries/trail.ts'

const columns: readonly TableColumn<NamedRow>[] = [
  { heading: '时间 At', value: ({ at }) => at.toISOString() }, { heading: '姓名 Name', value: ({ name }) => name }, { heading: '人员 Actor', value: ({ actor }) => actor }, { heading: '部门 Department', value: ({ department }) => department },
  { heading: '角色 Roles', value: ({ roles }) => roles.join(' ') }, { heading: '类别 Kind', value: ({ kind }) => kind }, { heading: '接口或账目 Route or entry', width: 36, value: ({ method, what }) => (method === null ? what : `${method} ${what}`) },
  { heading: '结果 Outcome', value: ({ outcome }) => outcome }, { heading: '主体 Subjects', value: ({ subjectIds }) => subjectIds.join(' ') }, { heading: '记录 Records', value: ({ recordIds }) => recordIds.join(' ') },
  { heading: '行数 Rows', kind: 'number', value: ({ rows }) => rows }, { heading: '条件 Asked for', width: 36, value: ({ asked }) => JSON.stringify(asked) }, { heading: '目的 Purpose', value: ({ purpose }) => purpose },
  { heading: '权限 Permission', value: ({ permission }) => permission }, { heading: '范围 Reach', value: ({ reach }) => (reach === null ? null : JSON.stringify(reach)) }, { heading: '依据 Basis', value: ({ basis }) => basis },
  { heading: '会话 Session', value: ({ sessionId }) => sessionId }, { heading: '地址 Address', value: ({ address }) => address }, { heading: '编号 Number', value: ({ id }) => id },
]

/** The lines that fit the filter as a workbook or CSV, as they are at this moment. */
export function fileOfTrail(world: World, filter: TrailFilter, rows: number, form: 'xlsx' | 'csv'): FileAnswer {
  const now = world.clock.now()
  // What comes while it is written, this export's own line too, is not in it: pages would shift.
  const until = filter.until === null || filter.until > now ? now : filter.until
  return { ...writeTable({ name: `审计日志-${dayOf(now)}`, form, columns, page: (window) => listNamedTrail(world.db, { ...filter, until }, window) }), rows }
}
