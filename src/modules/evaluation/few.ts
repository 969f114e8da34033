// @clause 5.6
import { createHash } from 'node:crypto'
import type { Day } from '../../kernel/day.ts'
import type { ActContext } from '../../engines/procedure/index.ts'
import { appliesTo, prepare, type Model, type PreparedModel, type Result, type Subject } from '../../engines/scoring/index.ts'
import { witnessOfRun } from './entries.ts'
import type { Adoption } from './models.ts'
import { findSubjects, listFacts, type KnownFact } from './queries/facts.ts'
import { dropResults, insertRuns, listResultsOf, nextRunIds, writeResults, type RunResult, type StandingResult } from './queries/few.ts'
import type { Cause, Run } from './queries/runs.ts'

/** So many subjects at most are scored in the process: planning a long statement for each model takes the database longer than reading what few subjects have. */
export const FEW = 200

// Models are kept by whoever lists them: each is made ready once a process.
const prepared = new WeakMap<Model, PreparedModel>()

/** A model made ready for subjects in the process, once. */
export function preparedOf(model: Model): PreparedModel {
  return prepared.get(model) ?? prepared.set(model, prepare(model)).get(model)!
}

/**
 * Scores a few subjects by the models in force on a day, in the process: facts and results that stand are read once for all models, and what came out
 * differently is written in bulk. What the compiled statements do for many, to the last digit and with the same entries.
 */
export async function rescoreFew(context: ActContext, inForce: readonly Adoption[], on: Day, subjects: readonly number[], cause: Cause): Promise<Run[]> {
  const { tx, now, policy, enter } = context
  const [registered, facts, standing] = [await findSubjects(tx, subjects), await listFacts(tx, subjects), Map.groupBy(await listResultsOf(tx, subjects), ({ key }) => key)]
  const inOrder = [...subjects].sort((one, other) => one - other)
  const outcomes = inForce.map((one) => outcomeOf(one, on, inOrder, registered, facts, standing.get(one.model.key) ?? [])).filter(({ changed, ended }) => changed.length + ended.length > 0)
  if (outcomes.length === 0) return []
  const ids = await nextRunIds(tx, outcomes.length)
  const numbered = outcomes.map((outcome, at) => ({ ...outcome, runId: ids[at]! }))
  await dropResults(tx, numbered.flatMap(({ adoption, ended, runId }) => ended.map((subjectId) => ({ subjectId, key: adoption.model.key, runId }))), on)
  await writeResults(tx, numbered.flatMap(({ changed, runId }) => changed.map((result) => ({ ...result, runId }))), on)
  const runs = numbered.map(({ adoption, changed, ended, runId }) => ({
    runId, key: adoption.model.key, hash: adoption.hash, policyHash: policy.hash, on, cause, subjects: subjects.length, changed: changed.length, ended: ended.length, digest: digestOf(changed), changedSubjects: changed.map(({ subjectId }) => subjectId),
  }))
  await insertRuns(tx, runs, now)
  await enter(runs.map((run) => ({ name: 'evaluation.run', subjectId: null, aboutId: run.runId, body: witnessOfRun(run) })))
  return runs
}

type Outcome = { readonly adoption: Adoption; readonly changed: readonly Omit<RunResult, 'runId'>[]; readonly ended: readonly number[] }

/** What changes for subjects (in their order) by one model. */
function outcomeOf(adoption: Adoption, on: Day, subjects: readonly number[], registered: ReadonlyMap<number, Subject>, facts: ReadonlyMap<number, readonly KnownFact[]>, standing: readonly StandingResult[]): Outcome {
  const { model, hash } = adoption
  const before = new Map(standing.map((result) => [result.subjectId, result]))
  const ready = preparedOf(model).at(on)
  const changed: Omit<RunResult, 'runId'>[] = []
  const ended: number[] = []
  for (const subjectId of subjects) {
    const subject = registered.get(subjectId)
    const stood = before.get(subjectId)
    if (subject === undefined || !appliesTo(model, subject)) {
      if (stood !== undefined) ended.push(subjectId)
      continue
    }
    const result = ready.score(subject, facts.get(subjectId) ?? [])
    if (stood === undefined || stood.hash !== hash || !isSame(stood, result)) changed.push({ subjectId, key: model.key, score: result.score, grade: result.grade, holdsUntil: result.holds_until, hash })
  }
  return { adoption, changed, ended }
}

function isSame(stood: StandingResult, { score, grade, holds_until: holdsUntil }: Result): boolean {
  return stood.score === score && stood.grade === grade && stood.holdsUntil === holdsUntil
}

/** The digest over changed results in order of subject, as `summaryOf` computes it from the table. */
function digestOf(changed: Outcome['changed']): string {
  return createHash('sha256').update(changed.map(({ subjectId, score, grade, holdsUntil }) => `${subjectId} ${score} ${grade} ${holdsUntil ?? '-'}`).join('\n')).digest('hex')
}
