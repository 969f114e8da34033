import type { EntryType } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { findClaims, listEvidence, type Claim, type KeptEvidence } from './queries/claims.ts'

/** What is said of a claim that was filed: who by account, never by name; the files by their digests. */
export const witnessOfClaim = ({ accountId, capacity, limits, untilOn, dueOn }: Pick<Claim, 'accountId' | 'capacity' | 'limits' | 'untilOn' | 'dueOn'>, files: readonly Pick<KeptEvidence, 'digest'>[]): JsonObject =>
  ({ account_id: accountId, capacity, limits: [...limits], until_on: untilOn, due_on: dueOn, files: files.map(({ digest }) => digest) })
/** What is said of the answer to a claim. */
export const witnessOfAnswer = ({ outcome, reason, mandateId }: Pick<Claim, 'outcome' | 'reason' | 'mandateId'>): JsonObject => ({ outcome, reason, mandate_id: mandateId })

/** The kinds of entry of claims (认领). */
export const agentEntryTypes: readonly EntryType[] = [
  {
    name: 'claim.filed', table: { relation: 'agents.claim', key: 'claim_id' },
    async witness(db, ids) {
      const files = await listEvidence(db, ids)
      return new Map((await findClaims(db, ids)).map((claim) => [claim.claimId, witnessOfClaim(claim, files.filter(({ claimId }) => claimId === claim.claimId))]))
    },
  },
  { name: 'claim.answered', table: { relation: 'agents.answer', key: 'claim_id' }, witness: async (db, ids) => new Map((await findClaims(db, ids)).flatMap((claim) => (claim.outcome === null ? [] : [[claim.claimId, witnessOfAnswer(claim)]]))) },
]
