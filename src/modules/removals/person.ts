// @clause X.4
import type { HeldOfPerson, PersonPlace, SoughtPerson, World } from '../../engines/procedure/index.ts'
import { formsOfId } from '../../kernel/codes/index.ts'
import { dayOf } from '../../kernel/day.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { actorOfPerson, findAccountByName } from '../identity/index.ts'
import { findPersons } from '../subjects/index.ts'
import type { Removal } from './queries/removals.ts'
import { accountUnknown, personNeeded } from './removals.ts'

/** How a person is named in a request: by the number of an identity document, or by the own account. */
export type NamedPerson = { readonly idNumber: string | null; readonly accountId: number | null }

/** Where the number of a request is sealed for. */
export const placeOfNumber = (removalId: number): string => `removals.removal.id_sealed/${removalId}`

/** Whom a form names. Refuses `removal.person-needed`, `removal.account-unknown`. */
export async function namedPerson(db: Queryable, { idNumber, userName }: { readonly idNumber?: string | undefined; readonly userName?: string | undefined }): Promise<NamedPerson> {
  if (Boolean(idNumber) === Boolean(userName)) throw personNeeded()
  if (idNumber) return { idNumber: idNumber.normalize('NFKC').replace(/\s/g, '').toUpperCase(), accountId: null }
  const account = await findAccountByName(db, userName!)
  if (account === null || account.officerId !== null) throw accountUnknown()
  return { idNumber: null, accountId: account.accountId }
}

/** Whom a request is about. */
export function personOf({ removalId, idSealed, accountId }: Removal, { sealing }: Pick<World, 'sealing'>): NamedPerson {
  return { idNumber: idSealed === null ? null : sealing.open(idSealed, placeOfNumber(removalId)), accountId }
}

/** By what the modules know the person. */
export async function soughtPerson(db: Queryable, { sealing }: Pick<World, 'sealing'>, { idNumber, accountId }: NamedPerson): Promise<SoughtPerson> {
  return {
    idDigests: idNumber === null ? [] : formsOfId(idNumber).flatMap(sealing.digestsOf), subjectIds: idNumber === null ? [] : await findPersons(db, sealing, idNumber),
    accountIds: accountId === null ? [] : [accountId], actors: accountId === null ? [] : [actorOfPerson(accountId)],
  }
}

/** What is held of a person (持有情况), place by place. */
export async function heldOf(db: Queryable, { policy, clock, sealing }: Pick<World, 'policy' | 'clock' | 'sealing'>, places: readonly PersonPlace[], person: SoughtPerson): Promise<HeldOfPerson[]> {
  const found: HeldOfPerson[] = []
  for (const place of places) found.push(...(await place.list(db, person, { today: dayOf(clock.now()), policy, sealing })))
  return found
}
