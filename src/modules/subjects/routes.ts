// @clause 4.1
import type { PolicyBook } from '../../engines/policy/index.ts'
import { reachOf, type Asked } from '../../engines/procedure/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { mustHavePurpose } from '../privacy/index.ts'
import * as acts from './acts.ts'
import * as contract from './contract.ts'
import { idsFor, listSubjects, type ListedSubject } from './queries/list.ts'
import { getSubject } from './queries/page.ts'
import { mustReachSubject } from './queries/reach.ts'
import { shownChanges, shownCodes, shownNames, shownSubject } from './shown.ts'
import { titlesOf } from './titles.ts'

/** What the module answers over HTTP. */
export const subjectRoutes: readonly Route<Asked>[] = [
  route(contract.listSubjects, async ({ world, actor }: Asked, { offset, limit, ...filter }) => {
    const { rows, total } = await listSubjects(world.db, { ...filter, within: reachOf(actor, 'subjects.read'), ids: idsFor(world, actor) }, { offset, limit })
    return { rows: rows.map((row) => withTitles(world.policy, shownSubject(world.policy, row))), total }
  }),
  route(contract.getSubject, async ({ world, actor, purpose }: Asked, { subjectId, full }) => {
    await mustReachSubject(world.db, actor, 'subjects.read', subjectId)
    const { content, names, registrations } = await getSubject(world.db, world.sealing, subjectId)
    const { codes, codeNote, ...row } = content
    if (full) mustHavePurpose(actor, purpose, row.department)
    const seen = full ? 'full' : 'internal'
    return {
      ...withTitles(world.policy, shownSubject(world.policy, { ...row, subjectId, foundBy: null }, seen)), codeNote, names: shownNames(world.policy, row.type, names, seen), identifiers: shownCodes(world.policy, codes, seen),
      registrations: registrations.map((one) => ({ ...one, changes: shownChanges(world.policy, row.type, one.changes, seen) })),
    }
  }),
  route(contract.admitSubject, ({ world, actor, requestId }: Asked, input) => acts.admitSubject.perform(world, actor, input, { requestId })),
]

function withTitles(policy: PolicyBook, row: ListedSubject) {
  const titles = titlesOf(policy)
  return { ...row, sectors: [...row.sectors], industryTitle: titles.industry(row.industry), placeTitle: titles.place(row.place) }
}
