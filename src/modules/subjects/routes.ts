// @clause 4.1, X.4
import { isDeepStrictEqual } from 'node:util'
import type { PolicyBook } from '../../engines/policy/index.ts'
import { reachOf, type Asked } from '../../engines/procedure/index.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { audienceInList, audienceOf, maySeeInFull, mustHavePurpose, type Audience } from '../privacy/index.ts'
import * as acts from './acts.ts'
import * as contract from './contract.ts'
import { withMarks, type ObjectedOf } from './objected.ts'
import { idsFor, listSubjects, type ListedSubject } from './queries/list.ts'
import { getSubject } from './queries/page.ts'
import { mustReachSubject } from './queries/reach.ts'
import { shownCodes, shownNames, shownRegistrations, shownSubject } from './shown.ts'
import { titlesOf } from './titles.ts'

/** What the module answers over HTTP. */
export const subjectRoutes = (objectedOf: ObjectedOf): readonly Route<Asked>[] => [
  route(contract.listSubjects, async (asked: Asked, { offset, limit, ...filter }) => {
    const { world, actor } = asked
    const { rows, total } = await listSubjects(world.db, { ...filter, within: reachOf(actor, 'subjects.read'), ids: idsFor(world, actor) }, { offset, limit })
    return { rows: await withMarks(world.db, objectedOf, rows.map((row) => withTitles(world.policy, shownSubject(world.policy, row, audienceInList(asked, row.department) === 'public' ? 'shared' : 'internal')))), total }
  }),
  route(contract.getSubject, async (asked: Asked, { subjectId, full }) => {
    const { world, actor, purpose } = asked
    await mustReachSubject(world.db, actor, 'subjects.read', subjectId)
    const { content, names, registrations } = await getSubject(world.db, world.sealing, subjectId)
    const { codes, codeNote, ...row } = content
    if (full) mustHavePurpose(actor, purpose, row.department)
    const { policy } = world
    const seenAs = (audience: Audience) => ({
      ...withTitles(policy, shownSubject(policy, { ...row, subjectId, foundBy: null }, audience)), codeNote: audience === 'public' ? null : codeNote, names: shownNames(policy, row.type, names, audience),
      identifiers: shownCodes(policy, row.type, codes, audience), registrations: shownRegistrations(policy, row.type, registrations, audience),
    })
    const [whole, internal, shown] = [seenAs('full'), seenAs('internal'), seenAs(full ? 'full' : audienceOf(asked, row.department))]
    const [marked] = await withMarks(world.db, objectedOf, [shown])
    return { ...marked!, withheld: !full && !isDeepStrictEqual(shown, internal), masked: !isDeepStrictEqual(internal, whole), mayFull: maySeeInFull(actor, row.department) }
  }),
  route(contract.admitSubject, ({ world, actor, requestId }: Asked, input) => acts.admitSubject.perform(world, actor, input, { requestId })),
]

function withTitles(policy: PolicyBook, row: ListedSubject) {
  const titles = titlesOf(policy)
  return { ...row, sectors: [...row.sectors], industryTitle: titles.industry(row.industry), placeTitle: titles.place(row.place) }
}
