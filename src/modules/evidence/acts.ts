// @clause 4.4
import { z } from 'zod'
import { audit, type EntryType } from '../../engines/ledger/index.ts'
import { act, type Actor, type World } from '../../engines/procedure/index.ts'
import { basis } from '../../kernel/basis.ts'
import type { Text } from '../../kernel/text.ts'
import { shownProblem, witnessOfAudit } from './evidence.ts'
import { insertAudit, listAudits } from './queries.ts'

const keepAudit = act({
  name: 'evidence.audit', permission: 'ledger.audit', basis: basis('policy', 'haitang-2023-10', '(四)'),
  input: z.object({ entries: z.number(), checkpoints: z.number(), valid: z.boolean(), firstProblem: z.record(z.string(), z.json()).nullable() }),
  async run({ tx, now, actor, enter }, outcome) {
    const row = await insertAudit(tx, { at: now, actor: actor.id, ...outcome })
    await enter([{ name: 'ledger.audited', subjectId: null, aboutId: row.auditId, body: witnessOfAudit(row) }])
  },
})

/** Audits the ledger (全面核验) and keeps the outcome, so that the next audit tells that this one was made. */
export async function auditEverything(world: World, actor: Actor, types: readonly EntryType[], verifierKeys: readonly string[]) {
  const start = world.clock.now()
  const report = await audit(world.db, types, { verifierKeys, now: start })
  const problems = report.problems.map(shownProblem)
  const { entries, redacted, checkpointsChecked: checkpoints, valid } = report
  await keepAudit.perform(world, actor, { entries, checkpoints, valid, firstProblem: problems[0] ?? null })
  const remarks: Text[] = []
  for (const type of types) remarks.push(...((await type.remarks?.(world.db)) ?? []))
  return { valid, entries, redacted, checkpoints, seconds: (world.clock.now().getTime() - start.getTime()) / 1000, firstProblem: problems[0] ?? null, problems, remarks }
}

/** Entries of this module. */
export const evidenceEntryTypes: readonly EntryType[] = [{
  name: 'ledger.audited', table: { relation: 'evidence.audit', key: 'audit_id' },
  witness: async (db, ids) => new Map((await listAudits(db, ids)).map((row) => [row.auditId, witnessOfAudit(row)])),
}]
