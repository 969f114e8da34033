// @clause 4.3
import { z } from 'zod'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { act, systemActor, type World } from '../../engines/procedure/index.ts'
import { planBasis } from '../../kernel/basis.ts'
import { addMonths, dayOf, startOf } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { Db } from '../../platform/db/index.ts'
import { archiveOf, readArchive, type ArchiveSays } from './archive.ts'
import { witnessOfArchive, witnessOfSeal } from './entries.ts'
import { insertArchive, listArchives, listDue } from './queries/archives.ts'
import { removeArchived } from './queries/removed.ts'
import { completeUpTo, insertSeal, listRowTexts, type Seal } from './queries/seals.ts'

const MOST_A_SEAL = 10_000
const sealer = systemActor('audit')

const sealStretch = act({
  name: 'audit.seal', permission: 'audit.seal', basis: planBasis('records'), input: z.object({ upTo: z.number().int() }),
  async run({ tx, now, enter }, { upTo }) {
    const seal = await insertSeal(tx, upTo, MOST_A_SEAL, now)
    if (seal) await enter([{ name: 'trail.sealed', subjectId: null, aboutId: seal.sealId, body: witnessOfSeal(seal) }])
    return seal?.toId ?? null
  },
})

/** 封存: enters the digests of all lines of the trail that are not sealed yet into the ledger, stretch by stretch. */
export async function sealTrail(world: World): Promise<void> {
  const upTo = await completeUpTo(world.db)
  for (let last: number | null = -1; last !== null && last < upTo;) last = await sealStretch.perform(world, sealer, { upTo })
}

const MOST_BYTES = 1_000_000_000

const keepArchive = act({
  name: 'audit.archive', permission: 'audit.archive', basis: planBasis('records'),
  input: z.object({ sealId: z.number().int(), file: z.string(), size: z.number().int(), rows: z.number().int(), fromAt: z.coerce.date(), untilAt: z.coerce.date() }),
  async run({ tx, now, actor, enter }, given) {
    const archive = { ...given, archivedAt: now, actor: actor.id }
    if (await insertArchive(tx, archive)) await enter([{ name: 'trail.archived', subjectId: null, aboutId: given.sealId, body: witnessOfArchive(archive) }])
    return null
  },
})

/**
 * 归档: puts every sealed stretch that is older than `audit/keep-trail` into a file of its own among the kept files, enters the file's digest into the ledger, and only then lets `owner`, who owns the tables,
 * remove the lines. What a kill leaves half done, the next run finishes. Never touches what is younger or not sealed. Refuses `trail.not-as-sealed` where lines are not what was sealed, and leaves them.
 */
export async function archiveTrail(world: World, owner: Db): Promise<{ readonly before: Date; readonly archived: number; readonly removed: number }> {
  const today = dayOf(world.clock.now())
  const before = startOf(addMonths(today, -12 * world.policy.on(today).value<number>('audit/keep-trail')))
  let [archived, removed] = [0, 0]
  for (const seal of await listDue(world.db, before)) {
    const { bytes, says } = await packed(world.db, seal)
    if (says.untilAt >= before) continue
    const { digest: file, size } = await world.files.keep(Readable.from([bytes]), MOST_BYTES, 'here')
    const { rows, fromAt, untilAt } = says
    await keepArchive.perform(world, sealer, { sealId: seal.sealId, file, size, rows, fromAt, untilAt })
    archived += 1
  }
  for (const archive of (await listArchives(world.db)).filter((one) => !one.removed)) {
    mustBeAsSealed(archive, await readArchive(await buffer(await world.files.read(archive.file))))
    await packed(world.db, archive)
    removed += await removeArchived(owner, archive)
  }
  return { before, archived, removed }
}

async function packed(db: Db, seal: Pick<Seal, 'sealId' | 'fromId' | 'toId' | 'rows' | 'digest'>): Promise<{ readonly bytes: Uint8Array; readonly says: ArchiveSays }> {
  const bytes = await archiveOf(seal, await listRowTexts(db, seal))
  const says = await readArchive(bytes)
  mustBeAsSealed(seal, says)
  return { bytes, says }
}

function mustBeAsSealed({ sealId, fromId, toId, rows, digest }: Pick<Seal, 'sealId' | 'fromId' | 'toId' | 'rows' | 'digest'>, says: ArchiveSays): void {
  if (says.sealId === sealId && says.rows === rows && says.digest === digest) return
  throw new Refusal({
    code: 'trail.not-as-sealed', status: 409, message: text(`审计日志第 ${fromId} 至 ${toId} 行与封存时不符，没有归档`, `Lines ${fromId} to ${toId} of the trail are not what was sealed; they were left where they are`),
    fix: text('请核验账本（xinheng ledger audit），它会指出被改动的行', 'Audit the ledger (xinheng ledger audit): it names the lines that were changed'),
  })
}
