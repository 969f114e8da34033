import { createHash } from 'node:crypto'

/** A line as a seal covers it: its number, and the SHA-256 of its text. */
export type Leaf = { readonly trailId: number; readonly hash: Uint8Array }

const WIDTH = 40

/** Numbers (8 bytes) and digests (32) of lines, one after the other: what a seal keeps of its stretch. */
export function leavesFrom(rows: readonly Leaf[]): Uint8Array {
  return Buffer.concat(rows.map(({ trailId, hash }) => {
    const leaf = Buffer.alloc(WIDTH)
    leaf.writeBigInt64BE(BigInt(trailId))
    leaf.set(hash, 8)
    return leaf
  }))
}

/** The inverse of {@link leavesFrom}. */
export function leavesIn(bytes: Uint8Array): Leaf[] {
  const leaves = Buffer.from(bytes)
  return Array.from({ length: Math.floor(leaves.length / WIDTH) }, (_, at) => ({ trailId: Number(leaves.readBigInt64BE(at * WIDTH)), hash: leaves.subarray(at * WIDTH + 8, (at + 1) * WIDTH) }))
}

/** The digest of a stretch, in hex, as `trail.sealed` enters it. */
export function digestOfLeaves(leaves: Uint8Array): string {
  return createHash('sha256').update(leaves).digest('hex')
}

/** Which lines are not what was sealed, by number, in order. */
export function misfitsOf(sealed: Uint8Array, now: Uint8Array): { readonly trailId: number; readonly what: 'changed' | 'removed' | 'added' }[] {
  const [before, after] = [sealed, now].map((bytes) => new Map(leavesIn(bytes).map(({ trailId, hash }) => [trailId, Buffer.from(hash).toString('hex')])))
  return [...new Set([...before!.keys(), ...after!.keys()])].sort((one, other) => one - other).flatMap((trailId) => {
    if (before!.get(trailId) === after!.get(trailId)) return []
    return [{ trailId, what: !before!.has(trailId) ? 'added' as const : !after!.has(trailId) ? 'removed' as const : 'changed' as const }]
  })
}
