import type { Day } from '../../kernel/day.ts'
import type { ActContext } from '../../engines/procedure/index.ts'
import { witnessOfRun } from './entries.ts'
import { FEW, rescoreFew } from './few.ts'
import { modelsInForce, type Adoption } from './models.ts'
import { listApplied, setApplied } from './queries/adoptions.ts'
import { keysConcerning, listExpiring, score, type Cause, type Run, type Scope } from './queries/runs.ts'

/**
 * Makes the population stand scored by the models in force on a day: those that came into force or changed are run over everybody, the results of
 * those that went out of force fall away. Idle when nothing changed. A day before the last such change is left as it is.
 */
export async function applyModels(context: ActContext, adoptions: readonly Adoption[], on: Day): Promise<Run[]> {
  const applied = await listApplied(context.tx)
  if (applied.some(({ appliedOn }) => appliedOn > on)) return []
  const inForce = modelsInForce(adoptions, on)
  const runs: Run[] = []
  for (const { key, hash } of applied) {
    if (inForce.some(({ model }) => model.key === key)) continue
    runs.push(...(await runOver(context, { key, model: null, hash, on, scope: 'all', cause: 'model' })))
    await setApplied(context.tx, key, null, on)
  }
  for (const one of inForce) {
    const { key } = one.model
    if (applied.some((other) => other.key === key && other.hash === one.hash)) continue
    runs.push(...(await runOver(context, { key, model: one, hash: one.hash, on, scope: 'all', cause: 'model' })))
    await setApplied(context.tx, key, one.hash, on)
  }
  return runs
}

/** Scores some subjects by every model that concerns them: a few in the process, many by one statement a model. Both give the same, to the last digit. */
export async function rescoreSubjects(context: ActContext, adoptions: readonly Adoption[], on: Day, subjects: readonly number[], cause: Cause): Promise<Run[]> {
  if (subjects.length === 0) return []
  const inForce = modelsInForce(adoptions, on)
  if (subjects.length <= FEW) return rescoreFew(context, inForce, on, subjects, cause)
  const { sectors, keys } = await keysConcerning(context.tx, subjects)
  const concerning = inForce.filter(({ model: { key, sector } }) => sector === 'all' || sectors.has(sector) || keys.has(key))
  const runs: Run[] = []
  for (const one of concerning) runs.push(...(await runOver(context, { key: one.model.key, model: one, hash: one.hash, on, scope: { subjects }, cause })))
  return runs
}

/** Scores exactly those subjects whose result expires by a day. */
export async function rescoreExpiring(context: ActContext, adoptions: readonly Adoption[], on: Day): Promise<Run[]> {
  const expiring = await listExpiring(context.tx, on)
  const runs: Run[] = []
  for (const one of modelsInForce(adoptions, on)) {
    const subjects = expiring.get(one.model.key)
    if (subjects) runs.push(...(await runOver(context, { key: one.model.key, model: one, hash: one.hash, on, scope: { subjects }, cause: 'daily' })))
  }
  return runs
}

/** One evaluation of a model over a scope, with its entry. One that came out as before leaves no trace, unless the model is why: its results are the ones that stand. */
export async function runOver(context: ActContext, given: { key: string; model: Adoption | null; hash: string; on: Day; scope: Scope; cause: Cause }): Promise<Run[]> {
  const { tx, now, policy, enter } = context
  const run = await score(tx, { ...given, policyHash: policy.hash, at: now })
  if (run === null) return []
  await enter([{ name: 'evaluation.run', subjectId: null, aboutId: run.runId, body: witnessOfRun(run) }])
  return [run]
}
