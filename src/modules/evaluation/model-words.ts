import { text, type Text } from '../../kernel/text.ts'
import type { Characteristic, Condition, Model } from '../../engines/scoring/index.ts'

const KINDS: Readonly<Record<string, Text>> = {
  penalty: text('行政处罚', 'penalties'), licence: text('行政许可', 'licences'), 'public-grade': text('公共信用等级', 'public grades'), commitment: text('信用承诺', 'commitments'),
  inspection: text('检查结果', 'inspections'), listing: text('列入名单', 'listings'), honour: text('表彰奖励', 'honours'), complaint: text('投诉举报', 'complaints'),
}
const CLASSES: Readonly<Record<string, Text>> = { minor: text('轻微', 'minor'), general: text('一般', 'general'), serious: text('严重', 'serious') }
const OPERATORS: Readonly<Record<string, Text>> = {
  count: text('次数', 'number of'), sum: text('金额合计（元）', 'amounts (yuan) of'), presence: text('有无', 'whether there are'), latest: text('最近一次的结果', 'the latest of'),
  'days-since': text('距最近一次的天数', 'days since the latest of'), ratio: text('占比（%）', 'share (%) among'),
}
const ATTRIBUTES: Readonly<Record<string, Text>> = {
  age: text('成立满月数', 'full months since foundation'), type: text('主体类型', 'type of subject'), status: text('登记状态', 'registration status'), industry: text('行业', 'industry'),
}
const UNITS: Readonly<Record<string, Text>> = { days: text('天', 'days'), months: text('个月', 'months') }

type Selecting = { where?: { kind: readonly string[]; class: readonly string[] | null; tags: readonly string[] | null; effect: string }; window?: { count: number; unit: string } | null; decay?: readonly { within: { count: number; unit: string }; factor: string }[]; beyond?: string }

/** What a characteristic measures, in words: 近 24 个月 行政处罚(严重) 次数. */
export function wordsOf(characteristic: Characteristic): Text {
  if (characteristic.operator === 'attribute') return ATTRIBUTES[characteristic.of]!
  const { where, window, decay, beyond } = characteristic as Selecting
  const kinds = join((where?.kind ?? []).map((kind) => KINDS[kind] ?? text(kind, kind)))
  const limits = [...(where?.class ?? []).map((one) => CLASSES[one] ?? text(one, one)), ...(where?.tags ?? []).map((tag) => text(tag, tag)), ...(where?.effect === 'running' ? [text('有效', 'in effect')] : where?.effect === 'ended' ? [text('已失效', 'ended')] : [])]
  const span = window ? text(`近 ${window.count} ${UNITS[window.unit]!.zh}`, ` within ${window.count} ${UNITS[window.unit]!.en}`) : text('', '')
  const fading = decay && decay.length > 0
    ? text(`；按时间衰减：${decay.map(({ within, factor }) => `${within.count}${UNITS[within.unit]!.zh}内 ×${factor}`).join('、')}，其后 ×${beyond}`, `; by age: ${decay.map(({ within, factor }) => `within ${within.count} ${UNITS[within.unit]!.en} ×${factor}`).join(', ')}, then ×${beyond}`)
    : text('', '')
  const limit = limits.length === 0 ? text('', '') : text(`（${join(limits).zh}）`, ` (${join(limits).en})`)
  const what = OPERATORS[characteristic.operator] ?? text(characteristic.operator, characteristic.operator)
  return text(`${span.zh}${kinds.zh}${limit.zh}${what.zh}${fading.zh}`, `${what.en} ${kinds.en}${limit.en}${span.en}${fading.en}`)
}

/** What each value is worth, in words. */
export function pointsOf({ award }: Characteristic): { when: Text; points: string }[] {
  if (award === null) return []
  const none = award.none === null ? [] : [{ when: text('无', 'none'), points: award.none }]
  if (award.by === 'bins') return [...award.bins.map(({ from, below, points }) => ({ when: intervalOf(from, below), points })), ...none]
  if (award.by === 'map') return [...Object.entries(award.words).map(([word, points]) => ({ when: text(word, word), points })), { when: text('其他', 'other'), points: award.other }, ...none]
  const each = award.every === null ? text('每 1', 'each 1') : text(`每满 ${award.every}`, `each full ${award.every}`)
  const bounds = [...(award.min === null ? [] : [{ when: text('最低', 'at least'), points: award.min }]), ...(award.max === null ? [] : [{ when: text('最高', 'at most'), points: award.max }])]
  return [{ when: each, points: award.points }, ...bounds, ...none]
}

/** What a veto does, in words, with its condition. */
export function vetoWords(model: Model, veto: Model['vetoes'][number], title: (grade: string) => Text): Text {
  const when = conditionWords(model, veto.when)
  const effect = veto.down !== null ? text(`降 ${veto.down} 级`, `${veto.down} grades lower`)
    : veto.at_most !== null ? text(`等级不高于「${title(veto.at_most).zh}」`, `the grade is at most "${title(veto.at_most).en}"`) : text(`直接定为「${title(veto.grade!).zh}」`, `the grade is "${title(veto.grade!).en}" directly`)
  return text(`${when.zh}时，${effect.zh}`, `${effect.en}, if ${when.en}`)
}

function conditionWords(model: Model, { characteristic, from, below, is, absent }: Condition): Text {
  const found = [...model.dimensions.flatMap(({ characteristics }) => characteristics), ...model.signals].find(({ key }) => key === characteristic)
  const name = found?.title ?? text(characteristic, characteristic)
  if (absent) return text(`「${name.zh}」无数据`, `there is nothing on "${name.en}"`)
  if (is !== null) return text(`「${name.zh}」为 ${is.join('、')}`, `"${name.en}" is ${is.join(' or ')}`)
  const interval = intervalOf(from, below)
  return text(`「${name.zh}」${interval.zh}`, `"${name.en}" is ${interval.en}`)
}

function intervalOf(from: string | null, below: string | null): Text {
  if (from === null && below === null) return text('任何值', 'any value')
  if (from === null) return text(`低于 ${below}`, `below ${below}`)
  return below === null ? text(`${from} 及以上`, `${from} or more`) : text(`${from} 至不足 ${below}`, `from ${from} to below ${below}`)
}

function join(words: readonly Text[]): Text {
  return text(words.map(({ zh }) => zh).join('、'), words.map(({ en }) => en).join(', '))
}
