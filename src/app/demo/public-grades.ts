import { addMonths, type Day } from '../../kernel/day.ts'
import type { Chance } from './chance.ts'
import type { DemoSubject } from './population.ts'
import type { DemoSubmission } from './submissions.ts'

// Shares of grades by temper; fictional. The scale changed with the scheme of 2026.
const OLD = { good: { 优: 30, 良: 55, 中: 15 }, average: { 优: 5, 良: 40, 中: 45, 差: 10 }, bad: { 良: 10, 中: 45, 差: 45 } }
const NEW = { good: { A: 35, B: 55, C: 10 }, average: { A: 5, B: 45, C: 42, D: 8 }, bad: { B: 12, C: 48, D: 40 } }

/** The grades that come from above: once in the old scale, once in the new. Individual businesses are not graded there. */
export function publicGrades(chance: Chance, subjects: readonly DemoSubject[], until: Day): DemoSubmission[] {
  const round = (on: Day, grades: typeof OLD | typeof NEW): DemoSubmission => ({
    on, kind: 'public-grade', department: 'credit-office',
    rows: subjects.filter(({ foundedOn, category }) => foundedOn < addMonths(on, -12) && category !== '个体工商户').map(({ uscc, name, renamed, temper }) => ({
      PJ_TYSHXYDM: uscc, PJ_MC: renamed !== null && renamed.on <= on ? renamed.to : name, PJ_DJ: chance.weighted(grades[temper] as Record<string, number>), PJ_RQ: on, PJ_JG: '国家公共信用和地理空间信息中心（演示）',
    })),
  })
  return [round(addMonths(until, -18), OLD), round(addMonths(until, -5), NEW)]
}
