// @clause 12.1, 4.3
import type { WorkSource } from '../../engines/procedure/index.ts'
import { text, type Text } from '../../kernel/text.ts'
import { listAlarms, type Alarm } from './queries/alarms.ts'

const SAYS: Readonly<Record<Alarm['kind'], (alarm: Alarm) => Text>> = {
  many: ({ actor, subjects, limitWas }) => text(`${actor} 短时间内打开 ${subjects} 个主体（限 ${limitWas}）`, `${actor} opened ${subjects} subjects within minutes (limit ${limitWas})`),
  hours: ({ actor, subjects }) => text(`${actor} 在工作时间以外打开 ${subjects} 个主体`, `${actor} opened ${subjects} subjects outside working hours`),
  duties: ({ actor, subjects }) => text(`${actor} 未填目的打开其他部门的 ${subjects} 个主体`, `${actor} opened ${subjects} subjects of other departments without a purpose`),
}

/** 异常查看待核查: every alarm that nobody has settled. */
export const alarmSource: WorkSource = {
  kind: 'audit.alarm', title: text('异常查看待核查', 'Unusual reading to be looked into'), permission: 'audit.settle',
  async list(world, _reach, limit) {
    const { rows, total } = await listAlarms(world.db, { open: true, offset: 0, limit })
    return {
      total, late: 0, dueSoon: 0,
      items: rows.map((alarm) => ({
        key: String(alarm.alarmId), title: SAYS[alarm.kind](alarm), subject: null, department: null, officerId: null, since: alarm.raisedAt, dueOn: null, provisional: false, rule: world.policy.basisOf('audit/unusual-reading', alarm.onDay),
        next: { to: '/alarms', title: text('核查并处理', 'Look and settle') },
      })),
    }
  },
}
