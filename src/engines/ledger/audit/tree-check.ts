import { parseCheckpoint } from '../checkpoint.ts'
import { checkNote, type VerifierKey } from '../note.ts'
import type { StoredCheckpoint } from '../store.ts'
import { hashIn, TILE_WIDTH, type Tile, type TileAddress } from '../tiles.ts'
import { Frontier, sameHash, type Hash } from '../tree.ts'
import type { AuditProblem, Problems } from './report.ts'

/** A place of the log: the leaf's hash as its entry gives it and as the stored tile has it; null where there is none. */
export type Place = {
  readonly seq: number
  readonly fromEntry: Hash | null
  readonly fromTile: Hash | null
  readonly at: Partial<AuditProblem>
  /** What is wrong with the content, if anything; told only when the entry itself turns out to be the one that was signed. */
  readonly content: 'content-changed' | 'row-missing' | 'unknown-type' | null
}

/**
 * Builds the tree anew, from the entries and, where these differ, also from the stored tiles. The next signed checkpoint
 * decides which of the two was changed.
 */
export class TreeCheck {
  checkpoints = 0
  readonly #problems: Problems
  readonly #keys: readonly VerifierKey[]
  #tree = new Frontier()
  /** The tree as the tiles have it; null while both are the same. */
  #other: Frontier | null = null
  #undecided: Place[] = []
  #nodes: (TileAddress & { position: number; made: Hash })[] = []
  /** Size of the last checkpoint that the entries or the tiles give: what was rewritten lies after it. */
  #fits = 0
  #rootBroken = false

  constructor(problems: Problems, keys: readonly VerifierKey[]) {
    this.#problems = problems
    this.#keys = keys
  }

  /** Takes the next leaf. */
  push(place: Place): void {
    const { fromEntry, fromTile } = place
    const leaf = fromEntry ?? fromTile ?? new Uint8Array(32)
    const differ = fromEntry !== null && fromTile !== null && !sameHash(fromEntry, fromTile)
    if (differ) this.#other ??= this.#tree.copy()
    this.#other?.push(fromTile ?? leaf)
    // While it is open which leaves are right, the levels above would only repeat what is known.
    this.#tree.push(leaf, this.#other === null ? this.#note : undefined)
    if (differ) this.#doubt(place)
    else if (place.content !== null) this.#problems.add(place.content, place.at)
  }

  readonly #note = (treeLevel: number, index: number, made: Hash): void => {
    if (treeLevel > 0 && treeLevel % 8 === 0) this.#nodes.push({ level: treeLevel / 8, index: Math.floor(index / TILE_WIDTH), position: index % TILE_WIDTH, made })
  }

  // Memory stays flat however much was changed: what cannot be kept is told as undecided.
  #doubt(place: Place): void {
    if (this.#undecided.length < 1_000) this.#undecided.push(place)
    else this.#problems.add('does-not-fit', place.at)
  }

  /** Compares with a checkpoint over the leaves taken so far. */
  judge(stored: StoredCheckpoint): void {
    this.checkpoints++
    const name = `checkpoint ${stored.size}`
    const at = { seq: stored.size === 0 ? null : stored.size - 1, name }
    const checked = checkNote(stored.note, this.#keys)
    const signed = 'text' in checked ? parseCheckpoint(checked.text) : null
    if (signed === null) this.#problems.add('checkpoint-signature', at)
    else if (signed.size !== stored.size || !sameHash(signed.root, stored.root)) this.#problems.add('checkpoint-changed', at)
    const root = signed !== null && signed.size === stored.size ? signed.root : stored.root
    if (sameHash(root, this.#tree.root())) {
      this.#decide('tile-changed')
      this.#fits = stored.size
    } else if (this.#other !== null && sameHash(root, this.#other.root())) {
      this.#tree = this.#other
      this.#decide('entry-changed')
      this.#fits = stored.size
    } else if (signed !== null && signed.size === stored.size) {
      // Every later root differs too: saying so once is enough.
      if (!this.#rootBroken) this.#problems.add('root-differs', { seq: this.#fits, name })
      this.#rootBroken = true
    }
  }

  #decide(code: 'tile-changed' | 'entry-changed' | 'does-not-fit'): void {
    for (const { at, content } of this.#undecided.splice(0)) {
      this.#problems.add(code, at)
      if (code === 'tile-changed' && content !== null) this.#problems.add(content, at)
    }
    this.#other = null
  }

  /** The nodes above the leaves that became complete since the last call: what the upper tiles must hold. */
  takeNodes(): TileAddress[] {
    return this.#nodes.map(({ level, index }) => ({ level, index }))
  }

  /** Compares those nodes with the stored tiles. */
  compareNodes(tiles: ReadonlyMap<string, Tile>): void {
    for (const { level, index, position, made } of this.#nodes.splice(0)) {
      const hashes = tiles.get(`${level}/${index}`)?.hashes
      const at = { seq: (index * TILE_WIDTH + position) * TILE_WIDTH ** level, name: `tile ${level}/${index}` }
      if (hashes === undefined || hashes.length < (position + 1) * 32) this.#problems.add('tile-missing', at)
      else if (!sameHash(hashIn(hashes, position), made)) this.#problems.add('upper-tile-differs', at)
    }
  }

  /** Closes the walk: what no checkpoint decided stays undecided. */
  end(): void {
    this.#decide('does-not-fit')
  }
}
