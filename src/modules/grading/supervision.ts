import { basis, type Basis } from '../../kernel/basis.ts'
import { text, type Text } from '../../kernel/text.ts'
import type { PolicyOn } from '../../engines/policy/index.ts'
import { titleOf, type Scales } from '../evaluation/index.ts'
import type { Mark } from './grading.ts'

/** What `grading/supervision` says of a grade: the class of supervision (监管类别, A least to D most) and what else differs. */
export type Measures = { readonly class: string; readonly green_channel: boolean; readonly strict: boolean; readonly key_attention: boolean }
type Ratio = { readonly at_least: number; readonly at_most: number; readonly plan: number }
type Frequency = { readonly zh: string; readonly en: string }

/** A grade that has a say in supervision, with the model that it is of. */
export type Say = Mark & { readonly model: string; readonly modelTitle: Text; readonly sector: string }

/** One thing that follows, with the policy that says so. */
export type SupervisionLine = { readonly what: Text; readonly value: Text; readonly basis: Basis | null; readonly policyKey: string }

/** What follows from the grades of a subject in one sector (差异化监管). */
export type Supervision = {
  readonly sector: string
  readonly model: string
  readonly grade: string
  readonly gradeTitle: Text
  readonly supervisionClass: string
  readonly ratio: string | null
  readonly frequency: Text | null
  readonly greenChannel: boolean
  readonly strict: boolean
  readonly lines: SupervisionLine[]
}

// No text that we hold says how the two grades are joined: shown as unconfirmed wherever it decides.
const joined = basis('practice', 'practice')

/**
 * What follows from a grade of a sector beside the public grade: the stricter of both in everything. Null when policy says nothing of either.
 * Nothing here is published; it only steers inspections that the law allows anyway.
 */
export function supervisionOf(law: PolicyOn, scales: Scales, sector: Say, publicGrade: Say | null): Supervision | null {
  const says = (publicGrade === null || publicGrade.model === sector.model ? [sector] : [sector, publicGrade]).flatMap((say) => {
    const measures = measuresOf(law, say)
    return measures === null ? [] : [{ say, measures }]
  })
  if (says.length === 0) return null
  const all = says.map(({ measures }) => measures)
  const supervisionClass = all.map((measures) => measures.class).reduce((one, other) => (other > one ? other : one))
  const greenChannel = all.every(({ green_channel }) => green_channel)
  const [strict, attention] = [all.some((measures) => measures.strict), all.some(({ key_attention }) => key_attention)]
  const ratio = ofClass<Ratio>(law, 'inspections/ratio', supervisionClass)
  const frequency = ofClass<Frequency>(law, 'inspections/frequency', supervisionClass)
  const key = 'grading/supervision'
  const line = (what: Text, value: Text, policyKey: string): SupervisionLine => ({ what, value, basis: law.find(policyKey)?.basis ?? null, policyKey })
  const yes = (is: boolean) => (is ? text('是', 'yes') : text('否', 'no'))
  const lines: SupervisionLine[] = [
    ...says.map(({ say, measures }) => line(say.modelTitle, text(`等级「${titleOf(scales, say.scale, say.grade).zh}」对应监管类别 ${measures.class}`, `grade "${titleOf(scales, say.scale, say.grade).en}" means class ${measures.class}`), key)),
    ...(says.length > 1 ? [{ what: text('合并规则', 'How they join'), value: text(`取从严者：监管类别 ${supervisionClass}`, `the stricter one: class ${supervisionClass}`), basis: joined, policyKey: key }] : []),
    ...(ratio === null ? [] : [line(text('双随机抽查比例', 'Share drawn a year'), text(`每年 ${percent(ratio.at_least)} 至 ${percent(ratio.at_most)}，计划 ${percent(ratio.plan)}`, `${percent(ratio.at_least)} to ${percent(ratio.at_most)} a year, planned ${percent(ratio.plan)}`), 'inspections/ratio')]),
    ...(frequency === null ? [] : [line(text('检查频次', 'Inspections a year'), text(frequency.zh, frequency.en), 'inspections/frequency')]),
    line(text('绿色通道', 'Green channel'), yes(greenChannel), key),
    line(text('从严监管', 'Strict supervision'), yes(strict), key),
    line(text('重点关注', 'Key attention'), yes(attention), key),
  ]
  return {
    sector: sector.sector, model: sector.model, grade: sector.grade, gradeTitle: titleOf(scales, sector.scale, sector.grade), supervisionClass,
    ratio: ratio === null ? null : String(ratio.plan), frequency: frequency === null ? null : text(frequency.zh, frequency.en), greenChannel, strict, lines,
  }
}

/** What follows in every sector of a subject; where it has none, from the public grade alone. */
export function supervisionsOf(law: PolicyOn, scales: Scales, says: readonly Say[], publicGrade: Say | null): Supervision[] {
  const sectors = says.filter(({ model }) => model !== publicGrade?.model)
  const asked = sectors.length > 0 ? sectors : publicGrade === null ? [] : [publicGrade]
  return asked.flatMap((say) => supervisionOf(law, scales, say, publicGrade) ?? [])
}

function measuresOf(law: PolicyOn, { scale, grade }: Mark): Measures | null {
  const table = law.find('grading/supervision')?.value as unknown as Record<string, Record<string, Measures>> | undefined
  return table?.[scale]?.[grade] ?? null
}

function ofClass<Value>(law: PolicyOn, key: string, supervisionClass: string): Value | null {
  const table = law.find(key)?.value as unknown as Record<string, Value> | undefined
  return table?.[supervisionClass] ?? null
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))}%`
}
