import type { JsonObject } from '../../kernel/json.ts'
import type { EntryType } from '../../engines/ledger/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { findAdoptionTerms, type AdoptionTerms } from './queries/adoptions.ts'
import { findRuns, summaryOf, type Run } from './queries/runs.ts'

/**
 * What a run says to the ledger. It commits to the model, the law, the day and to every result that it changed. Lines of scores are not
 * kept: they are reproducible from records and model.
 */
export function witnessOfRun({ key, hash, policyHash, on, cause, subjects, changed, ended, digest }: Omit<Run, 'runId'>): JsonObject {
  return { model: key, model_hash: hash, policy_hash: policyHash, on, cause, subjects, changed, ended, digest }
}

/**
 * While all results of a run still stand, the digest is computed from them anew, so that a result changed behind the acts' back shows. Once a
 * later run has replaced some, the kept digest speaks; then `listDrift` compares the results that stand with a fresh evaluation.
 */
async function runWitness(db: Queryable, runIds: number[]): Promise<Map<number, JsonObject>> {
  const standing = await summaryOf(db, runIds)
  return new Map((await findRuns(db, runIds)).map((run) => {
    const now = standing.get(run.runId)
    return [run.runId, witnessOfRun(now !== undefined && now.changed === run.changed ? { ...run, digest: now.digest } : run)]
  }))
}

/** What an adoption says to the ledger. The definition itself is committed to by its hash. */
export function witnessOfAdoption(given: Omit<AdoptionTerms, 'id'>): JsonObject {
  const { key, hash, origin, from, until } = given
  return { model: key, model_hash: hash, origin, in_force_from: from, in_force_until: until }
}

async function adoptionWitness(db: Queryable, adoptionIds: number[]): Promise<Map<number, JsonObject>> {
  return new Map((await findAdoptionTerms(db, adoptionIds)).map((row) => [row.id, witnessOfAdoption(row)]))
}

/** The kinds of entry of this module: 模型采用, 评价运行. */
export const evaluationEntryTypes: readonly EntryType[] = [
  { name: 'model.adopted', table: { relation: 'evaluation.model', key: 'adoption_id' }, witness: adoptionWitness },
  { name: 'evaluation.run', table: { relation: 'evaluation.run', key: 'run_id' }, witness: runWitness },
]
