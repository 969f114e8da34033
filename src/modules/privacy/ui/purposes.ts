/** A purpose that was given for seeing more of something (查询目的), and until when it holds (milliseconds of `Date.now()`). */
export type GivenPurpose = { readonly purpose: string; readonly until: number }

// Of this page only: gone with a reload, and never another person's.
const given = new Map<string, GivenPurpose>()
const watching = new Set<() => void>()

/** The purpose that an officer gave for a thing (`subject/7`), while it holds; null when none was given or its time is over. */
export function purposeFor(actor: string, of: string, now: number): GivenPurpose | null {
  const found = given.get(`${actor}\n${of}`)
  return found && found.until > now ? found : null
}

/** Keeps a purpose for a thing; null forgets it. */
export function keepPurpose(actor: string, of: string, purpose: GivenPurpose | null): void {
  if (purpose) given.set(`${actor}\n${of}`, purpose)
  else given.delete(`${actor}\n${of}`)
  for (const one of watching) one()
}

/** Has every part of the page told when a purpose is given or forgotten. */
export function watchPurposes(listener: () => void): () => void {
  watching.add(listener)
  return () => void watching.delete(listener)
}
