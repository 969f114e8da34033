import { parseDocument } from 'yaml'
import { type Basis } from '../../kernel/basis.ts'
import { Refusal, type Problem } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { AWARD_FIELDS, parseAward } from './award.ts'
import { checkModel } from './check-model.ts'
import { POINTS_PLACES, VALUE_PLACES, WEIGHT_PLACES } from './exact.ts'
import type { Band, Characteristic, Condition, Dimension, Model, Veto } from './model.ts'
import { OPERATOR_NAMES, operators, type OperatorSpec } from './operators/index.ts'
import { parseExample } from './parse-example.ts'
import { Part } from './part.ts'

const MODEL_FIELDS = ['key', 'title', 'scale', 'sector', 'subject_types', 'kind', 'status', 'level', 'in_force', 'basis', 'note', 'arithmetic', 'base', 'min', 'max', 'dimensions', 'signals', 'vetoes', 'better', 'bands', 'missing', 'examples']
const MOST_BASE = 10_000n
const MOST_EDGE = 1_000_000_000n

/** The refusal of a model: all its problems at once, each with its place, cause and fix. */
export class ModelRefusal extends Refusal {
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super({
      code: 'model.not-valid',
      problems,
      message: text(`评价模型有 ${problems.length} 处问题:${problems.map((problem) => problem.message.zh).join(';')}`, `The model has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}: ${problems.map((problem) => problem.message.en).join('; ')}`),
      fix: text(problems.map((problem) => `${problem.field}:${problem.fix.zh}`).join(';'), problems.map((problem) => `${problem.field}: ${problem.fix.en}`).join('; ')),
    })
    this.problems = problems
  }
}

/**
 * Reads an evaluation model (评价模型) from YAML text or from the object that it holds; also from a stored {@link Model}. Throws a
 * {@link ModelRefusal} that lists every problem. Numbers in YAML are taken as decimal text, so nothing passes through floating point.
 */
export function parseModel(source: unknown): Model {
  const problems: Problem[] = []
  const part = new Part(typeof source === 'string' ? read(source, problems) : source, '', problems)
  if (problems.length > 0) throw new ModelRefusal(problems)
  part.only(MODEL_FIELDS)
  const or = <Value>(key: string, otherwise: Value, take: (at: Part) => Value) => (part.at(key).given ? take(part.at(key)) : otherwise)
  const inForce = part.at('in_force')
  inForce.only(['from', 'until'])
  const model: Model = {
    key: part.at('key').key(),
    title: part.at('title').bilingual(),
    scale: part.at('scale').key(),
    sector: part.at('sector').key(),
    subject_types: part.at('subject_types').texts(),
    kind: part.at('kind').oneOf(['public-reference', 'industry'] as const),
    status: part.at('status').oneOf(['reference', 'adopted'] as const),
    level: part.at('level').oneOf(['national', 'local'] as const),
    in_force: { from: inForce.at('from').day(), until: inForce.at('until').dayOrNull() },
    basis: parseBases(part.at('basis')),
    note: or('note', null, (at) => at.bilingual()),
    arithmetic: part.at('arithmetic').oneOf(['additive', 'weighted'] as const),
    base: or('base', '0', (at) => at.decimal(POINTS_PLACES, MOST_BASE)),
    min: part.at('min').decimalOrNull(POINTS_PLACES, MOST_BASE),
    max: part.at('max').decimalOrNull(POINTS_PLACES, MOST_BASE),
    dimensions: part.at('dimensions').list().map(parseDimension),
    signals: part.at('signals').list().map(parseCharacteristic),
    vetoes: part.at('vetoes').list().map(parseVeto),
    better: or('better', 'high', (at) => at.oneOf(['high', 'low'] as const)),
    bands: part.at('bands').list().map(parseBand),
    missing: or('missing', null, (at) => {
      at.only(['when', 'grade'])
      return { when: parseCondition(at.at('when')), grade: at.at('grade').text() }
    }),
    examples: part.at('examples').list().map(parseExample),
  }
  if (problems.length === 0) checkModel(model, part)
  if (problems.length > 0) throw new ModelRefusal(problems)
  return model
}

/** The reader gives up, with an error of its own, on what is nested without end or repeats itself by aliases. */
function read(source: string, problems: Problem[]): unknown {
  try {
    return readYaml(source, problems)
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof ReferenceError)) throw error
    problems.push({
      severity: 'error', code: 'model.not-yaml', field: 'line 1', message: text('文件嵌套过深或引用过多，无法读取', 'The file is nested too deeply, or repeats itself too often by aliases'),
      fix: text('评价模型不需要这样的结构：请从模板或现有模型改起', 'A model needs nothing of the kind: begin from the template or an existing model'),
    })
    return undefined
  }
}

function readYaml(source: string, problems: Problem[]): unknown {
  const document = parseDocument(source, { schema: 'failsafe', uniqueKeys: true })
  for (const error of document.errors) {
    const line = error.linePos?.[0].line ?? 0
    problems.push({
      severity: 'error',
      code: 'model.not-yaml',
      field: `line ${line}`,
      message: text(`第 ${line} 行不是合格的 YAML:${error.code === 'DUPLICATE_KEY' ? '同一字段写了两次' : error.message.split('\n')[0]}`, `line ${line} is not valid YAML: ${error.message.split('\n')[0]}`),
      fix: text('改正该行', 'Correct that line'),
    })
  }
  return document.errors.length > 0 ? undefined : document.toJS()
}

/** Reads a list of citations; at least the text must be named. */
export function parseBases(part: Part): Basis[] {
  return part.list().map((at) => {
    at.only(['kind', 'text', 'article', 'status', 'note'])
    return {
      kind: at.at('kind').oneOf(['law', 'policy', 'practice'] as const),
      text: at.at('text').key(),
      ...(at.at('article').given ? { article: at.at('article').text() } : {}),
      status: at.at('status').oneOf(['confirmed', 'unconfirmed'] as const),
      ...(at.at('note').given ? { note: at.at('note').text() } : {}),
    }
  })
}

function parseDimension(part: Part): Dimension {
  part.only(['key', 'title', 'weight', 'base', 'min', 'max', 'characteristics'])
  return {
    key: part.at('key').key(),
    title: part.at('title').bilingual(),
    weight: part.at('weight').decimalOrNull(WEIGHT_PLACES, 100n),
    base: part.at('base').given ? part.at('base').decimal(POINTS_PLACES, MOST_BASE) : '0',
    min: part.at('min').decimalOrNull(POINTS_PLACES, MOST_BASE),
    max: part.at('max').decimalOrNull(POINTS_PLACES, MOST_BASE),
    characteristics: part.at('characteristics').list().map(parseCharacteristic),
  }
}

function parseCharacteristic(part: Part): Characteristic {
  const name = part.at('operator').oneOf(OPERATOR_NAMES)
  const operator = operators[name]
  part.only(['key', 'title', 'operator', 'direction', 'basis', ...operator.fields, ...AWARD_FIELDS])
  const spec = { operator: name, ...operator.parse(part) } as OperatorSpec
  return {
    ...spec,
    key: part.at('key').key(),
    title: part.at('title').bilingual(),
    direction: part.at('direction').given ? part.at('direction').oneOf(['positive', 'negative'] as const) : null,
    award: parseAward(part),
    basis: parseBases(part.at('basis')),
  }
}

function parseCondition(part: Part): Condition {
  part.only(['characteristic', 'from', 'below', 'is', 'absent'])
  return {
    characteristic: part.at('characteristic').key(),
    from: part.at('from').decimalOrNull(VALUE_PLACES, MOST_EDGE),
    below: part.at('below').decimalOrNull(VALUE_PLACES, MOST_EDGE),
    is: part.at('is').texts(),
    absent: part.at('absent').flag(),
  }
}

function parseVeto(part: Part): Veto {
  part.only(['key', 'title', 'when', 'grade', 'at_most', 'down', 'basis'])
  const down = part.at('down')
  return {
    key: part.at('key').key(),
    title: part.at('title').bilingual(),
    when: parseCondition(part.at('when')),
    grade: part.at('grade').given ? part.at('grade').text() : null,
    at_most: part.at('at_most').given ? part.at('at_most').text() : null,
    down: down.given ? Number(down.decimal(0, 10n)) : null,
    basis: parseBases(part.at('basis')),
  }
}

function parseBand(part: Part): Band {
  part.only(['grade', 'from', 'below'])
  return { grade: part.at('grade').text(), from: part.at('from').decimalOrNull(POINTS_PLACES, MOST_EDGE), below: part.at('below').decimalOrNull(POINTS_PLACES, MOST_EDGE) }
}

