import { hash } from 'node:crypto'

/** A SHA-256 hash: 32 bytes. */
export type Hash = Uint8Array

/** A complete subtree: the hash over leaves `index·2^level` up to, not including, `(index+1)·2^level`. */
export type Node = { readonly level: number; readonly index: number }

/**
 * Reads the hashes of complete subtrees, in the order asked for. The arithmetic of this file never knows where hashes are kept:
 * a proof asks for all it needs in one call.
 */
export type HashReader = (nodes: readonly Node[]) => Promise<Hash[]>

/** The root of the tree without leaves: SHA-256 of nothing (RFC 9162, 2.1.1). */
export const EMPTY_ROOT: Hash = hash('sha256', '', 'buffer')

/** The hash of a leaf: SHA-256(0x00 ‖ data) (RFC 9162, 2.1.1). Text counts as its UTF-8 bytes. */
export function leafHash(data: Uint8Array | string): Hash {
  if (typeof data === 'string') return hash('sha256', `\0${data}`, 'buffer')
  const bytes = new Uint8Array(1 + data.length)
  bytes.set(data, 1)
  return hash('sha256', bytes, 'buffer')
}

// Hashing is synchronous and copies its input, so one scratch buffer serves all.
const pair = new Uint8Array(65)
pair[0] = 1

/** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right) (RFC 9162, 2.1.1). */
export function nodeHash(left: Hash, right: Hash): Hash {
  pair.set(left, 1)
  pair.set(right, 33)
  return hash('sha256', pair, 'buffer')
}

/** True when two hashes are the same 32 bytes. */
export function sameHash(one: Hash, other: Hash): boolean {
  return Buffer.compare(one, other) === 0
}

/** The root of the tree of the first `size` leaves. */
export async function rootOf(size: number, read: HashReader): Promise<Hash> {
  if (size === 0) return EMPTY_ROOT
  return (await hashesOf([{ from: 0, to: size }], read))[0]!
}

/**
 * The audit path that ties the leaf at `index` to the root of the first `size` leaves, lowest sibling first (RFC 9162, 2.1.3.1).
 * Throws RangeError when there is no such leaf.
 */
export async function inclusionProof(index: number, size: number, read: HashReader): Promise<Hash[]> {
  checkWhole(index, size)
  if (index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  const siblings: Range[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    if (index < middle) {
      siblings.unshift({ from: middle, to })
      to = middle
    } else {
      siblings.unshift({ from, to: middle })
      from = middle
    }
  }
  return hashesOf(siblings, read)
}

/**
 * What shows that the tree of `to` leaves begins with the tree of `from` leaves (RFC 9162, 2.1.4.1). Empty when the sizes are equal
 * or `from` is 0. Throws RangeError when `from` is larger than `to`.
 */
export async function consistencyProof(from: number, to: number, read: HashReader): Promise<Hash[]> {
  checkWhole(from, to)
  if (from > to) throw new RangeError(`a tree of ${to} cannot begin with a tree of ${from}`)
  if (from === 0 || from === to) return []
  const parts: Range[] = []
  // The verifier knows the old root, so it is left out as long as it is itself a subtree of the new one.
  let known = true
  let [low, high] = [0, to]
  while (high !== from) {
    const middle = low + splitOf(high - low)
    if (from <= middle) {
      parts.unshift({ from: middle, to: high })
      high = middle
    } else {
      parts.unshift({ from: low, to: middle })
      low = middle
      known = false
    }
  }
  if (!known) parts.unshift({ from: low, to: high })
  return hashesOf(parts, read)
}

/** True when the path ties the leaf at `index` to the root of a tree of `size` leaves (RFC 9162, 2.1.3.2). */
export function verifyInclusion(leaf: Hash, index: number, size: number, path: readonly Hash[], root: Hash): boolean {
  if (!isWhole(index) || !isWhole(size) || index >= size || !areHashes([leaf, root, ...path])) return false
  let [at, last, made] = [index, size - 1, leaf]
  for (const sibling of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      made = nodeHash(sibling, made)
      // A right-most node without sibling rises unchanged until it has one.
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      made = nodeHash(made, sibling)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && sameHash(made, root)
}

/** True when the proof shows that the tree of `to` leaves with `toRoot` begins with the tree of `from` leaves with `fromRoot` (RFC 9162, 2.1.4.2). */
export function verifyConsistency(from: number, to: number, fromRoot: Hash, toRoot: Hash, proof: readonly Hash[]): boolean {
  if (!isWhole(from) || !isWhole(to) || from > to || !areHashes([fromRoot, toRoot, ...proof])) return false
  if (from === to) return proof.length === 0 && sameHash(fromRoot, toRoot)
  if (from === 0) return proof.length === 0 && sameHash(fromRoot, EMPTY_ROOT)
  let [at, last] = [from - 1, to - 1]
  while (at % 2 === 1) [at, last] = [half(at), half(last)]
  // When the old tree is one complete subtree its root stands for the first hash, which the proof leaves out.
  const path = at === 0 ? [fromRoot, ...proof] : proof
  const first = path[0]
  if (first === undefined) return false
  let [old, made] = [first, first]
  for (const sibling of path.slice(1)) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      old = nodeHash(sibling, old)
      made = nodeHash(sibling, made)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      made = nodeHash(made, sibling)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && sameHash(old, fromRoot) && sameHash(made, toRoot)
}

/**
 * The right edge of a growing tree: the roots of the complete subtrees that it consists of, largest first. A leaf costs one hash on
 * average, a root at most one per level.
 */
export class Frontier {
  size = 0
  #subtrees: Hash[] = []

  /** The frontier of an existing tree, read once. */
  static async of(size: number, read: HashReader): Promise<Frontier> {
    const frontier = new Frontier()
    frontier.#subtrees = size === 0 ? [] : await read(nodesOf({ from: 0, to: size }))
    frontier.size = size
    return frontier
  }

  /** Appends a leaf's hash. `seen` is told of every subtree that thereby becomes complete, the leaf itself first. */
  push(leaf: Hash, seen?: (level: number, index: number, made: Hash) => void): void {
    let [made, level, index] = [leaf, 0, this.size]
    seen?.(level, index, made)
    while (index % 2 === 1) {
      made = nodeHash(this.#subtrees.pop()!, made)
      ;[level, index] = [level + 1, half(index)]
      seen?.(level, index, made)
    }
    this.#subtrees.push(made)
    this.size++
  }

  root(): Hash {
    return this.size === 0 ? EMPTY_ROOT : fold(this.#subtrees)
  }

  copy(): Frontier {
    const copy = new Frontier()
    copy.#subtrees = [...this.#subtrees]
    copy.size = this.size
    return copy
  }
}

/** Leaves `from` up to, not including, `to`; `from` lies on a boundary, so that the range is a subtree, the last perhaps incomplete. */
type Range = { readonly from: number; readonly to: number }

/** The hash of each range, reading all subtrees they are made of at once. */
async function hashesOf(ranges: readonly Range[], read: HashReader): Promise<Hash[]> {
  const parts = ranges.map(nodesOf)
  const nodes = parts.flat()
  const hashes = nodes.length === 0 ? [] : await read(nodes)
  let next = 0
  return parts.map((part) => fold(hashes.slice(next, (next += part.length))))
}

/** The complete subtrees that a range consists of, largest first. */
function nodesOf({ from, to }: Range): Node[] {
  const nodes: Node[] = []
  for (let [start, left] = [from, to - from]; left > 0; ) {
    let [width, level] = [1, 0]
    while (width * 2 <= left) [width, level] = [width * 2, level + 1]
    nodes.push({ level, index: start / width })
    ;[start, left] = [start + width, left - width]
  }
  return nodes
}

function fold(subtrees: readonly Hash[]): Hash {
  return subtrees.reduceRight((right, left) => nodeHash(left, right))
}

/** The largest power of two smaller than `count`. */
function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}

// Bit operators would cut sizes to 32 bits.
const half = (value: number): number => Math.floor(value / 2)
const isWhole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const areHashes = (hashes: readonly Hash[]): boolean => hashes.every((one) => one.length === 32)

function checkWhole(...values: number[]): void {
  for (const value of values) if (!isWhole(value)) throw new RangeError(`not a size or index: ${value}`)
}
