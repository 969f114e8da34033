// @clause 4.3, 4.4
import { z } from 'zod'
import { proveInclusion, verifyProofText, type Verdict } from '../../engines/ledger/index.ts'
import { text, type Text } from '../../kernel/text.ts'
import type { Db } from '../../platform/db/index.ts'
import { readArchive, type ArchiveSays } from './archive.ts'
import { auditEntryTypes, NAMED, wordsOfMisfits } from './entries.ts'
import { digestOfLeaves, misfitsOf } from './leaves.ts'
import { findLeaves } from './queries/seals.ts'

const FORMAT = 'xinheng/trail-proof/v1'
const proofSchema = z.strictObject({ format: z.literal(FORMAT), leaves: z.base64(), sealed: z.json() })
const sealedSchema = z.object({ content: z.object({ name: z.literal('trail.sealed'), about_id: z.number(), body: z.object({ from_id: z.number(), to_id: z.number(), rows: z.number(), digest: z.string() }) }) })

/** What goes with an archive to whoever has neither our server nor our database (随附证明): number and digest of each line as sealed, in base64, and the proof that this seal stands in the ledger. */
export type ArchiveProof = z.infer<typeof proofSchema>

/** Makes it, against the checkpoint over `size` entries or the newest. Refuses what {@link proveInclusion} refuses. */
export async function proveArchive(db: Db, sealId: number, size?: number): Promise<ArchiveProof> {
  const sealed = await proveInclusion(db, { name: 'trail.sealed', aboutId: sealId }, { disclose: auditEntryTypes, ...(size === undefined ? {} : { size }) })
  return { format: FORMAT, leaves: Buffer.from((await findLeaves(db, sealId))!).toString('base64'), sealed: sealed as ArchiveProof['sealed'] }
}

/** What verifying an archive found: every reason against it, and the signed state of the log to which it leads. */
export type ArchiveVerdict = { readonly says: ArchiveSays; readonly problems: readonly Text[]; readonly checkpoint: Verdict['checkpoint'] }

/**
 * Verifies an archive by its proof, with the log's verifier keys and, where the verifier has one, a checkpoint from elsewhere. It uses no database and no server, and names the lines that are not what was sealed.
 * Refuses `archive.unreadable`.
 */
export async function verifyArchive(archive: Uint8Array, proof: string, verifierKeys: readonly string[], held?: string): Promise<ArchiveVerdict> {
  const says = await readArchive(archive)
  const given = proofSchema.safeParse(jsonOf(proof))
  if (!given.success) return { says, problems: [text('随附的证明文件不是本系统的格式', 'The proof that goes with it is not in the known form')], checkpoint: undefined }
  const { problems: against, checkpoint } = verifyProofText(JSON.stringify(given.data.sealed), verifierKeys, held)
  const problems = [...against]
  const sealed = sealedSchema.safeParse((given.data.sealed as { disclosed?: unknown }).disclosed)
  if (!sealed.success) return { says, problems: [...problems, text('证明的不是审计日志封存账目', 'What is proven is no seal of the trail')], checkpoint }
  const { about_id: sealId, body } = sealed.data.content
  const leaves = Buffer.from(given.data.leaves, 'base64')
  if (digestOfLeaves(leaves) !== body.digest) problems.push(text('证明文件所列各行的摘要不是封存时的', 'The digests of lines in the proof are not those that were sealed'))
  else if (says.sealId !== sealId || says.fromId !== body.from_id || says.toId !== body.to_id) {
    problems.push(text(`归档自称第 ${says.sealId} 段（${says.fromId}–${says.toId} 行），证明的是第 ${sealId} 段（${body.from_id}–${body.to_id} 行）`, `The archive calls itself stretch ${says.sealId} (lines ${says.fromId} to ${says.toId}); the proof is of stretch ${sealId} (lines ${body.from_id} to ${body.to_id})`))
  } else if (says.digest !== body.digest) {
    const misfits = misfitsOf(leaves, says.leaves)
    problems.push(misfits.length === 0 ? text('归档中各行的次序或重复与封存时不符', 'Lines of the archive stand in another order, or twice') : wordsOfMisfits(misfits.slice(0, NAMED)))
  }
  return { says, problems, checkpoint }
}

function jsonOf(proof: string): unknown {
  try {
    return JSON.parse(proof)
  } catch {
    return null
  }
}
