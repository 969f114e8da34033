/** A purpose that was given for seeing a subject in full (查询目的), and until when it holds (milliseconds of `Date.now()`). */
export type GivenPurpose = { readonly purpose: string; readonly until: number }

// Of this page only: gone with a reload, and never another person's.
const given = new Map<string, GivenPurpose>()

/** The purpose that an officer gave for a subject, while it holds; null when none was given or its time is over. */
export function purposeFor(actor: string, subjectId: number, now: number): GivenPurpose | null {
  const found = given.get(`${actor}\n${subjectId}`)
  return found && found.until > now ? found : null
}

/** Keeps a purpose for a subject; null forgets it. */
export function keepPurpose(actor: string, subjectId: number, purpose: GivenPurpose | null): void {
  if (purpose) given.set(`${actor}\n${subjectId}`, purpose)
  else given.delete(`${actor}\n${subjectId}`)
}
