// @clause 12.1
import { z } from 'zod'
import { act, type ActContext } from '../../../engines/procedure/index.ts'
import { planBasis } from '../../../kernel/basis.ts'
import type { Queryable } from '../../../platform/db/index.ts'
import type { Day } from '../../../kernel/day.ts'
import { witnessOfImport } from '../entries.ts'
import { listDepartments, listPosts, listSections } from '../queries/departments.ts'
import { listDuties } from '../queries/duties.ts'
import { holdImports, insertImport } from '../queries/imports.ts'
import { findOfficerByNumber, listAllOfficers, listCertificates } from '../queries/officers.ts'
import { planChanged, workbookWrong } from '../refusals.ts'
import type { Standing, Step } from '../workbook/draft.ts'
import { planOf } from '../workbook/plan.ts'
import type { ReadWorkbook } from '../workbook/read.ts'
import { setDepartment, setDuty, setPost, setSection } from './departments.ts'
import { appointOfficer, departOfficer, noteCertificate, transferOfficer } from './officers.ts'

/** The organisation as it stands, to compare a workbook with. */
export async function standingOrganisation(db: Queryable, today: Day): Promise<Standing> {
  const officers = await listAllOfficers(db)
  return {
    departments: await listDepartments(db), sections: await listSections(db), posts: await listPosts(db), officers,
    certificates: await listCertificates(db, officers.map(({ officerId }) => officerId)), duties: await listDuties(db), today,
  }
}

/**
 * 导入组织机构. Does what the preview showed, all of it or nothing. Refuses `organisation-import.problems` while rows are wrong, and
 * `organisation-import.changed` when it would no longer do what the preview showed. Applied again, it does nothing.
 */
export const importOrganisation = act({
  name: 'organisation.import', permission: 'organisation.edit', basis: planBasis('organisation'),
  input: z.object({ file: z.string(), name: z.string(), plan: z.string(), read: z.custom<ReadWorkbook>() }),
  async run(context, { file, name, plan: shown, read }) {
    const { tx, now, today, actor, policy, enter } = context
    await holdImports(tx)
    const plan = planOf(policy, await standingOrganisation(tx, today), read)
    if (plan.problems.length > 0) throw workbookWrong(plan.problems.length)
    if (plan.digest !== shown) throw planChanged()
    const [added, changed] = [plan.rows.filter(({ what }) => what === 'new').length, plan.rows.filter(({ what }) => what === 'changed').length]
    if (plan.steps.length === 0) return { importId: null, added, changed, roles: 0 }
    for (const step of plan.steps) await take(context, step)
    const imported = { fileDigest: file, fileName: name, planDigest: plan.digest, added, changed }
    const importId = await insertImport(tx, imported, now, actor.id)
    await enter([{ name: 'organisation.imported', subjectId: null, aboutId: importId, body: witnessOfImport(imported) }])
    return { importId, added, changed, roles: plan.roles }
  },
})

const DO = { department: setDepartment, section: setSection, post: setPost, duty: setDuty, appoint: appointOfficer, transfer: transferOfficer, depart: departOfficer, certificate: noteCertificate }

async function take({ tx, world, actor }: ActContext, { do: what, number, input }: Step): Promise<void> {
  const officer = number === undefined || what === 'appoint' ? null : await findOfficerByNumber(tx, number)
  await DO[what].performIn(tx, world, actor, { ...input, ...(officer ? { officerId: officer.officerId } : {}) } as never)
}
