import { text, type Text } from '../../kernel/text.ts'
import type { PolicyBook } from '../../engines/policy/index.ts'
import type { Characteristic, Condition, Model } from '../../engines/scoring/index.ts'

const KINDS: Readonly<Record<string, Text>> = {
  penalty: text('行政处罚', 'penalties'), licence: text('行政许可', 'licences'), 'public-grade': text('公共信用等级', 'public grades'), commitment: text('信用承诺', 'commitments'),
  inspection: text('检查结果', 'inspections'), listing: text('列入名单', 'listings'), honour: text('表彰奖励', 'honours'), complaint: text('投诉举报', 'complaints'),
  accident: text('安全事故', 'accidents'), standardisation: text('标准化评定', 'standardisation ratings'),
}
const CLASSES: Readonly<Record<string, Text>> = { minor: text('轻微', 'minor'), general: text('一般', 'general'), serious: text('严重', 'serious') }
const OPERATORS: Readonly<Record<string, Text>> = {
  count: text('次数', 'number of'), sum: text('金额合计（元）', 'amounts (yuan) of'), presence: text('有无', 'whether there are'), latest: text('最近一次的结果', 'the latest of'),
  'days-since': text('距最近一次的天数', 'days since the latest of'), ratio: text('占比（%）', 'share (%) among'),
}
const ATTRIBUTES: Readonly<Record<string, Text>> = {
  age: text('成立满月数', 'full months since foundation'), type: text('主体类型', 'type of subject'), status: text('登记状态', 'registration status'), industry: text('行业', 'industry'),
}
// Marks of records that no list of the law names yet; kinds of penalty and licence come from the policy folder.
const TAGS: Readonly<Record<string, Text>> = {
  'abnormal-operation': text('经营异常', 'abnormal operation'), 'serious-dishonesty': text('严重失信', 'serious dishonesty'), advertising: text('违规广告', 'unlawful advertising'), 'annual-check-failed': text('年检不合格', 'annual check failed'),
  broken: text('违背', 'broken'), kept: text('履行', 'kept'), concealment: text('瞒报谎报', 'concealment'), corrected: text('已整改', 'corrected'), fees: text('收费', 'fees'), refund: text('退费', 'refund'), invalid: text('无效', 'not in force'),
  'key-item-failed': text('关键项不合格', 'key item failed'), 'no-problem': text('未发现问题', 'no problem found'), problem: text('发现问题', 'problem found'), 'not-cooperating': text('不配合检查', 'not cooperating'),
  'risk-management-deficient': text('风险管理不足', 'deficient risk management'), upheld: text('查实', 'upheld'), larger: text('较大', 'larger'), ordinary: text('一般', 'ordinary'),
}
const STATUSES: Readonly<Record<string, Text>> = {
  active: text('存续', 'active'), dormant: text('歇业', 'dormant'), revoked: text('吊销', 'licence revoked'), deregistered: text('注销', 'deregistered'), 'moved-out': text('迁出', 'moved out'),
}
const UNITS: Readonly<Record<string, Text>> = { days: text('天', 'days'), months: text('个月', 'months') }

type Selecting = { hits?: { tags: readonly string[] | null; class: readonly string[] | null }; where?: { kind: readonly string[]; class: readonly string[] | null; tags: readonly string[] | null; effect: string }; window?: { count: number; unit: string } | null; decay?: readonly { within: { count: number; unit: string }; factor: string }[]; beyond?: string }

/** The words of the law for kinds of penalty and licence (`penalty-kinds`, `licence-kinds`) by kind of record and key. */
export type LawWords = Readonly<Record<string, ReadonlyMap<string, Text>>>

/** The tables of the policy folder as {@link LawWords}. */
export function lawWordsOf(policy: Pick<PolicyBook, 'file'>): LawWords {
  const table = (name: string) => new Map(policy.file<{ kinds: (Text & { key: string })[] }>(name).kinds.map(({ key, zh, en }) => [key, text(zh, en.toLowerCase())]))
  return { penalty: table('penalty-kinds'), licence: table('licence-kinds') }
}

function tagWords(law: LawWords, kinds: readonly string[], tag: string): Text {
  return kinds.map((kind) => law[kind]?.get(tag)).find((found) => found !== undefined) ?? TAGS[tag] ?? text(tag, tag)
}

/** What a characteristic measures, in words: 近 24 个月 行政处罚(严重) 次数. */
export function wordsOf(characteristic: Characteristic, law: LawWords): Text {
  if (characteristic.operator === 'attribute') return ATTRIBUTES[characteristic.of]!
  const { where, window, decay, beyond, hits } = characteristic as Selecting
  const kinds = join((where?.kind ?? []).map((kind) => KINDS[kind] ?? text(kind, kind)))
  const limits = [...(where?.class ?? []).map((one) => CLASSES[one] ?? text(one, one)), ...(where?.tags ?? []).map((tag) => tagWords(law, where!.kind, tag)), ...(where?.effect === 'running' ? [text('有效', 'in effect')] : where?.effect === 'ended' ? [text('已失效', 'ended')] : [])]
  const span = window ? text(`近 ${window.count} ${UNITS[window.unit]!.zh}`, ` within ${window.count} ${UNITS[window.unit]!.en}`) : text('', '')
  const fading = decay && decay.length > 0
    ? text(`；按时间衰减：${decay.map(({ within, factor }) => `${within.count}${UNITS[within.unit]!.zh}内 ×${factor}`).join('、')}，其后 ×${beyond}`, `; by age: ${decay.map(({ within, factor }) => `within ${within.count} ${UNITS[within.unit]!.en} ×${factor}`).join(', ')}, then ×${beyond}`)
    : text('', '')
  const limit = limits.length === 0 ? text('', '') : text(`（${join(limits).zh}）`, ` (${join(limits).en})`)
  const what = OPERATORS[characteristic.operator] ?? text(characteristic.operator, characteristic.operator)
  if (hits) {
    const share = join([...(hits.class ?? []).map((one) => CLASSES[one] ?? text(one, one)), ...(hits.tags ?? []).map((tag) => tagWords(law, where?.kind ?? [], tag))])
    return text(`${span.zh}${kinds.zh}${limit.zh}中「${share.zh}」${what.zh}`, `share (%) of "${share.en}" among ${kinds.en}${limit.en}${span.en}`)
  }
  return text(`${span.zh}${kinds.zh}${limit.zh}${what.zh}${fading.zh}`, `${what.en} ${kinds.en}${limit.en}${span.en}${fading.en}`)
}

/** What each value is worth, in words. */
export function pointsOf({ award, ...characteristic }: Characteristic): { when: Text; points: string }[] {
  if (award === null) return []
  const none = award.none === null ? [] : [{ when: text('无', 'none'), points: award.none }]
  if (award.by === 'bins') return [...award.bins.map(({ from, below, points }) => ({ when: intervalOf(from, below), points })), ...none]
  if (award.by === 'map') return [...Object.entries(award.words).map(([word, points]) => ({ when: wordOf(characteristic, word), points })), { when: text('其他', 'other'), points: award.other }, ...none]
  const each = award.every === null ? text('每 1', 'each 1') : text(`每满 ${award.every}`, `each full ${award.every}`)
  const bounds = [...(award.min === null ? [] : [{ when: text('最低', 'at least'), points: award.min }]), ...(award.max === null ? [] : [{ when: text('最高', 'at most'), points: award.max }])]
  return [{ when: each, points: award.points }, ...bounds, ...none]
}

/** The word for a registration status or class of dishonesty; null for what stands as its authority writes it. */
export function knownWord(word: string): Text | null {
  return STATUSES[word] ?? CLASSES[word] ?? null
}

// A grade stands as its authority writes it; a status or class has a word.
function wordOf(characteristic: object, word: string): Text {
  return ('of' in characteristic && characteristic.of === 'status' ? STATUSES[word] : CLASSES[word]) ?? text(word, word)
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
  if (is !== null) {
    const words = is.map((word) => wordOf(found ?? {}, word))
    return text(`「${name.zh}」为 ${words.map(({ zh }) => zh).join('、')}`, `"${name.en}" is ${words.map(({ en }) => en).join(' or ')}`)
  }
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
