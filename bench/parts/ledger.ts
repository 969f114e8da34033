import { z } from 'zod'
import { basis } from '../../src/kernel/basis.ts'
import { append, leafHash, proveInclusion, sequencePending, signerOfSeed } from '../../src/engines/ledger/index.ts'
import { listTiles, writeTiles } from '../../src/engines/ledger/store.ts'
import { extendTiles, partialTilesOf } from '../../src/engines/ledger/tiles.ts'
import { verifyInclusion } from '../../src/engines/ledger/tree.ts'
import { act, systemActor, type ActContext, type World } from '../../src/engines/procedure/index.ts'
import { fileRecords, type NewFact } from '../../src/modules/records/index.ts'
import { given, sql, type Db } from '../../src/platform/db/index.ts'
import { percentile, timed } from '../support/measure.ts'
import type { BenchContext, Part, Result } from '../support/part.ts'
import { TODAY } from '../support/population.ts'
import { duration, number } from '../support/report.ts'
import { openWorld } from '../support/world.ts'

const signer = signerOfSeed('bench.example/xinheng', new Uint8Array(32).fill(7))

/** The ledger: how fast entries get their place, what an entry costs the business, and how long a proof takes in a large log. */
export const ledgerPart: Part = {
  key: 'ledger',
  async run(context) {
    const { world, close } = openWorld(await context.server.database(`ledger_${process.pid}`), TODAY)
    try {
      return [await sequencing(context, world), await costOfAnEntry(context, world), await proofs(context, world)]
    } finally {
      await close()
    }
  },
}

async function sequencing({ scale, note }: BenchContext, { db, clock, randomness }: World): Promise<Result> {
  const entries = Math.max(5_000, Math.round(200_000 * scale))
  note(`sequencing ${number(entries)} entries …`)
  const appended = await timed(async () => {
    for (let from = 0; from < entries; from += 10_000) {
      await db.transaction().execute((tx) => append(tx, randomness, Array.from({ length: Math.min(10_000, entries - from) }, (_, at) => ({ name: 'bench.done', at: clock.now(), actor: 'system:bench', subjectId: from + at, aboutId: null, basis: null, body: {} }))))
    }
  })
  await sql`vacuum analyze ledger.entry, ledger.pending`.execute(db)
  const { ms } = await timed(async () => {
    while ((await sequencePending(db, { now: clock.now(), signers: [signer] })) > 0);
  })
  const perSecond = (entries / ms) * 1000
  return {
    work: `Entries sequenced: numbered, hashed into the tree, covered by a signed checkpoint (${number(entries)} entries)`, ours: `${number(perSecond)} a second`,
    beside: `writing them, with salt and digest: ${number((entries / appended.ms) * 1000)} a second`, aim: '≥ 20,000 a second', met: perSecond >= 20_000, figures: { perSecond, appendedPerSecond: (entries / appended.ms) * 1000, entries },
  }
}

/** The same act with its entry and, for the comparison only, with the appending left out: turn by turn, so that whatever else the machine does hits both. */
async function costOfAnEntry({ scale, note }: BenchContext, world: World): Promise<Result> {
  const times = Math.max(200, Math.round(3_000 * Math.min(1, scale * 4)))
  note(`${number(times)} acts with and without entry …`)
  const filing = (withEntry: boolean) => act({
    name: 'bench.file', permission: 'bench', basis: basis('practice', 'practice'), input: z.object({ number: z.number() }),
    run: (context, { number: one }) => fileRecords(withEntry ? context : ({ ...context, enter: async () => undefined } as ActContext), [penaltyFact(one)]),
  })
  const [withEntry, without] = [filing(true), filing(false)]
  const measured: Record<'with' | 'without', number[]> = { with: [], without: [] }
  for (let at = 0; at < times * 2; at += 1) {
    const { ms } = await timed(() => (at % 2 === 0 ? withEntry : without).perform(world, systemActor('bench'), { number: at }))
    if (at >= 100) measured[at % 2 === 0 ? 'with' : 'without'].push(ms)
  }
  const [p50, bare] = [percentile(measured.with, 0.5), percentile(measured.without, 0.5)]
  return {
    work: `What its entry costs the transaction that files a record (median of ${number(measured.with.length)}, durably committed)`, ours: `${duration(p50)}, ${number((p50 / bare - 1) * 100)} % more`,
    beside: `the same transaction without entry: ${duration(bare)}`, aim: '≤ 15 %', met: p50 <= bare * 1.15, figures: { withMs: p50, withoutMs: bare, share: p50 / bare - 1 },
  }
}

function penaltyFact(at: number): NewFact {
  return {
    subjectId: 1 + (at % 1000), kind: 'penalty', documentNumber: `琼三海市监罚〔2026〕${at}号`, receivedOn: TODAY, department: 'market-regulation', batchId: null, rowNumber: null, reason: null,
    fields: { CF_WSH: `琼三海市监罚〔2026〕${at}号`, CF_NR: '罚款人民币5000元', CF_SY: '经查，当事人于经营场所销售不符合产品质量标准的商品，有现场笔录和检验报告为证。', CF_JDRQ: TODAY },
    effect: {
      decidedOn: TODAY, reportDueOn: TODAY, reportDueProvisional: false, endsOn: null, class: 'general', tags: ['fine'], sector: null, amountFen: 500_000n, grade: null, public: true, withheldReason: null, repairableOn: TODAY,
      publicity: { endsOn: TODAY, reason: 'maximum' }, sharing: { endsOn: TODAY, reason: 'maximum' }, use: { endsOn: TODAY, reason: 'maximum' }, series: null,
    },
  }
}

/** A log of ten million leaves, its tiles written directly; some of its leaves have their entry. */
async function proofs({ scale, note }: BenchContext, { db, clock }: World): Promise<Result> {
  const size = Math.max(100_000, Math.round(10_000_000 * scale))
  note(`a tree of ${number(size)} leaves …`)
  await sql`truncate ledger.tile, ledger.checkpoint, ledger.sequence, ledger.entry, ledger.pending`.execute(db)
  const root = await grow(db, size)
  const sampled = Array.from({ length: 1_000 }, (_, at) => Math.floor((at * size) / 1_000) + (at % 97)).filter((seq) => seq < size)
  await sql`insert into ledger.entry (entry_id, name, at, actor, salt, digest) select seq, 'bench.done', ${clock.now()}, 'system:bench', '\\x00', sha256(seq::text::bytea) from unnest(${sampled}::bigint[]) as seq`.execute(db)
  await sql`insert into ledger.sequence (seq, entry_id) select seq, seq from ${given({ seq: ['bigint', sampled] })}`.execute(db)
  await sql`insert into ledger.checkpoint (size, root, note, at) values (${size}, decode(${Buffer.from(root).toString('hex')}, 'hex'), 'bench', ${clock.now()})`.execute(db)
  await sql`vacuum analyze ledger.tile, ledger.entry, ledger.sequence, ledger.checkpoint`.execute(db)
  const times: number[] = []
  for (const seq of [...sampled.slice(0, 100), ...sampled]) {
    const { result: { path }, ms } = await timed(() => proveInclusion(db, { seq }))
    times.push(ms)
    if (!verifyInclusion(leafOf(seq), seq, size, path.map((hash) => Buffer.from(hash, 'base64')), root)) throw new Error(`the proof of leaf ${seq} does not lead to the root`)
  }
  const measured = times.slice(100)
  const [p50, p99] = [percentile(measured, 0.5), percentile(measured, 0.99)]
  return {
    work: `Proof that an entry stands in a log of ${number(size)} leaves, from the tables`, ours: `p50 ${duration(p50)}, p99 ${duration(p99)}`, beside: '—', aim: '≤ 1 ms', met: p50 <= 1, figures: { p50, p99, size },
  }
}

// Leaves of a block: as many as fill a tile of the second level.
const BLOCK = 65_536
const leafOf = (seq: number) => leafHash(String(seq % BLOCK))

/**
 * A tree of so many leaves, in which the same block of leaves comes again and again: its tiles are made once and copied in the database. What a proof costs does
 * not depend on what the leaves say. The rest is appended as the sequencer does it. Gives the root.
 */
async function grow(db: Db, size: number) {
  const blocks = Math.floor(size / BLOCK)
  const block = await extendTiles(0, [], Array.from({ length: BLOCK }, (_, at) => leafOf(at)))
  const top = block.tiles.find(({ level }) => level === 2)!
  await db.transaction().execute((tx) => writeTiles(tx, [...block.tiles.filter(({ level }) => level < 2), { level: 2, index: 0, hashes: Buffer.concat(Array.from({ length: blocks }, () => top.hashes)) }]))
  await sql`insert into ledger.tile (level, index, width, hashes) select level, index + copy * (case level when 0 then 256 else 1 end), width, hashes
    from ledger.tile, generate_series(1, ${blocks - 1}::bigint) as copy where level < 2`.execute(db)
  const full = blocks * BLOCK
  const grown = await extendTiles(full, await listTiles(db, partialTilesOf(full)), Array.from({ length: size - full }, (_, at) => leafOf(full + at)))
  await db.transaction().execute((tx) => writeTiles(tx, grown.tiles))
  return grown.root
}
