import type { BreachedPasswords } from '../../platform/breached-passwords.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/index.ts'
import type { FileStore } from '../../platform/files/file-store.ts'
import type { Randomness } from '../../platform/randomness.ts'
import type { Sealing } from '../../platform/sealing/index.ts'
import type { PolicyBook } from '../policy/index.ts'

/** All that is handed in: nothing below reaches for a global. */
export type World = {
  readonly db: Db
  readonly clock: Clock
  readonly randomness: Randomness
  readonly policy: PolicyBook
  readonly files: FileStore
  /** Seals what must not stand readable in the database: ids of persons, secrets. */
  readonly sealing: Sealing
  /** Passwords that became known elsewhere, where the operator has put a list in place. */
  readonly breached?: BreachedPasswords
  /** In a request: the world of what goes on after its answer (an import, a run), which reaches as far as the program itself. */
  readonly lasting?: World
  /** Tells the ledger that something was committed, so that followers react at once. Losing the call costs time, never an effect. */
  wake(): void
}

/**
 * How far a permission reaches (数据范围): everything, or the data of some departments, sectors and subjects. All lists empty: nothing.
 */
export type Scope = 'all' | { readonly departments: readonly string[]; readonly sectors: readonly string[]; readonly subjects: readonly number[] }

/** Whoever does something: an officer, a business, or the system itself on someone's behalf. */
export type Actor = {
  /** e.g. `officer:chen.yu`, `agent:17` (a person, by the number of the account), `system:evaluation`. Goes into the ledger. */
  readonly id: string
  readonly name: string
  /** Key of the department, or null. */
  readonly department: string | null
  /** Keys of the departments for which a signed-in officer acts: the own one, those merged into it, and those of whoever the officer is the deputy of. */
  readonly departments?: readonly string[]
  /** Keys of the roles held, where a signed-in officer acts. */
  readonly roles?: readonly string[]
  /** Number of the officer, where a signed-in officer acts. */
  readonly officerId?: number
  /** Number of the account, where someone signed in acts. */
  readonly accountId?: number
  /** Nobody has made sure yet that the owner used the one-time code of the account: what the actor holds rests. */
  readonly unverified?: boolean
  may(permission: string): boolean
  /** How far a permission that the actor has reaches. */
  scope(permission: string): Scope
}

/** How the caller came in, for those routes that open and end sessions. */
export type Visit = {
  readonly address: string
  /** What the caller's browser calls itself. */
  readonly agent: string | null
  readonly sessionId: number | null
  /** Hands the caller a session, or takes it away. */
  setToken(token: string | null): void
  /** The token of a sign-in at an outside identity service that this browser began. */
  readonly begun: string | null
  /** Binds such a sign-in to this browser, or lets go of it. */
  setBegun(token: string | null): void
}

/** What a route handler is given beside the input. */
export type Asked = {
  readonly world: World
  readonly actor: Actor
  /** Chosen by the caller so that a repeated request does nothing twice. */
  readonly requestId?: string
  /** The raw body of an upload. */
  readonly upload?: NodeJS.ReadableStream
  readonly visit?: Visit
  /** Why the caller looks at it (查询目的), where it was said. */
  readonly purpose?: string | null
  /** The world within the reach of another permission of the actor: for what joins the data of several. Refuses nothing by itself; without the permission it sees nothing. */
  within?(permission: string): World
}

/** An actor of the system itself: followers and daily runs. It may do everything; what it does is limited by the code that uses it. */
export function systemActor(part: string): Actor {
  return { id: `system:${part}`, name: '系统', department: null, may: () => true, scope: () => 'all' }
}
