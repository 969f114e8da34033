// @clause 4.3
import type { Queryable } from '../../platform/db/index.ts'
import { nameOfficers } from '../identity/index.ts'
import { listAlarms, type AlarmRow } from './queries/alarms.ts'
import { listTrail, type TrailFilter, type TrailRow } from './queries/trail.ts'

/** A line with the name that the officer had then; of an entry the officer's department, too, which the ledger does not tell. */
export type NamedRow = TrailRow & { readonly name: string | null }

/** A page of the trail, with who it was. */
export async function listNamedTrail(db: Queryable, filter: TrailFilter, window: { readonly offset: number; readonly limit: number }): Promise<NamedRow[]> {
  const rows = await listTrail(db, filter, window)
  const officers = await nameOfficers(db, rows)
  return rows.map((row, place) => ({ ...row, name: officers[place]?.name ?? null, department: row.department ?? officers[place]?.department ?? null }))
}

/** A page of the alarms, with whom each is about and who settled it. */
export async function listNamedAlarms(db: Queryable, given: Parameters<typeof listAlarms>[1]): Promise<{ rows: (AlarmRow & { readonly name: string | null; readonly settledByName: string | null })[]; total: number }> {
  const { rows, total } = await listAlarms(db, given)
  const about = await nameOfficers(db, rows.map(({ actor, untilAt }) => ({ actor, at: untilAt })))
  const settled = await nameOfficers(db, rows.map(({ settledBy, settledAt, raisedAt }) => ({ actor: settledBy ?? '', at: settledAt ?? raisedAt })))
  return { rows: rows.map((row, place) => ({ ...row, name: about[place]?.name ?? null, settledByName: settled[place]?.name ?? null })), total }
}
