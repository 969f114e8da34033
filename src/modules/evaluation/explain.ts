import type { Day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text, type Text } from '../../kernel/text.ts'
import { appliesTo, evaluate, isInForce, type Explanation, type Line, type PreparedModel, type Subject } from '../../engines/scoring/index.ts'
import type { PolicyBook, PolicyOn } from '../../engines/policy/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { shownName } from '../privacy/index.ts'
import { preparedOf } from './few.ts'
import { knownWord } from './model-words.ts'
import { endsOn, modelInForce, modelsInForce, type Adoption } from './models.ts'
import { listAdoptions } from './queries/adoptions.ts'
import { findSubjectOn, findSubjects, listFacts, type KnownFact } from './queries/facts.ts'
import { scalesOn, titleOf } from './scales.ts'

const MOST_AHEAD = 3
const MOST_STEPS = 60

/** Whose score is to be explained, by which model, on which day, and as known when. `today`: the day that needs no history. */
export type Question = { readonly subjectId: number; readonly key: string; readonly on: Day; readonly knownAt: Date | null; readonly today: Day }

/**
 * 得分说明: the score of one subject with every point, the records and articles behind it, and the days on which it moves by itself. Uses the
 * records, the registration and the model of that day, and with `knownAt` only what was known then. The name is as officers see it. Refuses `score.no-subject`, `score.no-model`, `score.not-concerned`.
 */
export async function explain(db: Queryable, policy: PolicyBook, { subjectId, key, on, knownAt, today }: Question) {
  const named = (await findSubjects(db, [subjectId])).get(subjectId)
  if (named === undefined) throw noSubject()
  const subjectName = shownName(policy, named.type, named.name)
  const adoptions = await listAdoptions(db)
  const adoption = mustBeInForce(adoptions, key, on, knownAt)
  const asOf = on === today && knownAt === null ? null : await findSubjectOn(db, subjectId, on, knownAt)
  const subject: Subject = asOf ?? named
  if (!appliesTo(adoption.model, subject)) throw notConcerned(adoption, subjectName)
  const facts = (await listFacts(db, [subjectId], knownAt !== null)).get(subjectId) ?? []
  const prepared = preparedOf(adoption.model)
  const law = policy.on(on)
  const { scale } = adoption.model
  const title = (grade: string) => titleOf(scalesOn(law), scale, grade)
  const result = evaluate(prepared, subject, facts, on, knownAt ?? undefined)
  const numbers = new Map(facts.map((fact) => [fact.record_id, fact.document_number]))
  return {
    subjectId, subjectName, uscc: named.uscc, model: key, modelTitle: adoption.model.title, modelHash: adoption.hash, policyHash: policy.hash, on, knownAt,
    score: result.score, grade: result.grade, gradeTitle: title(result.grade), scale, evaluatedGrade: result.band_grade,
    lines: result.lines.map((line) => lineOf(line, numbers)),
    vetoes: [
      ...result.vetoes.map((veto) => ({ title: veto.title, effect: text(`${veto.words.zh}；等级定为「${title(result.grade).zh}」`, `${veto.words.en}; the grade is "${title(result.grade).en}"`) })),
      ...(result.missing ? [{ title: text('可评价的数据不足', 'Too little is known to evaluate'), effect: text(`等级为「${title(result.grade).zh}」`, `the grade is "${title(result.grade).en}"`) }] : []),
    ],
    holdsUntil: result.holds_until, ahead: aheadOf(prepared, subject, facts, result, endsOn(adoptions, adoption), knownAt, title), standing: standingOf(law, adoption),
  }
}

/** The model of a key on a day. Refuses `score.no-model`. */
export function mustBeInForce(adoptions: readonly Adoption[], key: string, on: Day, knownAt: Date | null = null): Adoption {
  const adoption = modelInForce(adoptions, key, on, knownAt ?? undefined)
  if (adoption === null) throw noModel(adoptions, key, on, knownAt)
  return adoption
}

function lineOf(line: Line, numbers: ReadonlyMap<number, string>) {
  return {
    key: line.characteristic ?? `${line.dimension ?? 'model'}.${line.kind}`, dimension: line.dimension, title: line.title, words: (line.value !== null && knownWord(line.value)) || line.words, value: line.value, points: line.points, kind: line.kind,
    basis: line.basis[0] ?? null, fallsAwayOn: line.changes_on,
    records: line.records.map((record) => ({ recordId: record.record_id, documentNumber: numbers.get(record.record_id)!, kind: record.kind, decidedOn: record.decided_on, fallsAwayOn: record.falls_away_on })),
  }
}

/** The next days on which score or grade move by mere lapse of time, and which lines move them. Ends with the model. */
function aheadOf(prepared: PreparedModel, subject: Subject, facts: readonly KnownFact[], present: Explanation, modelEnds: Day | null, knownAt: Date | null, title: (grade: string) => Text) {
  const ahead: { on: Day; score: string; grade: string; why: Text }[] = []
  let before = present
  let on = present.holds_until
  for (let step = 0; on !== null && step < MOST_STEPS && ahead.length < MOST_AHEAD; step += 1) {
    if (!isInForce(prepared.model, on) || (modelEnds !== null && on >= modelEnds)) break
    const next = evaluate(prepared, subject, facts, on, knownAt ?? undefined)
    if (next.score !== before.score || next.grade !== before.grade) {
      ahead.push({ on, score: next.score, grade: next.grade, why: whyOf(before, next, title) })
      before = next
    }
    on = next.holds_until
  }
  return ahead
}

function whyOf(before: Explanation, next: Explanation, title: (grade: string) => Text): Text {
  const nameOf = (line: Line) => `${line.kind} ${line.dimension} ${line.characteristic}`
  const earlier = new Map(before.lines.map((line) => [nameOf(line), line.points]))
  const later = new Map(next.lines.map((line) => [nameOf(line), line]))
  const moved = [...next.lines, ...before.lines.filter((line) => !later.has(nameOf(line)))].filter((line) => (earlier.get(nameOf(line)) ?? '0') !== (later.get(nameOf(line))?.points ?? '0'))
  const parts = moved.map((line) => {
    const [from, to] = [earlier.get(nameOf(line)) ?? '0', later.get(nameOf(line))?.points ?? '0']
    return text(`「${line.title.zh}」由 ${from} 分变为 ${to} 分`, `"${line.title.en}" goes from ${from} to ${to}`)
  })
  if (before.grade !== next.grade) parts.push(text(`等级由「${title(before.grade).zh}」变为「${title(next.grade).zh}」`, `the grade goes from "${title(before.grade).en}" to "${title(next.grade).en}"`))
  return text(parts.map(({ zh }) => zh).join('；'), parts.map(({ en }) => en).join('; '))
}

type LocalUse = { readonly zh: string; readonly en: string; readonly public: boolean; readonly bidding: boolean }

/** What a result may be used for, said plainly (本地评价结果的用途). */
export function standingOf(law: PolicyOn, { model }: Adoption): Text {
  const parts: Text[] = []
  if (model.level === 'national') parts.push(text('依据全国统一的评价规则', 'By nationally unified rules'))
  else {
    const use = (law.find('grading/local-result-use')?.value ?? { zh: '内部监管分类', en: 'internal class for supervision', public: false, bidding: false }) as unknown as LocalUse
    parts.push(text(`本结果为${use.zh}`, `This result is an ${use.en}`))
    parts.push(use.public ? text('依现行政策可以公开', 'may be published under the policy in force') : text('不对外公开', 'is not published'))
    parts.push(use.bidding ? text('依现行政策可用于招标投标', 'may be used in bidding under the policy in force') : text('不得用于招标投标', 'may not be used in bidding'))
    if (model.kind === 'public-reference') parts.push(text('上级评定的公共信用等级优先', 'a public grade received from above outranks it'))
  }
  if (model.status === 'reference') parts.push(text('所用为参考模型，尚未经主管部门确认', 'the model is a reference that no authority has confirmed'))
  return text(`${parts.map(({ zh }) => zh).join('；')}。`, `${parts.map(({ en }) => en).join('; ')}.`)
}

function noSubject(): Refusal {
  return new Refusal({ code: 'score.no-subject', status: 404, message: text('没有该信用主体', 'There is no such subject'), fix: text('请按名称或代码重新查找', 'Look the subject up by name or code') })
}

function noModel(adoptions: readonly Adoption[], key: string, on: Day, knownAt: Date | null): Refusal {
  const others = modelsInForce(adoptions, on, knownAt ?? undefined).map(({ model }) => model.key).join('、')
  return new Refusal({
    code: 'score.no-model', status: 404, field: 'model',
    message: text(`${on} 没有在用的模型「${key}」`, `No model "${key}" is in force on ${on}`),
    fix: text(others === '' ? '请先采用一个模型，或改选其他日期' : `请改选当日在用的模型：${others}`, others === '' ? 'Adopt a model first, or choose another day' : `Choose one that is in force on that day: ${others}`),
  })
}

function notConcerned({ model }: Adoption, name: string): Refusal {
  return new Refusal({
    code: 'score.not-concerned', status: 404, field: 'model',
    message: text(`模型「${model.title.zh}」不评价「${name}」：不属于其行业领域或主体类型`, `The model "${model.title.en}" does not evaluate "${name}": another sector or type of subject`),
    fix: text('请选择适用于该主体的模型，或更正主体的行业领域', 'Choose a model that concerns the subject, or correct its sectors'),
  })
}
