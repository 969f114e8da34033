import type { ActContext, Said } from '../../engines/procedure/index.ts'
import type { BatchInHand, RowInHand, RowOutcome, SubjectFields as SentFields, SubmissionKind } from '../submissions/index.ts'
import { shownName } from '../privacy/index.ts'
import { fieldsOfRow } from './fields.ts'
import { codeKey, findOwners, findRegistered, listAdmittedCodes } from './queries/codes.ts'
import { holdRegister, insertRegistrations, newSubjectIds, type NewRegistration } from './queries/write.ts'
import { witnessOf } from './entries.ts'
import { sealedContent } from './persons.ts'
import { registerRow, type Identifier, type Registered, type SubjectFields } from './subjects.ts'

/** Registers rows of a file (主体信息报送): new subjects, changes, or nothing new. A chunk costs a handful of statements. */
export async function registerRows(context: ActContext, batch: BatchInHand, rows: readonly RowInHand<SubjectFields>[]): Promise<RowOutcome[]> {
  await holdRegister(context.tx)
  const codes = rows.flatMap(({ fields }) => fields.codes)
  const [owners, ids] = [await findOwners(context.tx, context.world.sealing, codes), await newSubjectIds(context.tx, rows.length)]
  const present = await findRegistered(context.tx, context.world.sealing, [...owners.values()])
  const ownedBy = new Map<string, Registered>([...owners].flatMap(([key, id]) => (present.has(id) ? [[key, present.get(id)!] as const] : [])))
  // What earlier rows of the same chunk did is seen by later ones.
  const current = new Map<number, Registered>()
  const ownerOf = (code: Identifier) => {
    const owner = ownedBy.get(codeKey(code))
    return owner && (current.get(owner.subjectId) ?? owner)
  }
  const registrations: Omit<NewRegistration, 'stored'>[] = []
  const outcomes = rows.map(({ rowNumber, fields, warnings }, at): RowOutcome => {
    const done = registerRow(fields, ownerOf, () => ids[at]!, batch.receivedOn, (type, name) => shownName(context.policy, type, name))
    if (done.outcome === 'rejected') return { rowNumber, outcome: 'rejected', problems: done.problems }
    if (done.outcome !== 'unchanged') {
      current.set(done.next.subjectId, done.next)
      for (const code of done.next.content.codes) ownedBy.set(codeKey(code), done.next)
      registrations.push({ next: done.next, first: done.outcome === 'accepted', effectiveOn: done.effectiveOn, rowNumber, reason: null })
    }
    return { rowNumber, outcome: done.outcome, warnings: [...warnings, ...done.warnings] }
  })
  await writeRegistrations(context, registrations, batch.batchId)
  return outcomes
}

/** Writes registrations with their entries. `name` is the entry's name where it is not that of an ordinary registration or change. */
export async function writeRegistrations({ tx, now, actor, enter, world: { sealing } }: ActContext, decided: readonly Omit<NewRegistration, 'stored'>[], batchId: number | null, name?: string): Promise<void> {
  const registrations = decided.map((one) => ({ ...one, stored: sealedContent(sealing, one.next.subjectId, one.next.content) }))
  const ids = await insertRegistrations(tx, sealing, registrations, { batchId, actor: actor.id, at: now })
  await enter(registrations.map(({ next, stored, first, effectiveOn, rowNumber, reason }, at): Said => ({
    name: name ?? (first ? 'subject.registered' : 'subject.changed'), subjectId: next.subjectId, aboutId: ids[at]!,
    body: witnessOf({ content: stored, effectiveOn, batchId, rowNumber, reason }),
  })))
}

/** Subjects as departments send them in. */
export const subjectKind: SubmissionKind<SentFields> = {
  kind: 'subject', standard: 'subject', admittedCodes: listAdmittedCodes,
  take: (context, batch, rows) => registerRows(context, batch, rows.map((row) => {
    const { fields, warnings } = fieldsOfRow(context.policy, row.fields)
    return { rowNumber: row.rowNumber, fields, warnings }
  })),
}
