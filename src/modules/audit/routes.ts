// @clause 4.3
import { addDays, dayOf, startOf, type Day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text, type Text } from '../../kernel/text.ts'
import type { ReceivedOf } from '../../kernel/endpoint.ts'
import type { Asked, World } from '../../engines/procedure/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { proveArchive } from './archive-proof.ts'
import * as contract from './contract.ts'
import { listOfficersCalled } from '../identity/index.ts'
import { digestOfSought } from './line.ts'
import { listNamedAlarms, listNamedTrail } from './named.ts'
import { findArchives, listArchives } from './queries/archives.ts'
import { settleAlarm } from './unusual.ts'
import { countTrail, type TrailFilter } from './queries/trail.ts'
import { fileOfTrail } from './workbook.ts'

/** What the application knows beside the module: the key of digests, and which entries are about a record (a later module's). */
export type AuditParts = {
  readonly key: Uint8Array
  entriesOfRecord(db: Queryable, subjectId: number, recordId: number): Promise<TrailFilter['entries']>
  /** What a route does, in words. */
  titleOf(method: string, path: string): Text | null
}

/** The trail: searched, and as a file. */
export function auditRoutes(parts: AuditParts): readonly Route<Asked>[] {
  return [
    route(contract.listTrail, async ({ world }: Asked, { offset, limit, ...given }) => {
      const filter = await filterOf(world, parts, given)
      return { rows: (await listNamedTrail(world.db, filter, { offset, limit })).map((row) => shown(row, parts)), total: await countTrail(world.db, filter) }
    }),
    route(contract.exportTrail, async ({ world }: Asked, { form, ...given }) => {
      const filter = await filterOf(world, parts, given)
      return fileOfTrail(world, filter, await countTrail(world.db, filter), form)
    }),
    route(contract.noteExport, async (_asked: Asked, { rows }) => ({ rows })),
    route(contract.listArchives, async ({ world }: Asked) => ({ years: world.policy.on(dayOf(world.clock.now())).value<number>('audit/keep-trail'), rows: await listArchives(world.db) })),
    route(contract.downloadArchive, async ({ world }: Asked, { sealId }) => {
      const [archive] = await findArchives(world.db, [sealId])
      if (!archive) throw archiveMissing()
      return { fileName: `trail-${String(sealId).padStart(6, '0')}.jsonl.gz`, contentType: 'application/gzip', stream: await world.files.read(archive.file), rows: archive.rows }
    }),
    route(contract.proveArchive, async ({ world }: Asked, { sealId, size }) => {
      if ((await findArchives(world.db, [sealId])).length === 0) throw archiveMissing()
      return { proof: await proveArchive(world.db, sealId, size) }
    }),
    route(contract.listAlarms, async ({ world }: Asked, { open = false, ...page }) => listNamedAlarms(world.db, { open, ...page })),
    route(contract.settleAlarm, async ({ world, actor, requestId }: Asked, input) => settleAlarm.perform(world, actor, input, { requestId })),
  ] as readonly Route<Asked>[]
}

async function filterOf(world: World, { key, entriesOfRecord }: AuditParts, given: Omit<ReceivedOf<typeof contract.exportTrail>, 'form'>): Promise<TrailFilter> {
  const { actor, find, department, subjectId, recordId, from, until, kind, outcome, purpose, sought } = given
  const called = find ? await listOfficersCalled(world.db, find) : null
  return {
    actors: !actor ? called : called === null || called.includes(actor) ? [actor] : [], department: department || null, subjectId: subjectId ?? null, recordId: recordId ?? null, kind: kind ?? null, outcome: outcome ?? null, purpose: purpose || null,
    // The first day that can be written begins here in a year that no database knows, and the day after the last one is none.
    from: from === undefined || from <= '0001-01-01' ? null : startOf(from as Day),
    until: until === undefined || until >= '9999-12-31' ? null : startOf(addDays(until as Day, 1)), sought: sought ? digestOfSought(key, sought) : null,
    entries: recordId === undefined || subjectId === undefined ? null : await entriesOfRecord(world.db, subjectId, recordId),
  }
}

function archiveMissing(): Refusal {
  return new Refusal({ code: 'archive.missing', status: 404, message: text('没有这份归档', 'There is no such archive'), fix: text('请核对编号；归档一览见 xinheng audit archives', 'Check the number; xinheng audit archives lists them') })
}

function shown(row: Awaited<ReturnType<typeof listNamedTrail>>[number], { titleOf }: AuditParts) {
  return { ...row, title: row.method === null ? null : titleOf(row.method, row.what), roles: [...row.roles], subjectIds: [...row.subjectIds], recordIds: [...row.recordIds], asked: { ...row.asked }, reach: row.reach === null || row.reach === 'all' ? row.reach : { departments: [...row.reach.departments], sectors: [...row.reach.sectors], subjects: [...row.reach.subjects] } }
}
