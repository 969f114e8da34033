// @clause 12.1
import { act, type ActContext } from '../../../engines/procedure/index.ts'
import { planBasis } from '../../../kernel/basis.ts'
import { day, type Day } from '../../../kernel/day.ts'
import type { ReceivedOf } from '../../../kernel/endpoint.ts'
import { appointOfficer as appointShape, departOfficer as departShape, noteCertificate as noteShape, renameOfficer as renameShape, transferOfficer as transferShape, withdrawCertificate as withdrawShape } from '../contract.ts'
import { witnessOfCertificate, witnessOfDeparture, witnessOfOfficer, witnessOfPlacement, witnessOfRenaming, witnessOfWithdrawal } from '../entries.ts'
import { listPosts } from '../queries/departments.ts'
import { endOfficer, findCertificates, findCertificatesByNumber, insertCertificate, insertOfficer, withdrawCertificateRow, type Officer } from '../queries/officers.ts'
import { insertPlacement } from '../queries/placements.ts'
import { insertRenaming } from '../queries/renamings.ts'
import { certificateDays, certificateMissing, certificateTaken, numberTaken, nothingToMove, sameName, successorWrong } from '../refusals.ts'
import { endRights, mustNotAdminister, openDepartment, present, propose, sectionOf } from './present.ts'

const ground = planBasis('organisation')

/** 登记人员. Appoints an officer, with the enforcement certificate if there is one; roles that the post asks for are proposed. Refuses `officer.number-taken`, `department.unknown`, `department.closed`, `section.unknown`. */
export const appointOfficer = act({
  name: 'organisation.appoint', permission: 'organisation.edit', basis: ground, input: appointShape.input.omit({ requestId: true }),
  async run(context, { certificate, joinedOn, ...given }) {
    const { tx, now, today, actor, enter } = context
    await openDepartment(context, given.department)
    const officer = { ...given, section: await sectionOf(context, given.department, given.section ?? null), post: given.post ?? null, joinedOn: joinedOn === undefined ? today : day(joinedOn) }
    const officerId = await insertOfficer(tx, officer)
    if (officerId === null) throw numberTaken(given.number)
    await insertPlacement(tx, { officerId, ...officer, fromOn: officer.joinedOn, successorId: null, reason: null }, now, actor.id)
    await enter([{ name: 'officer.appointed', subjectId: null, aboutId: officerId, body: witnessOfOfficer(officer) }])
    if (certificate) await note(context, { officerId, number: certificate.number, issuedOn: dayOrNull(certificate.issuedOn), untilOn: dayOrNull(certificate.untilOn) })
    await propose(context, { officerId, ...officer }, await rolesOfPost(context, officer), officer.post ?? '')
    return { officerId }
  },
})

/**
 * 调动. Moves an officer to another department, section or post from today on. With the department everything that was held ends, because a role
 * reaches the data of the department: what the new post asks for (or, where it says nothing, what was held) is proposed anew. `successorId` takes over what
 * is left behind. Refuses `officer.has-left`, `officer.not-moved`, `officer.successor-wrong`, `officer.administers`.
 */
export const transferOfficer = act({ name: 'organisation.transfer', permission: 'organisation.edit', basis: ground, input: transferShape.input, async run(context, given) {
    if (given.department !== undefined && given.department !== (await present(context, given.officerId)).department) await mustNotAdminister(context, given.officerId)
    return move(context, given)
  } })

/** What a transfer does, in the caller's act. */
export async function move(context: ActContext, { officerId, successorId: named, reason, ...given }: ReceivedOf<typeof transferShape>): Promise<{ placementId: number }> {
  const successorId = named ?? null
  const { tx, now, today, actor, enter } = context
  const officer = await present(context, officerId)
  const to = { department: given.department ?? officer.department, section: null as string | null, post: given.post === undefined ? officer.post : (given.post || null) }
  const moves = to.department !== officer.department
  to.section = given.section === undefined ? (moves ? null : officer.section) : await sectionOf(context, to.department, given.section || null)
  await openDepartment(context, to.department)
  if (!moves && to.section === officer.section && to.post === officer.post) throw nothingToMove()
  if (successorId !== null) await mustSucceed(context, officer, successorId)
  const held = moves ? await endRights(context, officerId, '调动') : []
  const placed = { officerId, ...to, fromOn: today, successorId, reason }
  const placementId = await insertPlacement(tx, placed, now, actor.id)
  await enter([{ name: 'officer.placed', subjectId: null, aboutId: placementId, body: witnessOfPlacement(placed) }])
  const asked = await rolesOfPost(context, to)
  await propose(context, { officerId, ...to }, asked.length > 0 || !moves ? asked : held, reason)
  return { placementId }
}

/** 更名. Another name of an officer, by marriage or because it was noted wrongly; the earlier one stays in the history. Refuses `officer.has-left`, `officer.same-name`. */
export const renameOfficer = act({
  name: 'organisation.rename', permission: 'organisation.edit', basis: ground, input: renameShape.input,
  async run(context, { officerId, name, reason }) {
    const { tx, now, actor, enter } = context
    const { name: former } = await present(context, officerId)
    if (former === name) throw sameName()
    const renamed = { officerId, former, name, reason }
    const renamingId = await insertRenaming(tx, renamed, now, actor.id)
    await enter([{ name: 'officer.renamed', subjectId: null, aboutId: renamingId, body: witnessOfRenaming(renamed) }])
    return { renamingId }
  },
})

/** 离任. From today on the officer can do nothing: roles and delegations end, sessions see nothing from the next request on, work goes to the successor, else to the head of the section or department. Refuses `officer.successor-wrong`, `officer.administers`. */
export const departOfficer = act({
  name: 'organisation.depart', permission: 'organisation.edit', basis: ground, input: departShape.input,
  async run(context, { officerId, successorId = null }) {
    const { tx, today, enter } = context
    const officer = await present(context, officerId)
    await mustNotAdminister(context, officerId)
    if (successorId !== null) await mustSucceed(context, officer, successorId)
    await endRights(context, officerId, '离任')
    await endOfficer(tx, officerId, today, successorId)
    await enter([{ name: 'officer.left', subjectId: null, aboutId: officerId, body: witnessOfDeparture({ leftOn: today, successorId }) }])
    return { officerId: officer.officerId }
  },
})

/** 执法证登记、换发. Notes a certificate, or its renewal under the same or another number. Refuses `certificate.taken`, `certificate.days`. */
export const noteCertificate = act({
  name: 'organisation.note-certificate', permission: 'organisation.edit', basis: ground, input: noteShape.input,
  async run(context, { officerId, number, issuedOn, untilOn }) {
    await present(context, officerId)
    return { certificateId: await note(context, { officerId, number, issuedOn: dayOrNull(issuedOn), untilOn: dayOrNull(untilOn) }) }
  },
})

/** 执法证收回. From today on it is no good. Refuses `certificate.missing`. */
export const withdrawCertificate = act({
  name: 'organisation.withdraw-certificate', permission: 'organisation.edit', basis: ground, input: withdrawShape.input,
  async run({ tx, today, enter }, { certificateId, reason }) {
    if (!(await withdrawCertificateRow(tx, certificateId, today, reason))) throw certificateMissing()
    await enter([{ name: 'certificate.withdrawn', subjectId: null, aboutId: certificateId, body: witnessOfWithdrawal((await findCertificates(tx, [certificateId]))[0]!) }])
    return { certificateId }
  },
})

async function note({ tx, now, actor, enter }: ActContext, noted: { officerId: number; number: string; issuedOn: Day | null; untilOn: Day | null }): Promise<number> {
  if (noted.issuedOn !== null && noted.untilOn !== null && noted.untilOn < noted.issuedOn) throw certificateDays()
  if ((await findCertificatesByNumber(tx, noted.number)).some(({ officerId }) => officerId !== noted.officerId)) throw certificateTaken(noted.number)
  const certificateId = await insertCertificate(tx, noted, now, actor.id)
  await enter([{ name: 'certificate.noted', subjectId: null, aboutId: certificateId, body: witnessOfCertificate({ ...noted }) }])
  return certificateId
}

/** A successor is present, in the department that is left, and another. */
async function mustSucceed(context: ActContext, officer: Officer, successorId: number): Promise<void> {
  if (successorId === officer.officerId) throw successorWrong()
  if ((await present(context, successorId)).department !== officer.department) throw successorWrong()
}

async function rolesOfPost({ tx, today }: ActContext, { department, section, post }: Pick<Officer, 'department' | 'section' | 'post'>): Promise<readonly string[]> {
  if (post === null) return []
  const named = (await listPosts(tx)).filter((one) => one.department === department && one.zh === post && (one.closedOn === null || one.closedOn > today))
  return (named.find((one) => one.section === section) ?? named.find((one) => one.section === null))?.roles ?? []
}

function dayOrNull(given: string | undefined): Day | null {
  return given === undefined ? null : day(given)
}
