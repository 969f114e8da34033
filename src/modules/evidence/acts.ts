// @clause 4.4
import { z } from 'zod'
import { audit, isGoodRotation, keysBefore, nextRenewal, redact, redactionDigests, type EntryType } from '../../engines/ledger/index.ts'
import { act, type Actor, type World } from '../../engines/procedure/index.ts'
import { basis, planBasis } from '../../kernel/basis.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text, type Text } from '../../kernel/text.ts'
import { shownProblem, witnessOfAudit, witnessOfRenewal, witnessOfRotation } from './evidence.ts'
import { findRotations, insertAudit, insertRotation, listAudits, listRotations } from './queries.ts'

const keepAudit = act({
  name: 'evidence.audit', permission: 'ledger.audit', basis: planBasis('records'),
  input: z.object({ entries: z.number(), checkpoints: z.number(), valid: z.boolean(), firstProblem: z.record(z.string(), z.json()).nullable() }),
  async run({ tx, now, actor, enter }, outcome) {
    const row = await insertAudit(tx, { at: now, actor: actor.id, ...outcome })
    await enter([{ name: 'ledger.audited', subjectId: null, aboutId: row.auditId, body: witnessOfAudit(row) }])
  },
})

/** 签名密钥轮换: from now on another key signs the checkpoints; the statement is signed by both. Refuses `signing-key.changed` when the former is not the one that signs, or the statement does not hold. */
export const rotateSigningKey = act({
  name: 'evidence.rotate-signing-key', permission: 'operate.keys', basis: basis('practice', 'practice'), input: z.object({ former: z.string(), verifierKey: z.string(), note: z.string() }),
  async run({ tx, now, actor, enter }, rotation) {
    const latest = (await listRotations(tx)).at(-1)
    const fits = isGoodRotation(rotation) && (latest === undefined || latest.verifierKey === rotation.former)
    const signingKeyId = fits ? await insertRotation(tx, rotation, now, actor.id) : null
    if (signingKeyId === null) throw keyChanged()
    await enter([{ name: 'ledger.key-rotated', subjectId: null, aboutId: signingKeyId, body: witnessOfRotation(rotation) }])
    return { signingKeyId }
  },
})

/**
 * 检索摘要密钥轮换, some rows of it: after the keyed digests in them were made anew, commits anew for those of their entries that fitted before. For whoever owns the tables, in the transaction that
 * changed them. Answers how many entries were touched.
 */
export function renewDigests(types: readonly EntryType[]) {
  return act({
    name: 'evidence.renew-digests', permission: 'operate.keys', basis: basis('practice', 'practice'),
    input: z.object({ relation: z.string(), ids: z.array(z.number()), fitted: z.set(z.number()) }),
    async run({ tx, world, enter }, { relation, ids, fitted }) {
      const renewal = await nextRenewal(tx)
      const entries = await redact(tx, world.randomness, types, renewal, [{ relation, ids }], fitted)
      if (entries > 0) await enter([{ name: 'ledger.digests-renewed', subjectId: null, aboutId: renewal, body: witnessOfRenewal((await redactionDigests(tx, [renewal])).get(renewal)!) }])
      return { entries }
    },
  })
}

const keyChanged = () => new Refusal({ code: 'signing-key.changed', status: 409, message: text('签名密钥刚被更换，或与账本所知的不符', 'The signing key was changed just now, or is not the one that the ledger knows'), fix: text('请用 xinheng ledger keys 核对后重试', 'Look at `xinheng ledger keys` and try again') })

/** Audits the ledger (全面核验) and keeps the outcome, so that the next audit tells that this one was made. */
export async function auditEverything(world: World, actor: Actor, types: readonly EntryType[], verifierKey: string) {
  const start = world.clock.now()
  const report = await audit(world.db, types, { verifierKeys: keysBefore(verifierKey, await listRotations(world.db)), now: start })
  const problems = report.problems.map(shownProblem)
  const { entries, asOf, waiting, redacted, checkpointsChecked: checkpoints, valid } = report
  await keepAudit.perform(world, actor, { entries, checkpoints, valid, firstProblem: problems[0] ?? null })
  const remarks: Text[] = []
  for (const type of types) remarks.push(...((await type.remarks?.(world.db)) ?? []))
  return { valid, entries, asOf, waiting, redacted, checkpoints, seconds: (world.clock.now().getTime() - start.getTime()) / 1000, firstProblem: problems[0] ?? null, problems, remarks }
}

/** Entries of this module. */
export const evidenceEntryTypes: readonly EntryType[] = [{
  name: 'ledger.audited', table: { relation: 'evidence.audit', key: 'audit_id' },
  witness: async (db, ids) => new Map((await listAudits(db, ids)).map((row) => [row.auditId, witnessOfAudit(row)])),
}, {
  name: 'ledger.key-rotated', table: { relation: 'evidence.signing_key', key: 'signing_key_id' },
  witness: async (db, ids) => new Map((await findRotations(db, ids)).map((row) => [row.signingKeyId, witnessOfRotation(row)])),
}, {
  name: 'ledger.digests-renewed', redacts: true, table: { relation: 'ledger.redaction', key: 'removal_id' },
  witness: async (db, ids) => new Map([...(await redactionDigests(db, ids))].map(([id, digest]) => [id, witnessOfRenewal(digest)])),
}]
