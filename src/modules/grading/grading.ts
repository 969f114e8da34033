import type { Day } from '../../kernel/day.ts'
import { text, type Text } from '../../kernel/text.ts'
import type { PolicyOn } from '../../engines/policy/index.ts'
import { rankOf, titleOf, type Scales } from '../evaluation/index.ts'

/** Under this key stands the public grade (公共信用等级): the received one, or while there is none the local reference. */
export const PUBLIC_KEY = 'public-credit'

/** A limit that a public grade sets to industry grades (等级限制): their rank may not be better than `best_rank`. */
export type Cap = { readonly scale: string; readonly grade: string; readonly best_rank: number }

/** The law of grades on a day. */
export function lawOfGrades(law: PolicyOn): { scales: Scales; caps: readonly Cap[] } {
  return { scales: law.value<Scales>('grading/scales'), caps: law.value<Cap[]>('grading/public-caps') }
}

/** A grade on its scale. */
export type Mark = { readonly scale: string; readonly grade: string }
/** Which way a grade went. Grades of different scales, and missing data, cannot be compared: `same`. */
export type Direction = 'first' | 'up' | 'down' | 'same'

/** Which way it went from one grade to the next. */
export function directionOf(scales: Scales, before: Mark | null, next: Mark): Direction {
  if (before === null) return 'first'
  const [a, b] = [rankOf(scales, before.scale, before.grade), rankOf(scales, next.scale, next.grade)]
  if (before.scale !== next.scale || a === null || b === null || a === b) return 'same'
  return b < a ? 'up' : 'down'
}

/** What made a grade change: the cause of the run, or a grade received from above. */
export type Cause = 'records' | 'subjects' | 'model' | 'daily' | 'received'

/** Why a grade is what it is, as it is kept. */
export type Because = { readonly cause: Cause; readonly words: Text; readonly recordIds: number[]; readonly runId: number | null }

/** All that a reason can mention. */
export type Reasons = {
  readonly cause: Cause
  readonly runId: number | null
  readonly recordIds: number[]
  readonly next: Mark & { readonly score: string | null }
  readonly evaluated: string | null
  /** The received public grade that capped it, or that it is. */
  readonly received: (Mark & { readonly decidedOn: Day; readonly documentNumber: string }) | null
  /** Vetoes and other rules beside the score that decided the grade. */
  readonly beside: readonly Text[]
}

const CAUSES: Readonly<Record<Exclude<Cause, 'received'>, Text>> = {
  records: text('信用记录变动', 'Records changed'),
  subjects: text('主体登记信息变动', 'The registration of the subject changed'),
  model: text('评价模型启用或更换', 'A model came into force or was replaced'),
  daily: text('随时间推移，有记录到期或超出计分期限', 'By lapse of time: a record expired or left its scoring window'),
}

/** The reason in words (PIPL 第二十四条: a grade explains itself). */
export function becauseOf(scales: Scales, { cause, runId, recordIds, next, evaluated, received, beside }: Reasons): Because {
  const title = titleOf(scales, next.scale, next.grade)
  if (cause === 'received' && received !== null && evaluated === null) {
    return {
      cause, recordIds, runId: null,
      words: text(`收到上级评定的公共信用等级「${title.zh}」（评价日 ${received.decidedOn}，${received.documentNumber}），优先于本地参考结果`,
        `Received the public credit grade "${title.en}" (given on ${received.decidedOn}, ${received.documentNumber}); it outranks the local reference result`),
    }
  }
  const first = cause === 'received' ? text('公共信用等级变动', 'The public grade changed') : CAUSES[cause]
  const parts = [text(`${first.zh}：得分 ${next.score}，等级「${title.zh}」`, `${first.en}: score ${next.score}, grade "${title.en}"`), ...beside]
  if (received !== null && evaluated !== null && evaluated !== next.grade) {
    const [by, from] = [titleOf(scales, received.scale, received.grade), titleOf(scales, next.scale, evaluated)]
    parts.push(text(`按得分应为「${from.zh}」，因公共信用等级为「${by.zh}」（${received.decidedOn}）而受限`, `by score it would be "${from.en}", limited because the public grade is "${by.en}" (${received.decidedOn})`))
  }
  return { cause, recordIds, runId, words: text(parts.map(({ zh }) => zh).join('；'), parts.map(({ en }) => en).join('; ')) }
}
