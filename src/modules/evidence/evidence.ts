import { keysBefore, parseVerifierKey, type AuditProblem, type Rotation, type SignedByKey } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import type { AuditRow } from './queries.ts'

/** The witness of an audit: what it found. */
export function witnessOfAudit({ entries, checkpoints, valid, firstProblem }: AuditRow): JsonObject {
  return { entries, checkpoints, valid, firstProblem }
}

/** A key that signs or signed, with when it did and what. */
export type KeyHistory = { readonly keyId: string; readonly verifierKey: string; readonly fromAt: Date | null; readonly untilAt: Date | null; readonly signed: { readonly count: number; readonly firstSize: number; readonly lastSize: number } | null; readonly note: string | null }

/** The keys of the log (签名密钥沿革), the present one first; a key that no good statement leads to is none. */
export function keyHistory(present: string, rotations: readonly (Rotation & { readonly at: Date })[], signed: readonly SignedByKey[]): KeyHistory[] {
  return keysBefore(present, rotations).map((verifierKey, place, keys) => {
    const keyId = parseVerifierKey(verifierKey)?.id ?? ''
    const [began, ended] = [rotations.find((one) => one.verifierKey === verifierKey && one.former === keys[place + 1]), rotations.find((one) => one.former === verifierKey && one.verifierKey === keys[place - 1])]
    const found = signed.find((one) => one.keyId === keyId)
    return { keyId, verifierKey, fromAt: began?.at ?? null, untilAt: ended?.at ?? null, signed: found ? { count: found.count, firstSize: found.firstSize, lastSize: found.lastSize } : null, note: began?.note ?? null }
  })
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
