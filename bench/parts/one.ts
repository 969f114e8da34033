import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { ZenEngine as Zen } from '@gorules/zen-engine'
import { Engine } from 'json-rules-engine'
import { characteristicsOf, evaluate, parseModel, prepare, type Explanation, type Fact, type Model, type Subject } from '../../src/engines/scoring/index.ts'
import { openPostgresql, sql } from '../../src/platform/db/index.ts'
import type { Part } from '../support/part.ts'
import { population, TODAY } from '../support/population.ts'
import { number } from '../support/report.ts'

// Its entry for `import` names other exports on each platform; what `require` finds is the same everywhere.
const { ZenEngine } = createRequire(import.meta.url)('@gorules/zen-engine') as { ZenEngine: typeof Zen }
const MODEL = parseModel(readFileSync(new URL('../model.yaml', import.meta.url), 'utf8'))
const SAMPLE = 2_000
const SECONDS = 5

type Person = { readonly subject: Subject; readonly facts: readonly Fact[] }
/** What was measured of a subject, by characteristic: numbers, a word, or null. The engines beside are given this; the counting is done for them. */
type Measured = Readonly<Record<string, number | string | null>>

/** One subject in the process: ours from its records, with all lines; two rules engines the points alone, from measures that are counted already. */
export const onePart: Part = {
  key: 'one',
  async run({ server, subjects, measured, note }) {
    const people = await sample(await population(server, Math.min(subjects, 20_000), note))
    const prepared = prepare(MODEL)
    const explained = people.map(({ subject, facts }) => evaluate(prepared, subject, facts, TODAY))
    const facts = explained.map(({ lines }) => Object.fromEntries(lines.flatMap(({ characteristic, value }) => (characteristic === null ? [] : [[characteristic, numberOf(value)]]))) as Measured)
    note('ours, json-rules-engine, zen-engine …')
    const ours = await perSecond(async (at) => void readAll(evaluate(prepared, people[at]!.subject, people[at]!.facts, TODAY)))
    const ready = prepared.at(TODAY)
    const scoreOnly = await perSecond(async (at) => void ready.score(people[at]!.subject, people[at]!.facts))
    const rules = rulesEngine(MODEL)
    const jre = await perSecond(async (at) => void (await rules(facts[at]!)))
    const zen = zenEngine(MODEL)
    const gorules = await perSecond(async (at) => void (await zen(facts[at]!)))
    await mustAgree(explained.map(({ lines }) => Object.fromEntries(lines.flatMap(({ characteristic, points, dimension }) => (characteristic === null ? [] : [[characteristic, Number(points) / weightOf(dimension!)]])))), facts, rules, zen)
    const best = Math.max(jre, gorules)
    const populationRate = measured.get('population.perSecond')
    const times = (rate: number) => `${number(ours / rate)} ×`
    return [{
      work: 'One subject in the process: counted from its records, with every line of the explanation, 24 characteristics',
      ours: `${number(ours)} a second (${number(scoreOnly)} without lines)${populationRate === undefined ? '' : `; the population path ${number(populationRate)} a second`}`,
      beside: `points only, measures already counted: json-rules-engine ${number(jre)} a second (ours ${times(jre)}${populationRate === undefined ? '' : `, population path ${number(populationRate / jre)} ×`}), @gorules/zen-engine ${number(gorules)} (${times(gorules)}${populationRate === undefined ? '' : `, ${number(populationRate / gorules)} ×`})`,
      aim: '≥ 20,000 a second; ≥ 10 × each; population path ≥ 50 × each', met: ours >= 20_000 && ours >= 10 * best && (populationRate === undefined || populationRate >= 50 * best),
      figures: { ours, scoreOnly, jre, gorules, populationRate: populationRate ?? 0 },
    }]
  },
}

async function sample(url: string): Promise<Person[]> {
  const { db, close } = openPostgresql(url)
  const { rows: subjects } = await sql<Subject>`select subject_id, type, status, industry, sectors, founded_on from subjects.subject where subject_id <= ${SAMPLE} order by subject_id`.execute(db)
  const { rows: facts } = await sql<Fact>`select subject_id, record_id, fact_id, kind, decided_on, ends_on, use_ends_on, class, tags, department, sector, amount_fen, grade, known_from, null as known_until, withdrawn
    from records.standing where subject_id <= ${SAMPLE} and known_until = 'infinity'`.execute(db)
  await close()
  const bySubject = Map.groupBy(facts, ({ subject_id }) => subject_id)
  return subjects.map((subject) => ({ subject, facts: bySubject.get(subject.subject_id) ?? [] }))
}

/** How often a second something can be done, over the sample again and again. */
async function perSecond(run: (at: number) => Promise<void>): Promise<number> {
  for (let at = 0; at < SAMPLE / 4; at += 1) await run(at)
  const began = performance.now()
  let done = 0
  while (performance.now() - began < SECONDS * 1000) {
    for (let step = 0; step < 50; step += 1, done += 1) await run(done % SAMPLE)
  }
  return (done / (performance.now() - began)) * 1000
}

/** Reads every line of an explanation, so that nothing in it can be left to whoever asks first. */
function readAll({ lines }: Explanation): number {
  let read = 0
  for (const { words, points, records, changes_on: changes, changes_to: then } of lines) {
    read += words.zh.length + words.en.length + points.length + (changes?.length ?? 0) + (then?.length ?? 0)
    for (const { share, falls_away_on: until } of records) read += share.length + (until?.length ?? 0)
  }
  return read
}

function weightOf(dimension: string): number {
  return Number(MODEL.dimensions.find(({ key }) => key === dimension)!.weight) / 100
}

/** A ratio is written `2/3`. */
function numberOf(value: string | null): number | string | null {
  if (value === null) return null
  const [above, below] = value.split('/').map(Number)
  if (below !== undefined) return (above! / below) * 100
  return Number.isNaN(above) ? value : above!
}

type Award = NonNullable<ReturnType<typeof characteristicsOf>[number]['award']>

/** The model for json-rules-engine: a rule for each bin or word that is worth something, one rule for points per unit. */
function rulesEngine(model: Model): (facts: Measured) => Promise<Record<string, number>> {
  const engine = new Engine([], { allowUndefinedFacts: true })
  for (const { key, award } of characteristicsOf(model)) {
    if (award === null) continue
    const rule = (all: { fact: string; operator: string; value: unknown }[], params: Record<string, unknown>) => engine.addRule({ conditions: { all }, event: { type: key, params } })
    if (award.none !== null) rule([{ fact: key, operator: 'equal', value: null }], { points: Number(award.none) })
    if (award.by === 'per') rule([{ fact: key, operator: 'notEqual', value: null }], { per: Number(award.points), min: award.min, max: award.max })
    else if (award.by === 'map') for (const [word, points] of Object.entries(award.words)) rule([{ fact: key, operator: 'equal', value: word }], { points: Number(points) })
    else for (const { from, below, points } of award.bins) {
      if (Number(points) === 0) continue
      rule([...(from === null ? [{ fact: key, operator: 'notEqual', value: null }] : [{ fact: key, operator: 'greaterThanInclusive', value: Number(from) }]), ...(below === null ? [] : [{ fact: key, operator: 'lessThan', value: Number(below) }])], { points: Number(points) })
    }
  }
  return async (facts) => {
    const { events } = await engine.run(facts)
    const points: Record<string, number> = {}
    for (const { type, params } of events) {
      const { points: fixed, per, min, max } = params as { points?: number; per?: number; min?: string | null; max?: string | null }
      points[type] = fixed ?? Math.max(min == null ? -Infinity : Number(min), Math.min(max == null ? Infinity : Number(max), Number(facts[type]) * per!))
    }
    return points
  }
}

/** The model for zen-engine: one expression a characteristic, in one node. */
function zenEngine(model: Model): (facts: Measured) => Promise<Record<string, number>> {
  const expressionOf = (name: string, award: Award): string => {
    const none = (then: string) => (award.none === null ? then : `${name} == null ? ${Number(award.none)} : (${then})`)
    if (award.by === 'map') return none(`${Object.entries(award.words).map(([word, points]) => `${name} == "${word}" ? ${Number(points)} : `).join('')}${Number(award.other)}`)
    if (award.by === 'bins') return none(award.bins.slice(0, -1).reduceRight((rest, { below, points }) => `${name} < ${Number(below)} ? ${Number(points)} : (${rest})`, String(Number(award.bins.at(-1)!.points))))
    const raised = `${name} * (${Number(award.points)})`
    return none(award.min != null ? `max([${Number(award.min)}, ${raised}])` : award.max != null ? `min([${Number(award.max)}, ${raised}])` : raised)
  }
  const expressions = characteristicsOf(model).flatMap(({ key, award }) => (award === null ? [] : [{ id: key, key: nameOf(key), value: expressionOf(nameOf(key), award) }]))
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
      { id: 'points', type: 'expressionNode', name: 'points', position: { x: 1, y: 0 }, content: { expressions } },
      { id: 'out', type: 'outputNode', name: 'out', position: { x: 2, y: 0 } },
    ],
    edges: [{ id: 'a', type: 'edge', sourceId: 'in', targetId: 'points' }, { id: 'b', type: 'edge', sourceId: 'points', targetId: 'out' }],
  })
  const keys = characteristicsOf(model).map(({ key }) => [key, nameOf(key)] as const)
  return async (facts) => {
    const { result } = await decision.evaluate(Object.fromEntries(keys.map(([key, name]) => [name, facts[key] ?? null])))
    return Object.fromEntries(keys.map(([key, name]) => [key, Number((result as Record<string, unknown>)[name])]))
  }
}

function nameOf(key: string): string {
  return key.replaceAll('-', '_')
}

/** Three engines that disagree about points would not do the same work. */
async function mustAgree(ours: readonly Record<string, number>[], facts: readonly Measured[], ...others: ((facts: Measured) => Promise<Record<string, number>>)[]): Promise<void> {
  for (const other of others) {
    for (let at = 0; at < 300; at += 1) {
      const theirs = await other(facts[at]!)
      for (const [key, points] of Object.entries(ours[at]!)) {
        if (Math.abs((theirs[key] ?? 0) - points) > 1e-6) throw new Error(`${key}: ours ${points}, theirs ${theirs[key] ?? 0} for ${String(facts[at]![key])}`)
      }
    }
  }
}
