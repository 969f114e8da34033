// @clause 4.4
import { countPending, findCheckpoint, keysBefore, leafHash, leafText, listFollowers, listSignedByKeys, proveConsistency, proveInclusion, verifyProofText, type EntryType, type InclusionProof, type Signer } from '../../engines/ledger/index.ts'
import type { Asked } from '../../engines/procedure/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { route } from '../../platform/http/index.ts'
import { maySeeInFull, mustHavePurpose } from '../privacy/index.ts'
import { auditEverything } from './acts.ts'
import { auditLedger, ledgerState, listEntries, listSigningKeys, proveEntry, proveGrowth, verifyProof } from './contract.ts'
import { keyHistory, sidesOfPath } from './evidence.ts'
import { countEntries, findEntry, findLatestAudit, listEntryRows, listRotations } from './queries.ts'

/** What the routes need beside the world: all entry types, and the keys that sign. */
export type LedgerFace = { readonly types: readonly EntryType[]; readonly signer: Pick<Signer, 'name' | 'verifierKey'> }

/** The ledger's page, proofs and audit. */
export function evidenceRoutes({ types, signer }: LedgerFace) {
  return [
    route(ledgerState, async ({ world: { db } }: Asked) => {
      const checkpoint = await findCheckpoint(db)
      const latest = await findLatestAudit(db)
      return {
        origin: signer.name, verifierKey: signer.verifierKey, rotations: (await listRotations(db)).map(({ former, verifierKey, note, at }) => ({ former, verifierKey, note, at })), size: checkpoint?.size ?? 0, pending: await countPending(db), root: checkpoint === null ? '' : Buffer.from(checkpoint.root).toString('hex'),
        checkpoint: checkpoint?.note ?? null, checkpointAt: checkpoint?.at ?? null,
        followers: (await listFollowers(db)).map(({ name, seq, behind, lastError }) => ({ name, seq, behind, error: lastError })),
        lastAudit: latest && { at: latest.at, valid: latest.valid, entries: latest.entries },
      }
    }),
    route(listSigningKeys, async ({ world: { db } }: Asked) => ({ rows: keyHistory(signer.verifierKey, await listRotations(db), await listSignedByKeys(db)) })),
    route(listEntries, async ({ world: { db } }: Asked, { offset, limit, ...filter }) => ({ rows: await listEntryRows(db, filter, offset, limit), total: await countEntries(db, filter) })),
    route(proveEntry, async ({ world: { db }, actor, purpose }: Asked, { entryId, full }) => {
      if (full) mustHavePurpose(actor, purpose, null)
      const proof = await proveInclusion(db, { entryId }, full ? { disclose: types } : {})
      const entry = await findEntry(db, entryId)
      if (entry === null) throw noEntry(entryId)
      const checkpoint = await findCheckpoint(db, proof.size)
      return { masked: entry.removalId === null, mayFull: maySeeInFull(actor, null), proof, entry, leafHash: hexOfLeaf(proof.leaf), path: sidesOfPath(proof.index, proof.size, proof.path), root: Buffer.from(checkpoint!.root).toString('hex'), size: proof.size }
    }),
    route(proveGrowth, async ({ world: { db } }: Asked, { from, to }) => ({ proof: await proveConsistency(db, from, to) })),
    route(verifyProof, async ({ world }: Asked, { proof }) => {
      const { valid, problems } = verifyProofText(JSON.stringify(proof), keysBefore(signer.verifierKey, await listRotations(world.db)))
      return { valid, problems }
    }),
    route(auditLedger, async ({ world, actor }: Asked) => auditEverything(world, actor, types, signer.verifierKey)),
  ]
}

/** The hash with which the path begins (RFC 9162, 2.1.1): of the leaf as it stands in the tree, not the digest inside it. */
function hexOfLeaf({ name, at, digest }: InclusionProof['leaf']): string {
  return Buffer.from(leafHash(leafText(name, at, Buffer.from(digest, 'hex')))).toString('hex')
}

function noEntry(entryId: number): Refusal {
  return new Refusal({ code: 'ledger.no-entry', status: 404, message: text(`没有编号为 ${entryId} 的账目`, `There is no entry ${entryId}`), fix: text('请从账目列表中选择', 'Choose one from the list of entries') })
}
