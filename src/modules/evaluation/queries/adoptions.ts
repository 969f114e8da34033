import type { Day } from '../../../kernel/day.ts'
import { parseModel, type Model } from '../../../engines/scoring/index.ts'
import { given, sql, type Queryable, type Tx } from '../../../platform/db/index.ts'
import type { Adoption } from '../models.ts'

type Row = { adoption_id: number; model_hash: string; definition: unknown; origin: 'policy' | 'imported'; adopted_at: Date; adopted_by: string }

// Definitions are written once and never changed: each is read and parsed once a process.
const parsed = new Map<string, Model>()

/** Every adoption of a model, in order. */
export async function listAdoptions(db: Queryable): Promise<Adoption[]> {
  const { rows } = await sql<Row>`select adoption_id, model_hash, case when model_hash = any(${[...parsed.keys()]}::text[]) then null else definition end as definition, origin, adopted_at, adopted_by
    from evaluation.model order by adoption_id`.execute(db)
  return rows.map((row) => ({ adoptionId: row.adoption_id, hash: row.model_hash, model: modelOf(row), origin: row.origin, adoptedAt: row.adopted_at, adoptedBy: row.adopted_by }))
}

/** Writes adoptions; gives them back with their numbers, in the given order. */
export async function insertAdoptions(tx: Tx, adoptions: readonly Omit<Adoption, 'adoptionId'>[]): Promise<Adoption[]> {
  if (adoptions.length === 0) return []
  const { rows } = await sql<{ id: number }>`select nextval('evaluation.adoption_id') as id from generate_series(1, ${adoptions.length}) order by 1`.execute(tx)
  const numbered = adoptions.map((one, at) => ({ ...one, adoptionId: rows[at]!.id }))
  await sql`insert into evaluation.model (adoption_id, model_key, model_hash, definition, origin, in_force_from, in_force_until, adopted_at, adopted_by)
    select adoption_id, model_key, model_hash, definition::jsonb, origin, in_force_from, in_force_until, adopted_at, adopted_by from ${given({
      adoption_id: ['bigint', numbered.map(({ adoptionId }) => adoptionId)],
      model_key: ['text', numbered.map(({ model }) => model.key)],
      model_hash: ['text', numbered.map(({ hash }) => hash)],
      definition: ['text', numbered.map(({ model }) => JSON.stringify(model))],
      origin: ['text', numbered.map(({ origin }) => origin)],
      in_force_from: ['date', numbered.map(({ model }) => model.in_force.from)],
      in_force_until: ['date', numbered.map(({ model }) => model.in_force.until)],
      adopted_at: ['timestamptz', numbered.map(({ adoptedAt }) => adoptedAt)],
      adopted_by: ['text', numbered.map(({ adoptedBy }) => adoptedBy)],
    })}`.execute(tx)
  return numbered
}

/** A model by which the population stands scored. */
export type AppliedModel = { readonly key: string; readonly hash: string; readonly appliedOn: Day }

/** The models by which the whole population stands scored. */
export async function listApplied(db: Queryable): Promise<AppliedModel[]> {
  const { rows } = await sql<AppliedModel>`select model_key as key, model_hash as hash, applied_on as "appliedOn" from evaluation.applied_model`.execute(db)
  return rows
}

/** Notes that the population stands scored by a model, or (hash null) no more. */
export async function setApplied(tx: Tx, key: string, hash: string | null, on: Day): Promise<void> {
  if (hash === null) await sql`delete from evaluation.applied_model where model_key = ${key}`.execute(tx)
  else {
    await sql`insert into evaluation.applied_model (model_key, model_hash, applied_on) values (${key}, ${hash}, ${on})
      on conflict (model_key) do update set model_hash = excluded.model_hash, applied_on = excluded.applied_on`.execute(tx)
  }
}

function modelOf({ model_hash: hash, definition }: Row): Model {
  return parsed.get(hash) ?? parsed.set(hash, parseModel(definition)).get(hash)!
}

/** One writer of models and results at a time: an older run must never overwrite what a newer one saw. Held until the transaction ends. */
export async function evaluationLock(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('evaluation'))`.execute(tx)
}

/** What is known of an adoption beside its definition. */
export type AdoptionTerms = { readonly id: number; readonly key: string; readonly hash: string; readonly origin: string; readonly from: string; readonly until: string | null }

/** Adoptions by number. */
export async function findAdoptionTerms(db: Queryable, adoptionIds: readonly number[]): Promise<AdoptionTerms[]> {
  const { rows } = await sql<AdoptionTerms>`select adoption_id as id, model_key as key, model_hash as hash, origin, in_force_from as from, in_force_until as until
    from evaluation.model where adoption_id = any(${[...adoptionIds]}::bigint[])`.execute(db)
  return rows
}
