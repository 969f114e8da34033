// @clause X.4
import type { World } from '../../engines/procedure/index.ts'
import { isPersonalNumber } from '../../kernel/codes/index.ts'
import type { Problem } from '../../kernel/refusal.ts'
import { fieldsSeen, holdsId, isSealedField, partyClassIn, sealedFields, withoutIds } from '../privacy/index.ts'
import type { FlaggedRow, RowAbout } from './queries/flagged.ts'
import type { CheckedRow } from './reading/checked-row.ts'

type Batch = { readonly batchId: number; readonly kind: string }
type Context = Pick<World, 'policy'> & { readonly world: Pick<World, 'sealing'> }

/** Where a sealed cell belongs: the field and the batch. */
export const placeOfCell = (id: string, batchId: number): string => `submissions.flagged_row.cells.${id}/${batchId}`

/** Cells with ids of persons sealed, also where they stand in a column of something else, and problems that repeat them masked. */
export function withoutPersons({ policy, world }: Context, { batchId, kind }: Batch, cells: Readonly<Record<string, string>>, problems: readonly Problem[]): Pick<FlaggedRow, 'cells' | 'problems'> {
  const ids = Object.keys(cells).filter((id) => isSealedField(policy, kind, id)).map((id) => cells[id]!)
  const masked = (said: string): string => withoutIds(policy, said, ids)
  return {
    cells: sealedFields(policy, world.sealing, kind, cells, (id) => placeOfCell(id, batchId)),
    problems: problems.map((one) => ({ ...one, message: { zh: masked(one.message.zh), en: masked(one.message.en) }, fix: { zh: masked(one.fix.zh), en: masked(one.fix.en) } })),
  }
}

/** What stands for a person's number in what a row is about: enough to tell when the same decision is sent again. */
export const personCode = (digest: string): string => `person:${digest}`

/** What a row is about, a person by the keyed digest of the id. An id in the place of a name is masked. */
export function knownBy(context: Context, batch: Batch, row: Pick<CheckedRow, 'about' | 'values'>): RowAbout {
  return allKnownBy(context, batch, row)[0]!
}

/** What an earlier row about the same may be known by: while the key of the digests changes a person by two. */
export function allKnownBy({ policy, world }: Context, { kind }: Batch, { about, values }: Pick<CheckedRow, 'about' | 'values'>): RowAbout[] {
  const { partyCode, partyName, documentNumber } = about
  const isPersons = partyCode !== null && (holdsId(policy, partyCode) || Object.keys(values).some((id) => values[id] === partyCode && isSealedField(policy, kind, id)))
  const known = {
    ...about, partyName: partyName && withoutIds(policy, partyName),
    // A number that is a person's is none of a document: the row comes again under another, and is known by party and day.
    documentNumber: documentNumber === null || isPersonalNumber(documentNumber) ? null : withoutIds(policy, documentNumber),
  }
  return isPersons ? world.sealing.digestsOf(partyCode).map((digest) => ({ ...known, partyCode: personCode(digest) })) : [known]
}

/** A row with its cells as they were sent (`whole`: whoever sends for the department needs them to correct it), or as officers see them. */
export function shownRow({ policy, sealing }: Pick<World, 'policy' | 'sealing'>, { batchId, kind }: Batch, row: FlaggedRow, how: 'whole' | 'internal'): FlaggedRow {
  const cells = Object.fromEntries(Object.entries(row.cells).map(([id, value]) => [id, sealing.open(value, placeOfCell(id, batchId))]))
  if (how === 'whole') return { ...row, cells }
  const seen = fieldsSeen(policy, kind, 'internal', partyClassIn(cells), cells)
  return { ...row, cells: Object.fromEntries(Object.entries(seen).map(([id, value]) => [id, value ?? ''])) }
}
