import type { Day } from '../../kernel/day.ts'
import { PLAN_MATTERS } from '../../kernel/basis.ts'
import { canonicalJson, type Json, type JsonObject } from '../../kernel/json.ts'
import { type Problem, Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { PolicyBook } from './book.ts'
import { decide, type DecisionTable, isDecisionTable } from './decision-table.ts'
import { planOf } from './plan.ts'
import type { Example, Parameter } from './types.ts'

/** Every mistake of meaning in a policy folder, each with file, key, cause and fix. An empty list is what the build asks for. */
export function checkPolicy(book: PolicyBook): Problem[] {
  return [...packProblems(book), ...book.parts.parameters.flatMap((parameter) => parameterProblems(book, parameter)), ...textProblems(book), ...noticeProblems(book), ...planProblems(book)]
}

/** What an example gives when it is run: a decision table is asked with the given facts; any other value is entered by the given names one after another. */
export function runExample(book: PolicyBook, key: string, example: Example): { readonly got: Json | undefined; readonly passed: boolean } {
  const got = answerOf(book.on(example.on).find(key)?.value, example.given)
  return { got, passed: got !== undefined && holds(got, example.expect) }
}

function answerOf(value: Json | undefined, given: JsonObject | null): Json | undefined {
  if (value === undefined || given === null) return value
  if (isDecisionTable(value)) return decide(value, given).outcome
  return Object.values(given).reduce<Json | undefined>((inside, name) => {
    if (Array.isArray(inside)) return inside.find((item) => (item as JsonObject | null)?.key === name)
    return typeof inside === 'object' && inside !== null ? (inside as JsonObject)[String(name)] : undefined
  }, value)
}

/** An object is as expected when it has at least what is expected; anything else must be equal. */
function holds(got: Json, expected: Json): boolean {
  if (Array.isArray(expected)) return Array.isArray(got) && got.length === expected.length && expected.every((item, i) => holds(got[i]!, item))
  if (typeof expected === 'object' && expected !== null) {
    return typeof got === 'object' && got !== null && Object.entries(expected).every(([name, item]) => (got as JsonObject)[name] !== undefined && holds((got as JsonObject)[name]!, item))
  }
  return got === expected
}

function problem(code: string, file: string, zh: string, en: string, fixZh: string, fixEn: string, severity: Problem['severity'] = 'error'): Problem {
  return { code, field: file, message: text(`${file}:${zh}`, `${file}: ${en}`), fix: text(fixZh, fixEn), severity }
}

function packProblems({ packs }: PolicyBook): Problem[] {
  const ranks = new Map(packs.map(({ key, rank }) => [key, rank]))
  return packs.flatMap(({ key, rank, parent }) => {
    const file = `${key}/pack.yaml`
    const parentRank = parent === null ? 0 : ranks.get(parent)
    if (parentRank === undefined) return [problem('policy.unknown-pack', file, `上级包“${parent}”不存在`, `its parent "${parent}" is no pack`, '改正 parent。', 'Correct parent.')]
    if (parentRank >= rank) return [problem('policy.rank', file, '级次须低于上级包', 'its rank must be greater than its parent\'s', '改正 rank。', 'Correct rank.')]
    return packs.some((other) => other.key < key && other.rank === rank) ? [problem('policy.rank', file, '与另一包级次相同', 'another pack has the same rank', '改正 rank。', 'Give each pack a rank of its own.')] : []
  })
}

function parameterProblems(book: PolicyBook, parameter: Parameter): Problem[] {
  const { file, key } = parameter
  const problems: Problem[] = []
  const add = (...parts: Parameters<typeof problem>) => problems.push(problem(...parts))
  const rank = (pack: string) => book.packs.find((one) => one.key === pack)!.rank
  const above = book.parts.parameters.some((other) => other.key === key && rank(other.pack) < rank(parameter.pack))
  const topRank = Math.min(...book.packs.map((pack) => pack.rank))
  if (!above && rank(parameter.pack) > topRank && !parameter.introduces) {
    add('policy.overrides-nothing', file, '没有上级参数可覆盖', `"${key}" overrides nothing in a higher pack`, '核对名称；确为本级新增的，写 introduces: true。', 'Check the name; if this authority alone has it, write introduces: true.')
  }
  if (above && parameter.introduces) add('policy.not-new', file, '上级已有该参数', `"${key}" stands in a higher pack already`, '删去 introduces。', 'Remove introduces.')

  if (book.on(parameter.reachableFrom).find(key) === null) {
    add('policy.no-value', file, `${parameter.reachableFrom}起可被查询，但该日没有取值`, `code can ask from ${parameter.reachableFrom} on, but there is no value on that day`, '补充取值，或更正 reachable_from。', 'Add a value, or correct reachable_from.')
  }
  for (const { from, value, basis } of parameter.values) {
    if (value === null && book.on(from).find(key) === null) add('policy.no-value', file, `${from}起取值结束而无上级取值`, `its value ends on ${from} and no higher pack has one`, '补充上级取值。', 'Add one to a higher pack.')
    if (basis === null) {
      add('policy.no-basis', file, `${from}的取值没有依据`, `the value of ${from} has no basis`, '在 basis 下补充同日的依据。', 'Add a basis of the same day.')
      continue
    }
    const source = book.texts.get(basis.text)
    if (source === undefined) {
      add('policy.unknown-text', file, `依据文件“${basis.text}”不存在`, `the text "${basis.text}" is not in texts/`, `新增 texts/${basis.text}.yaml 或改正名称。`, `Add texts/${basis.text}.yaml or correct the name.`)
      continue
    }
    if (basis.article !== undefined && !(basis.article in source.articles)) {
      add('policy.unknown-article', file, `“${basis.text}”中没有列出“${basis.article}”`, `"${basis.article}" is not among the articles of "${basis.text}"`, `在 texts/${basis.text}.yaml 补充该条。`, `Add it to texts/${basis.text}.yaml.`)
    }
    if (basis.kind !== source.kind) add('policy.kind', file, `${from}的依据性质与“${basis.text}”不符`, `the basis of ${from} says ${basis.kind}, "${basis.text}" is ${source.kind}`, '改正 kind。', 'Correct kind.')
    if ((source.inForce.from !== null && from < source.inForce.from) || (source.inForce.until !== null && from > source.inForce.until)) {
      add('policy.not-in-force', file, `${from}时“${basis.text}”尚未施行或已废止`, `"${basis.text}" was not in force on ${from}`, '改正日期或依据。', 'Correct the day or the basis.')
    }
    if (basis.status === 'confirmed' && source.checked === 'unconfirmed') add('policy.status', file, `“${basis.text}”本身未核实`, `says confirmed, but "${basis.text}" itself is not`, '改为 unconfirmed。', 'Write unconfirmed.')
  }
  for (const { from, value } of parameter.values) if (isDecisionTable(value)) for (const [zh, en] of tableMistakes(value)) add('policy.table', file, `${from}的判定表：${zh}`, `the table of ${from}: ${en}`, '改正判定表。', 'Correct the table.')
  for (const on of parameter.strayBases) add('policy.stray-basis', file, `依据${on}没有对应取值`, `a basis of ${on}, but no value begins then`, '改正日期。', 'Correct the day.')
  if (parameter.examples.length === 0) add('policy.no-example', file, '没有示例', 'it has no example', '至少写一个示例。', 'Write at least one.', 'warning')
  for (const example of parameter.examples) {
    const result = attempt(() => runExample(book, key, example))
    if (result === null || !result.passed) {
      const got = JSON.stringify(result?.got ?? null)
      add('policy.example-fails', file, `示例“${example.name}”得到${got}`, `the example "${example.name}" gives ${got}, not ${JSON.stringify(example.expect)}`, '改正取值或示例。', 'Correct the value or the example.')
    }
  }
  return problems
}

/** What would make a table answer wrongly or not at all, in Chinese and English. */
function tableMistakes({ each, heaviest = [], rows, otherwise }: DecisionTable): [zh: string, en: string][] {
  const outcomes = [...rows.map(({ then }) => then), otherwise]
  const unweighed = each === undefined ? [] : outcomes.filter((outcome) => !heaviest.includes(outcome as string))
  // A row of the same conditions further down can never decide.
  const seen = new Set<string>()
  const repeated = rows.filter(({ when }) => seen.size === seen.add(canonicalJson(when as Json)).size)
  return [
    ...unweighed.map((outcome): [string, string] => [`结果“${String(outcome)}”不在轻重次序中`, `the outcome ${JSON.stringify(outcome)} is not in the order of weight`]),
    ...repeated.map(({ when }): [string, string] => [`条件重复：${canonicalJson(when as Json)}`, `a row repeats the conditions ${canonicalJson(when as Json)}`]),
  ]
}

function planProblems(book: PolicyBook): Problem[] {
  const plan = planOf(book)
  if (plan === null) return []
  const source = book.texts.get(plan.text)
  if (source === undefined) return [problem('policy.unknown-text', 'plan.yaml', `方案“${plan.text}”不存在`, `the plan "${plan.text}" is not in texts/`, `新增 texts/${plan.text}.yaml 或改正名称；没有方案的删去 plan.yaml。`, `Add texts/${plan.text}.yaml or correct the name; without a plan remove plan.yaml.`)]
  const articles = Object.entries(plan.articles ?? {})
  return [
    ...articles.filter(([matter]) => !(PLAN_MATTERS as readonly string[]).includes(matter)).map(([matter]) => problem('policy.unknown-matter', 'plan.yaml', `没有“${matter}”这一事项`, `there is no matter "${matter}"`, `只写 ${PLAN_MATTERS.join('、')}。`, `Write ${PLAN_MATTERS.join(', ')} only.`)),
    ...articles.filter(([, article]) => !(article in source.articles)).map(([, article]) => problem('policy.unknown-article', 'plan.yaml', `“${plan.text}”中没有列出“${article}”`, `"${article}" is not among the articles of "${plan.text}"`, `在 texts/${plan.text}.yaml 补充该条。`, `Add it to texts/${plan.text}.yaml.`)),
  ]
}

function textProblems({ texts }: PolicyBook): Problem[] {
  return [...texts.values()].flatMap(({ key, inForce, status }) => {
    const file = `texts/${key}.yaml`
    if (inForce.from !== null && inForce.until !== null && inForce.until < inForce.from) return [problem('policy.text-days', file, '废止早于施行', 'it ends before it begins', '改正 in_force。', 'Correct in_force.')]
    if (status === 'repealed' && inForce.until === null) return [problem('policy.text-days', file, '已废止但没有日期', 'repealed, but on no day', '补充 in_force.until。', 'Add in_force.until.')]
    return []
  })
}

function noticeProblems({ notices }: PolicyBook): Problem[] {
  return notices.flatMap(({ file, year, off, makeUp, layer, place }) => {
    const days: Day[] = [...off.flatMap((one) => one.days), ...makeUp]
    const problems: Problem[] = []
    if (new Set(days).size < days.length) problems.push(problem('policy.day-twice', file, '同一通知中某日出现两次', 'one day stands twice in one notice', '改正日期。', 'Correct the days.'))
    // A year's notice may move the last days of the year before.
    if (year !== null && days.some((on) => on < `${year - 1}-12-20` || on > `${year}-12-31`)) problems.push(problem('policy.wrong-year', file, '日期不属于该年', 'a day outside its year', '改正日期。', 'Correct the days.'))
    if (layer !== 'national' && place === null) problems.push(problem('policy.no-place', file, '地方通知没有地区', 'a local notice needs its place', '补充 place。', 'Add place.'))
    return problems
  })
}

function attempt<T>(run: () => T): T | null {
  try {
    return run()
  } catch (fault) {
    if (fault instanceof Refusal || fault instanceof RangeError) return null
    throw fault
  }
}
