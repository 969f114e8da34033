// @clause 4.3
import { addDays, type Day } from '../../kernel/day.ts'
import type { ReceivedOf } from '../../kernel/endpoint.ts'
import type { Asked, World } from '../../engines/procedure/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import * as contract from './contract.ts'
import { digestOfSought } from './line.ts'
import { listAlarms } from './queries/alarms.ts'
import { settleAlarm } from './unusual.ts'
import { countTrail, listTrail, type TrailFilter } from './queries/trail.ts'
import { fileOfTrail } from './workbook.ts'

/** What the application knows beside the module: the key of digests, and which entries are about a record (a later module's). */
export type AuditParts = {
  readonly key: Uint8Array
  entriesOfRecord(db: Queryable, subjectId: number, recordId: number): Promise<TrailFilter['entries']>
}

/** The trail: searched, and as a file. */
export function auditRoutes(parts: AuditParts): readonly Route<Asked>[] {
  return [
    route(contract.listTrail, async ({ world }: Asked, { offset, limit, ...given }) => {
      const filter = await filterOf(world, parts, given)
      return { rows: (await listTrail(world.db, filter, { offset, limit })).map(shown), total: await countTrail(world.db, filter) }
    }),
    route(contract.exportTrail, async ({ world }: Asked, { form, ...given }) => {
      const filter = await filterOf(world, parts, given)
      return fileOfTrail(world, filter, await countTrail(world.db, filter), form)
    }),
    route(contract.listAlarms, async ({ world }: Asked, { open = false, ...page }) => listAlarms(world.db, { open, ...page })),
    route(contract.settleAlarm, async ({ world, actor, requestId }: Asked, input) => settleAlarm.perform(world, actor, input, { requestId })),
  ] as readonly Route<Asked>[]
}

async function filterOf(world: World, { key, entriesOfRecord }: AuditParts, given: Omit<ReceivedOf<typeof contract.exportTrail>, 'form'>): Promise<TrailFilter> {
  const { actor, department, subjectId, recordId, from, until, kind, outcome, purpose, sought } = given
  return {
    actor: actor || null, department: department || null, subjectId: subjectId ?? null, recordId: recordId ?? null, kind: kind ?? null, outcome: outcome ?? null, purpose: purpose || null,
    from: from === undefined ? null : startOf(from as Day), until: until === undefined ? null : startOf(addDays(until as Day, 1)), sought: sought ? digestOfSought(key, sought) : null,
    entries: recordId === undefined || subjectId === undefined ? null : await entriesOfRecord(world.db, subjectId, recordId),
  }
}

/** Midnight in China. */
function startOf(on: Day): Date {
  return new Date(`${on}T00:00:00+08:00`)
}

function shown(row: Awaited<ReturnType<typeof listTrail>>[number]) {
  return { ...row, roles: [...row.roles], subjectIds: [...row.subjectIds], recordIds: [...row.recordIds], asked: { ...row.asked }, reach: row.reach === null || row.reach === 'all' ? row.reach : { departments: [...row.reach.departments], sectors: [...row.reach.sectors], subjects: [...row.reach.subjects] } }
}
