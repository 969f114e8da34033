// @clause 12.1
import { act } from '../../../engines/procedure/index.ts'
import { planBasis } from '../../../kernel/basis.ts'
import { isUscc } from '../../../kernel/codes/index.ts'
import { setDepartment as setShape, setDuty as dutyShape, setPost as postShape, setSection as sectionShape } from '../contract.ts'
import { witnessOfDepartment, witnessOfDuty, witnessOfPost, witnessOfSection } from '../entries.ts'
import { sectorsOf, type Department } from '../organisation.ts'
import { insertDepartments, insertPost, insertSection, listDepartments } from '../queries/departments.ts'
import { insertDuty, listDuties } from '../queries/duties.ts'
import { listAllOfficers } from '../queries/officers.ts'
import { departmentUnknown, dutyMissing, intoItself, sectionInUse, sectorUnknown, usccWrong } from '../refusals.ts'
import { grantableRole } from '../roles.ts'
import { openDepartment, propose, sectionOf } from './present.ts'

const ground = planBasis('organisation')

/** 设置部门. A new department, association or agency, or other names, codes, parent or sector of one: earlier versions stay. Refuses `department.uscc`, `department.unknown` (the parent), `sector.unknown`. */
export const setDepartment = act({
  name: 'organisation.set-department', permission: 'organisation.edit', basis: ground, input: setShape.input,
  async run(context, { reason = null, ...given }) {
    const { tx, now, actor, policy, enter } = context
    if (!isUscc(given.uscc)) throw usccWrong(given.uscc)
    const sector = given.sector ?? null
    if (sector !== null && !sectorsOf(policy).some(({ key }) => key === sector)) throw sectorUnknown(sector)
    const parent = given.parent ?? null
    if (parent === given.key) throw intoItself()
    if (parent !== null) await openDepartment(context, parent)
    const standing = (await listDepartments(tx)).find(({ key }) => key === given.key)
    const made: Department = { ...given, sector, parent, role: given.role ?? standing?.role ?? 'department', kind: given.kind ?? standing?.kind ?? 'department', closedOn: null, mergedInto: null }
    const [departmentId] = await insertDepartments(tx, [made], now, actor.id, reason)
    await enter([{ name: 'department.set', subjectId: null, aboutId: departmentId!, body: witnessOfDepartment(made) }])
    return { departmentId: departmentId! }
  },
})

/** 设置科室. A new section, another name of one, or its end. Refuses `section.in-use` while people are there. */
export const setSection = act({
  name: 'organisation.set-section', permission: 'organisation.edit', basis: ground, input: sectionShape.input,
  async run(context, { closed = false, ...given }) {
    const { tx, now, today, actor, enter } = context
    await openDepartment(context, given.department)
    const people = closed ? (await listAllOfficers(tx)).filter((one) => one.department === given.department && one.section === given.key && (one.leftOn === null || one.leftOn > today)) : []
    if (people.length > 0) throw sectionInUse(people.length)
    const made = { ...given, closedOn: closed ? today : null }
    const sectionId = await insertSection(tx, made, now, actor.id)
    await enter([{ name: 'section.set', subjectId: null, aboutId: sectionId, body: witnessOfSection(made) }])
    return { sectionId }
  },
})

/** 设置岗位. A post with the roles that it asks for; for whoever has it they are proposed. Refuses `role.unknown`, `section.unknown`. */
export const setPost = act({
  name: 'organisation.set-post', permission: 'organisation.edit', basis: ground, input: postShape.input,
  async run(context, { closed = false, ...given }) {
    const { tx, now, today, actor, policy, enter } = context
    await openDepartment(context, given.department)
    for (const role of given.roles) grantableRole(policy, role)
    const made = { ...given, section: await sectionOf(context, given.department, given.section ?? null), closedOn: closed ? today : null }
    const postId = await insertPost(tx, made, now, actor.id)
    await enter([{ name: 'post.set', subjectId: null, aboutId: postId, body: witnessOfPost(made) }])
    if (!closed) {
      const there = (await listAllOfficers(tx)).filter((one) => one.department === made.department && one.post === made.zh && (made.section === null || one.section === made.section) && (one.leftOn === null || one.leftOn > today))
      for (const officer of there) await propose(context, officer, made.roles, made.zh)
    }
    return { postId }
  },
})

/** 设置职责. Which department leads or supports a clause, for one sector or for all; `ended` takes the duty away. Refuses `duty.missing`, `department.unknown`, `sector.unknown`. */
export const setDuty = act({
  name: 'organisation.set-duty', permission: 'organisation.edit', basis: ground, input: dutyShape.input,
  async run(context, { sector = null, note = null, ...given }) {
    const { tx, now, actor, policy, enter } = context
    if (given.part === 'ended') {
      if (!(await listDepartments(tx)).some(({ key }) => key === given.department)) throw departmentUnknown(given.department)
      if (!(await listDuties(tx)).some((one) => one.clause === given.clause && one.department === given.department && one.sector === sector)) throw dutyMissing()
    } else await openDepartment(context, given.department)
    if (sector !== null && !sectorsOf(policy).some(({ key }) => key === sector)) throw sectorUnknown(sector)
    const made = { ...given, sector, note }
    const dutyId = await insertDuty(tx, made, now, actor.id)
    await enter([{ name: 'duty.set', subjectId: null, aboutId: dutyId, body: witnessOfDuty(made) }])
    return { dutyId }
  },
})
