// @clause 4.3
import { z } from 'zod'
import { act, systemActor, type World } from '../../engines/procedure/index.ts'
import { basis } from '../../kernel/basis.ts'
import { witnessOfSeal } from './entries.ts'
import { completeUpTo, insertSeal } from './queries/seals.ts'

const MOST_A_SEAL = 10_000
const sealer = systemActor('audit')

const sealStretch = act({
  name: 'audit.seal', permission: 'audit.seal', basis: basis('policy', 'haitang-2023-10', '(四)'), input: z.object({ upTo: z.number().int() }),
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
