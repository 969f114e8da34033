import type { AuditProblem, Rotation } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import type { AuditRow } from './queries.ts'

/** The witness of an audit: what it found. */
export function witnessOfAudit({ entries, checkpoints, valid, firstProblem }: AuditRow): JsonObject {
  return { entries, checkpoints, valid, firstProblem }
}

/** The witness of a change of the key that signs: both keys, and the statement that both signed. */
export function witnessOfRotation({ former, verifierKey, note }: Rotation): JsonObject {
  return { former, verifier_key: verifierKey, note }
}

/** The witness of a change of the key of the digests, for some rows: by which digests their entries go on. */
export const witnessOfRenewal = (redactions: string): JsonObject => ({ redactions })

/** A problem as the page and the command show it. `about` names the row: `records.fact 17`. */
export function shownProblem({ seq, entryId, name, about, cause }: AuditProblem) {
  return { seq, entryId, name, about: about === null ? null : `${about.relation ?? ''} ${about.id}`.trim(), cause }
}

/** On which side each hash of an inclusion path stands, from the leaf up (RFC 9162, section 2.1.3.2). */
export function sidesOfPath(index: number, size: number, path: readonly string[]): { side: 'left' | 'right'; hash: string }[] {
  let node = index
  let last = size - 1
  return path.map((hash) => {
    const left = node % 2 === 1 || node === last
    if (left) while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
    return { side: left ? 'left' : 'right', hash }
  })
}
