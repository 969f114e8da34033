import { signOut } from '../contract.ts'
import { call, problemOf, type Problem } from '../../../ui/client.ts'

/**
 * Signs out (退出) and opens a fresh page at `address`: nothing of who sat here stays in its memory or behind the Back button. Answers the
 * problem when the session could not be ended: then the person is still signed in and must be told.
 */
export async function leave(address: string): Promise<Problem | null> {
  try {
    const { continueAt } = await call(signOut, {})
    // The session over there goes on otherwise, and the next person at this desk would be the last one.
    location.replace(continueAt ?? address)
    return null
  } catch (error) {
    const problem = problemOf(error)
    if (problem.body.status !== 401) return problem
    location.replace(address)
    return null
  }
}

/** Reads a page anew that the browser had kept whole and brings back: its person may have left meanwhile. */
export function readAnewWhenBroughtBack(): void {
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
}
