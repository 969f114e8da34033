import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'

/** Writes a backup into `backups/` of the data folder: for the command line beside a server that holds the embedded database. The bytes never cross the wire. */
export const makeBackup = endpoint({
  method: 'POST', path: '/operate/backups', permission: 'operate.backup', summary: { zh: '在服务器上生成备份', en: 'Write a backup on the server' },
  input: z.object({ keys: z.boolean().default(true) }),
  output: z.object({ file: z.string(), size: z.number(), root: z.string().nullable(), rows: z.number(), files: z.number() }),
})

/** The keys that seal values and files, with how many each sealed in each place. Never a secret. */
export const listKeys = endpoint({
  method: 'GET', path: '/operate/keys', sees: 'internal', permission: 'operate.keys', summary: { zh: '加密密钥', en: 'Keys that seal values' },
  input: z.object({}),
  output: z.object({
    file: z.string(), present: z.string(),
    /** The key of the keyed digests, and the one before it while it is still tried, with how many values stand under its digests. */
    digests: z.object({ present: z.string(), former: z.string().nullable(), underFormer: z.number() }),
    keys: z.array(z.object({ id: z.string(), algorithm: z.string(), madeAt: z.string(), digest: z.string(), sealed: z.array(z.object({ place: z.string(), count: z.number() })) })),
    clear: z.array(z.object({ place: z.string(), count: z.number() })),
  }),
})

/** Makes a key that seals from now on, and seals everything anew with it; with `digest` a new key of the keyed digests too. With `newKey: false` only goes on with what an earlier rotation left. */
export const rotateKeys = endpoint({
  method: 'POST', path: '/operate/keys/rotation', permission: 'operate.keys', summary: { zh: '轮换加密密钥', en: 'Rotate the keys that seal values' },
  /** `algorithm`: the cipher of the new key; the one of the present key unless it is named. */
  input: z.object({ newKey: z.boolean().default(true), digest: z.boolean().default(false), algorithm: z.enum(['aes-256-gcm', 'sm4-gcm']).optional() }),
  /** `resealed` rows and `files`, `entries` of the ledger that were committed to anew since digests in their rows changed; `unreadableFiles` (damaged ones) stay as they are, under their earlier key. */
  output: z.object({ present: z.string(), resealed: z.number(), entries: z.number(), files: z.number(), unreadableFiles: z.array(z.string()) }),
})

/** Makes a new key that signs the ledger's checkpoints from now on. Both keys sign the change, which is an entry of the ledger; earlier checkpoints stay verifiable by their key. */
export const rotateSigningKey = endpoint({
  method: 'POST', path: '/operate/keys/signing-rotation', permission: 'operate.keys', summary: { zh: '轮换账本签名密钥', en: 'Rotate the key that signs the ledger' },
  input: z.object({}), output: z.object({ former: z.string(), verifierKey: z.string(), note: z.string() }),
})

/** Forgets the keys that seal nothing any more. */
export const retireKeys = endpoint({
  method: 'POST', path: '/operate/keys/retirement', permission: 'operate.keys', summary: { zh: '停用旧的加密密钥', en: 'Retire earlier keys that seal nothing any more' },
  input: z.object({}),
  output: z.object({ retired: z.array(z.string()), kept: z.array(z.string()) }),
})

/** Moves sealed stretches of the audit trail that are past their time into files, and their lines out of the table. For the command line of the operator: no role has the permission. */
export const archiveTrail = endpoint({
  method: 'POST', path: '/operate/trail-archive', permission: 'audit.archive', summary: { zh: '归档到期的审计日志', en: 'Archive the audit trail past its time' },
  input: z.object({}), output: z.object({ before: z.coerce.date(), archived: z.number(), removed: z.number() }),
})
