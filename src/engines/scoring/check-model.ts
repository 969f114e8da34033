import { text } from '../../kernel/text.ts'
import { askedOf } from './asked.ts'
import { isComplete } from './award.ts'
import { exact, MOST_CHARACTERISTICS, POINTS_PLACES, VALUE_PLACES, WEIGHT_PLACES, type Decimal } from './exact.ts'
import { characteristicsOf, type Characteristic, type Condition, type Model } from './model.ts'
import { operatorOf } from './operators/index.ts'
import type { Part } from './part.ts'

const points = (value: Decimal) => exact(value, POINTS_PLACES)

/** The rules that a model must keep as a whole, after each field was read. Problems are noted on `part`. */
export function checkModel(model: Model, part: Part): void {
  checkForce(model, part)
  checkKeys(model, part)
  checkWeights(model, part)
  checkBounds(model, part)
  checkBands(model, part)
  model.dimensions.forEach((dimension, d) => dimension.characteristics.forEach((characteristic, c) => {
    const at = part.at('dimensions').list()[d]!.at('characteristics').list()[c]!
    if (characteristic.award === null) at.problem('award-missing', '没有写如何计分', 'it says no points', text('写 bins、per、map 或 present;不计分的放入 signals', 'Give bins, per, map or present; without points it belongs to signals'))
    else checkAward(characteristic, at)
  }))
  model.signals.forEach((signal, s) => {
    if (signal.award !== null) part.at('signals').list()[s]!.problem('signal-with-points', 'signals 中的指标不计分', 'a signal has no points', text('删去计分，或移入某一维度', 'Leave the points out, or move it to a dimension'))
  })
  checkConditions(model, part)
  checkWholeEdges(model, part)
}

function checkForce(model: Model, part: Part): void {
  const { from, until } = model.in_force
  if (model.level === 'local' && until === null) part.at('in_force.until').problem('end-missing', '地方模型必须写失效日期', 'a local model must say when it ends', text('在 in_force.until 写失效日期(该日起不再有效)', 'Give in_force.until, the first day without it'))
  if (until !== null && until <= from) part.at('in_force').problem('never-in-force', '失效日期不晚于生效日期', 'it ends before it begins', text('改正日期', 'Correct the days'))
  if (model.basis.length === 0) part.at('basis').problem('basis-missing', '没有写依据', 'no basis is given', text('至少写一项依据', 'Give at least one basis'))
  if (model.dimensions.length === 0) part.at('dimensions').problem('no-dimensions', '没有维度', 'there is no dimension', text('至少写一个维度', 'Give at least one dimension'))
}

function checkKeys(model: Model, part: Part): void {
  const twice = (keys: readonly string[], field: string) => {
    for (const key of new Set(keys.filter((each, index) => keys.indexOf(each) !== index))) {
      part.at(field).problem('same-key-twice', `「${key}」出现两次`, `"${key}" appears twice`, text('改用不同的代号', 'Use different keys'))
    }
  }
  const all = characteristicsOf(model)
  twice(model.dimensions.map(({ key }) => key), 'dimensions')
  twice(all.map(({ key }) => key), 'dimensions')
  twice(model.vetoes.map(({ key }) => key), 'vetoes')
  twice(model.bands.map(({ grade }) => grade), 'bands')
  if (all.length > MOST_CHARACTERISTICS) part.at('dimensions').problem('too-many', `指标不得多于 ${MOST_CHARACTERISTICS} 个`, `there may be at most ${MOST_CHARACTERISTICS} characteristics`, text('合并或删减指标', 'Merge or drop some'))
}

function checkWeights(model: Model, part: Part): void {
  const weights = model.dimensions.map(({ weight }) => weight)
  if (model.arithmetic === 'additive') {
    if (weights.some((weight) => weight !== null)) part.at('dimensions').problem('weight-in-additive', '加减分模型不设权重', 'an additive model has no weights', text('删去 weight,或改为 weighted', 'Leave weight out, or make it weighted'))
    return
  }
  if (weights.includes(null)) {
    part.at('dimensions').problem('weight-missing', '每个维度都要有权重', 'every dimension needs a weight', text('为每个维度写 weight', 'Give each dimension a weight'))
    return
  }
  const total = weights.reduce((sum, weight) => sum + exact(weight!, WEIGHT_PLACES), 0n)
  if (total !== 10_000n) part.at('dimensions').problem('weights-not-100', `权重合计为 ${Number(total) / 100},应恰为 100`, `the weights add to ${Number(total) / 100}, not to exactly 100`, text('调整权重', 'Adjust the weights'))
  if (weights.some((weight) => exact(weight!, WEIGHT_PLACES) <= 0n)) part.at('dimensions').problem('weight-not-positive', '权重必须大于 0', 'a weight must be above 0', text('调整权重', 'Adjust the weights'))
  if (points(model.base) !== 0n) part.at('base').problem('base-in-weighted', '加权模型的基础分写在维度中', 'a weighted model has its base in the dimensions', text('移到各维度的 base', 'Move it to the dimensions'))
  model.dimensions.forEach((dimension, index) => {
    if (dimension.min === null || dimension.max === null || points(dimension.min) < 0n || points(dimension.max) > 10_000n) {
      part.at('dimensions').list()[index]!.problem('dimension-not-percent', '加权模型的维度得分须在 0 至 100 之间', 'a dimension of a weighted model must stay within 0 and 100', text('写 min: 0 和 max: 100', 'Give min: 0 and max: 100'))
    }
  })
}

function checkBounds(model: Model, part: Part): void {
  const check = (bounds: { base: Decimal; min: Decimal | null; max: Decimal | null }, at: Part) => {
    if (bounds.max !== null && points(bounds.max) < points(bounds.base)) at.problem('max-below-base', '最高分低于基础分', 'the maximum is below the base', text('提高 max 或降低 base', 'Raise max or lower base'))
    if (bounds.min !== null && points(bounds.min) > points(bounds.base)) at.problem('min-above-base', '最低分高于基础分', 'the minimum is above the base', text('降低 min 或提高 base', 'Lower min or raise base'))
  }
  check(model.arithmetic === 'weighted' ? { ...model, base: '0', max: null } : model, part)
  model.dimensions.forEach((dimension, index) => check(dimension, part.at('dimensions').list()[index]!))
}

function checkBands(model: Model, part: Part): void {
  const bands = model.bands[0]?.from === null ? model.bands : [...model.bands].reverse()
  if (!isComplete(bands)) part.at('bands').problem('bands-incomplete', '等级分数段有空隙、重叠或两端未开放', 'the bands leave a gap, overlap, or are not open at both ends', text('每段 from 等于上一段的 below;最低段不写 from,最高段不写 below', 'Begin each band where the one before ends; leave out from in the lowest and below in the highest'))
}

function checkAward(characteristic: Characteristic, at: Part): void {
  const award = characteristic.award!
  const operator = operatorOf(characteristic)
  const gives = operator.gives(characteristic)
  const fitting = gives === 'number' ? ['bins', 'per'] : gives === 'comparison' ? ['bins'] : ['map']
  if (!fitting.includes(award.by)) at.problem('award-does-not-fit', `该运算的结果不能用 ${award.by} 计分`, `the result of this operator cannot be awarded by ${award.by}`, text(`可用:${fitting.join('、')}`, `Use: ${fitting.join(', ')}`))
  if (operator.maybeAbsent(characteristic) && award.none === null) at.problem('none-missing', '可能没有取值，须写 none', 'there may be no value, so none is needed', text('写 none:没有取值时的分数', 'Give none: the points when there is no value'))
  if (award.by === 'bins') {
    if (!isComplete(award.bins)) at.problem('bins-incomplete', '取值区间有空隙、重叠或两端未开放', 'the bins leave a gap, overlap, or are not open at both ends', text('每段 from 等于上一段的 below;首段不写 from,末段不写 below', 'Begin each bin where the one before ends; leave out from in the first and below in the last'))
    const steps = award.bins.slice(1).map((bin, index) => points(bin.points) - points(award.bins[index]!.points))
    if (steps.some((step) => (characteristic.direction === 'positive' ? step < 0n : characteristic.direction === 'negative' ? step > 0n : false))) {
      at.problem('not-monotone', '各段分数与指标方向不一致', 'the points do not follow the direction', text('改正分数或 direction', 'Correct the points or the direction'))
    }
  }
  if (award.by === 'per') {
    const each = points(award.points)
    if ((characteristic.direction === 'positive' && each < 0n) || (characteristic.direction === 'negative' && each > 0n)) at.problem('not-monotone', '分数与指标方向不一致', 'the points do not follow the direction', text('改正分数或 direction', 'Correct the points or the direction'))
    const unit = award.every === null ? null : exact(award.every, VALUE_PLACES)
    if (unit !== null && (unit <= 0n || (operator.wholeEdges(characteristic) && unit % 10_000n !== 0n))) at.problem('bad-unit', 'every 须为正数，天数须为整数', 'every must be above 0, and whole for days', text('改正 every', 'Correct every'))
    if (unit === null && (characteristic.operator === 'sum' || characteristic.operator === 'days-since')) at.problem('unit-missing', '该运算须写 every(每多少计一次分)', 'this operator needs every, the unit that is worth the points', text('例如 every: 10000', 'For example every: 10000'))
    if (award.min !== null && award.max !== null && points(award.min) > points(award.max)) at.problem('min-above-max', '下限高于上限', 'min is above max', text('改正 min、max', 'Correct min and max'))
  }
}

function checkConditions(model: Model, part: Part): void {
  const known = new Map(characteristicsOf(model).map((characteristic) => [characteristic.key, characteristic]))
  const grades = model.bands.map(({ grade }) => grade)
  const check = (condition: Condition, at: Part) => {
    const characteristic = known.get(condition.characteristic)
    if (!characteristic) return at.problem('unknown-characteristic', `没有指标「${condition.characteristic}」`, `there is no characteristic "${condition.characteristic}"`, text('写已有指标的代号', 'Name an existing characteristic'))
    const numeric = condition.from !== null || condition.below !== null
    if (Number(numeric) + Number(condition.is !== null) + Number(condition.absent) !== 1) at.problem('condition-unclear', '须恰好写一种条件:from/below、is 或 absent', 'exactly one of from/below, is and absent must be given', text('只留一种', 'Keep one of them'))
    const word = operatorOf(characteristic).gives(characteristic) === 'word'
    if ((word && numeric) || (!word && condition.is !== null)) at.problem('condition-does-not-fit', '条件与指标的取值类型不符', 'the condition does not fit the kind of value', text('文字用 is,数值用 from/below', 'Use is for words and from/below for numbers'))
  }
  model.vetoes.forEach((veto, index) => {
    const at = part.at('vetoes').list()[index]!
    check(veto.when, at.at('when'))
    if (Number(veto.grade !== null) + Number(veto.at_most !== null) + Number(veto.down !== null) !== 1) at.problem('effect-unclear', '须恰好写一种后果:grade、at_most 或 down', 'exactly one of grade, at_most and down must be given', text('只留一种', 'Keep one of them'))
    if (veto.at_most !== null && !grades.includes(veto.at_most)) at.problem('unknown-grade', `没有等级「${veto.at_most}」`, `there is no grade "${veto.at_most}"`, text(`可用:${grades.join('、')}`, `Use one of: ${grades.join(', ')}`))
    if (veto.down !== null && veto.down < 1) at.problem('bad-step', 'down 至少为 1', 'down must be at least 1', text('写 1 或更大', 'Give 1 or more'))
  })
  if (model.missing) check(model.missing.when, part.at('missing').at('when'))
}

function checkWholeEdges(model: Model, part: Part): void {
  const asked = askedOf(model)
  for (const characteristic of characteristicsOf(model)) {
    if (operatorOf(characteristic).wholeEdges(characteristic) && asked.get(characteristic.key)!.edges.some((edge) => edge % 10_000n !== 0n)) {
      part.at('dimensions').problem('edge-not-whole', `「${characteristic.key}」以天或月计，界限须为整数`, `"${characteristic.key}" is in days or months, so its edges must be whole`, text('改为整数', 'Make them whole'))
    }
  }
}
