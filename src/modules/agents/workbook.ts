// @clause X.4
import { dayOf } from '../../kernel/day.ts'
import type { World } from '../../engines/procedure/index.ts'
import { writeTable } from '../../platform/sheets/index.ts'
import { capacityWords, claimStateWords } from './contract.ts'
import { listClaims, type ClaimFilter } from './queries/claims.ts'
import { claimsSeen } from './shown.ts'

/** The claims that fit the filter as a workbook or CSV, in the order of the list. */
export function fileOfClaims(world: World, filter: ClaimFilter, form: 'xlsx' | 'csv') {
  return writeTable({
    name: `企业认领-${dayOf(world.clock.now())}`, form, page: async (window) => claimsSeen(world, await listClaims(world.db, filter, window), 'internal'),
    columns: [
      { heading: '主体 Subject', width: 30, value: ({ subjectName }) => subjectName }, { heading: '统一社会信用代码 USCC', width: 22, value: ({ uscc }) => uscc }, { heading: '申请人 Claimed by', value: ({ name }) => name },
      { heading: '身份 Capacity', value: ({ capacity }) => capacityWords[capacity].zh }, { heading: '状态 State', value: ({ outcome }) => claimStateWords[outcome ?? 'waiting'].zh }, { heading: '提出时间 Filed', value: ({ filedAt }) => filedAt.toISOString() },
      { heading: '答复期限 Due', value: ({ dueOn }) => dueOn }, { heading: '答复时间 Answered', value: ({ answeredAt }) => answeredAt?.toISOString() }, { heading: '理由 Reason', width: 40, value: ({ reason }) => reason },
      { heading: '授权至 Until', value: ({ untilOn }) => untilOn }, { heading: '编号 Number', value: ({ claimId }) => claimId },
    ],
  })
}
