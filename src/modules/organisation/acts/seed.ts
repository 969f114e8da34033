// @clause 12.1
import { z } from 'zod'
import { act, systemActor, type World } from '../../../engines/procedure/index.ts'
import { planBasis } from '../../../kernel/basis.ts'
import { canonicalJson } from '../../../kernel/json.ts'
import { witnessOfDepartment, witnessOfDuty } from '../entries.ts'
import { departmentsOf, dutiesOf, type Department, type Duty } from '../organisation.ts'
import { insertDepartments, listSeededDepartments } from '../queries/departments.ts'
import { insertDuty, listSeededDuties } from '../queries/duties.ts'

const ground = planBasis('organisation')
const keyOf = ({ clause, department, sector }: Duty) => `${clause}/${department}/${sector ?? ''}`

/**
 * 采用政策包中的部门和职责: those that are new or changed in the policy folder since it last set them. What an administrator set since then stays.
 * Idle when there are none.
 */
const adopt = act({
  name: 'organisation.adopt-departments', permission: 'organisation.edit', basis: ground, input: z.object({}),
  async run({ tx, now, policy, enter }) {
    const seeds: Department[] = departmentsOf(policy).map((one) => ({ kind: 'department', parent: null, closedOn: null, mergedInto: null, ...one }))
    const seeded = new Map((await listSeededDepartments(tx)).map((one) => [one.key, canonicalJson(witnessOfDepartment(one))]))
    const changed = seeds.filter((one) => seeded.get(one.key) !== canonicalJson(witnessOfDepartment(one)))
    if (changed.length > 0) {
      const ids = await insertDepartments(tx, changed, now, null)
      await enter(changed.map((one, at) => ({ name: 'department.set', subjectId: null, aboutId: ids[at]!, body: witnessOfDepartment(one) })))
    }
    const known = new Map((await listSeededDuties(tx)).map((one) => [keyOf(one), one]))
    const wanted = dutiesOf(policy)
    const gone = [...known.values()].filter((one) => one.part !== 'ended' && !wanted.some((duty) => keyOf(duty) === keyOf(one))).map((one): Duty => ({ ...one, part: 'ended' }))
    const due = wanted.filter((one) => { const before = known.get(keyOf(one)); return !before || canonicalJson(witnessOfDuty(before)) !== canonicalJson(witnessOfDuty(one)) })
    for (const duty of [...due, ...gone]) {
      const dutyId = await insertDuty(tx, duty, now, null)
      await enter([{ name: 'duty.set', subjectId: null, aboutId: dutyId, body: witnessOfDuty(duty) }])
    }
  },
})

/** Sets the departments and duties of the policy folder, at every start. */
export async function adoptDepartments(world: World): Promise<void> {
  await adopt.perform(world, systemActor('organisation'), {})
}
