import { text, type Text } from '../../kernel/text.ts'
import type { PolicyOn } from '../../engines/policy/index.ts'

/** A scale of grades (等级体系) as `grading/scales` holds it; rank 1 is best, null means missing data. */
export type Scale = {
  readonly zh: string
  readonly en: string
  /** Who gives it: from above, of an industry, or ours. */
  readonly of: 'public' | 'industry' | 'local'
  readonly grades: readonly { readonly key: string; readonly zh: string; readonly en: string; readonly rank: number | null; readonly missing?: boolean }[]
}
/** All scales of a day, by key. */
export type Scales = Readonly<Record<string, Scale>>

/** The scales of a day; none where the law has none. */
export function scalesOn(law: PolicyOn): Scales {
  return (law.find('grading/scales')?.value ?? {}) as unknown as Scales
}

/** What a grade is called; its own sign if the scale does not know it. */
export function titleOf(scales: Scales, scale: string, grade: string): Text {
  const found = scales[scale]?.grades.find(({ key }) => key === grade)
  return found ? text(found.zh, found.en) : text(grade, grade)
}

/** The rank of a grade in its scale, 1 the best; null when it means missing data or is not known. */
export function rankOf(scales: Scales, scale: string, grade: string): number | null {
  return scales[scale]?.grades.find(({ key }) => key === grade)?.rank ?? null
}
