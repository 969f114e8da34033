import { z } from 'zod'
import { endpoint, pageInput, pageOf, textSchema } from '../../kernel/endpoint.ts'

/** An entry of the ledger (账目). `removalId`: the removal by which a person's data went since, below zero a change of the key of the digests; what the entry said is disclosed no more. */
export const entrySchema = z.object({ entryId: z.number(), seq: z.number().nullable(), name: z.string(), at: z.coerce.date(), actor: z.string(), subjectId: z.number().nullable(), aboutId: z.number().nullable(), basis: z.string().nullable(), digest: z.string(), removalId: z.number().nullable() })
/** The ledger's size, latest checkpoint and followers. */
export const ledgerState = endpoint({
  method: 'GET', path: '/ledger', sees: 'public', permission: 'ledger.read', summary: { zh: '账本概况', en: 'State of the ledger' }, input: z.object({}),
  output: z.object({
    origin: z.string(), size: z.number(), pending: z.number(), root: z.string(), checkpoint: z.string().nullable(), checkpointAt: z.coerce.date().nullable(), verifierKey: z.string(),
    /** Earlier changes of the key, in order; each note is signed by both keys. */
    rotations: z.array(z.object({ former: z.string(), verifierKey: z.string(), note: z.string(), at: z.coerce.date() })),
    followers: z.array(z.object({ name: z.string(), seq: z.number(), behind: z.number(), error: z.string().nullable() })),
    lastAudit: z.object({ at: z.coerce.date(), valid: z.boolean(), entries: z.number() }).nullable(),
  }),
})
/** The keys that sign checkpoints (签名密钥): the present one, then the earlier ones by the statements that both keys of each change signed, the latest first. */
export const listSigningKeys = endpoint({
  method: 'GET', path: '/ledger/keys', sees: 'public', permission: 'ledger.read', summary: { zh: '签名密钥沿革', en: 'Keys that sign the ledger' }, input: z.object({}),
  output: z.object({ rows: z.array(z.object({
    /** As it stands in every signature: the first four bytes of the digest of name and key. */
    keyId: z.string(), verifierKey: z.string(),
    /** When it began and ceased to sign; null for the beginning of the log, and for the key that signs now. */
    fromAt: z.coerce.date().nullable(), untilAt: z.coerce.date().nullable(),
    /** What it signed: how many checkpoints, of a ledger of how many entries. */
    signed: z.object({ count: z.number(), firstSize: z.number(), lastSize: z.number() }).nullable(),
    /** The statement by which it followed the earlier one, signed by both; null for the first key. */
    note: z.string().nullable(),
  })) }),
})
/** Entries, newest first. */
export const listEntries = endpoint({
  method: 'GET', path: '/ledger/entries', sees: 'internal', permission: 'ledger.read', summary: { zh: '账目', en: 'Entries' },
  input: z.object({ ...pageInput, name: z.string().optional(), subjectId: z.coerce.number().int().optional(), aboutId: z.coerce.number().int().optional() }), output: pageOf(entrySchema),
})
/** A proof that an entry is in the ledger. What the entry says stands in it in full, whosever data it is: `full` discloses it, for whoever may (persons.read, everywhere) and says for what purpose (header `x-purpose`). */
export const proveEntry = endpoint({
  method: 'GET', path: '/ledger/entries/:entryId/proof', sees: 'internal', permission: 'ledger.read', summary: { zh: '存证证明', en: 'Proof of an entry' }, input: z.object({ entryId: z.coerce.number().int(), full: z.stringbool().optional() }),
  /** `leafHash`: the hash with which the path begins (RFC 9162). `masked`: there is more than the answer shows to everybody; `mayFull`: the caller may see it for a purpose. */
  output: z.object({ masked: z.boolean(), mayFull: z.boolean(), proof: z.json(), entry: entrySchema, leafHash: z.string(), path: z.array(z.object({ side: z.enum(['left', 'right']), hash: z.string() })), root: z.string(), size: z.number() }),
})
/** Proves that a later checkpoint only added to an earlier one. */
export const proveGrowth = endpoint({
  method: 'GET', path: '/ledger/consistency', sees: 'public', permission: 'ledger.read', summary: { zh: '一致性证明', en: 'Consistency proof' }, input: z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().optional() }),
  output: z.object({ proof: z.json() }),
})
/** Checks a proof without looking at the database. */
export const verifyProof = endpoint({
  method: 'POST', path: '/ledger/verify', permission: 'ledger.read', summary: { zh: '核验证明', en: 'Verify a proof' }, input: z.object({ proof: z.json() }),
  output: z.object({ valid: z.boolean(), problems: z.array(textSchema) }),
})
/** Recomputes everything from the tables. */
export const auditLedger = endpoint({
  method: 'POST', path: '/ledger/audit', permission: 'ledger.audit', summary: { zh: '全面核验', en: 'Audit the ledger' }, input: z.object({}),
  output: z.object({
    /** It says for the ledger as of the last entry that had its place when it began; `waiting` ones had none yet when it ended. */
    asOf: z.object({ seq: z.number(), entryId: z.number(), at: z.coerce.date() }).nullable(), waiting: z.number(),
    valid: z.boolean(), entries: z.number(), redacted: z.number(), checkpoints: z.number(), seconds: z.number(),
    firstProblem: z.object({ seq: z.number().nullable(), entryId: z.number().nullable(), name: z.string().nullable(), about: z.string().nullable(), cause: textSchema }).nullable(),
    problems: z.array(z.object({ seq: z.number().nullable(), entryId: z.number().nullable(), name: z.string().nullable(), about: z.string().nullable(), cause: textSchema })),
    /** What stands elsewhere by law, such as stretches of the trail in archives. */
    remarks: z.array(textSchema),
  }),
})
