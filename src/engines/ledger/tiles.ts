import { Frontier, nodeHash, type Hash, type HashReader } from './tree.ts'

/** Hashes in a full tile: the tree is kept in tiles of height 8 (C2SP tlog-tiles). */
export const TILE_WIDTH = 256
const HEIGHT = 8
const HASH_BYTES = 32
// Some ten megabytes.
const MOST_KEPT = 256

/** Where a tile lies: the tile `index` at tile level `level` holds node hashes of tree level `8·level`, from `256·index` on. */
export type TileAddress = { readonly level: number; readonly index: number }

/** A tile: 1 to 256 hashes one after the other. One of fewer than 256 is the right-most of its level. */
export type Tile = TileAddress & { readonly hashes: Uint8Array }

/** Reads the hashes of tiles, in the order asked for; null where there is no such tile. */
export type TileReader = (wanted: readonly TileAddress[]) => Promise<(Uint8Array | null)[]>

/** A tile that is absent or too short for the hash sought: the stored tree is damaged. */
export class MissingTile extends Error {
  readonly address: TileAddress
  constructor(address: TileAddress) {
    super(`tile ${tilePath(address, TILE_WIDTH)} is missing or too short`)
    this.name = 'MissingTile'
    this.address = address
  }
}

/** The path of a tile in the public format: `tile/0/x001/x234/067`, with `.p/<width>` when it is partial. */
export function tilePath({ level, index }: TileAddress, width: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!
  const path = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/')
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** The inverse of {@link tilePath}; null when the text is no path of a tile. */
export function parseTilePath(path: string): (TileAddress & { readonly width: number }) | null {
  const match = /^tile\/(0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path)
  if (!match) return null
  const address = { level: Number(match[1]), index: Number(match[2]!.replace(/[x/]/g, '')), width: Number(match[3] ?? TILE_WIDTH) }
  // One tile, one path: leading groups of zeros and a partial of 256 are other spellings.
  return address.level < 64 && tilePath(address, address.width) === path ? address : null
}

/** How many hashes the tiles of a level hold in all, for a tree of `size` leaves. */
export function hashesAt(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

/** The partial tiles of a tree of `size` leaves, one a level at most: all that appending needs to read. */
export function partialTilesOf(size: number): TileAddress[] {
  const partial: TileAddress[] = []
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    const count = hashesAt(level, size)
    if (count % TILE_WIDTH !== 0) partial.push({ level, index: Math.floor(count / TILE_WIDTH) })
  }
  return partial
}

/**
 * The inner hashes of tiles that every proof needs: those above the leaves, and the right-most ones. A tile has 255 of them, and working them out costs more than
 * fetching it. They are kept beside the very bytes from which they were made: a tile that reads differently, because it grew or was tampered with, is worked out anew.
 */
export class InnerHashes {
  #kept = new Map<string, { readonly hashes: Uint8Array; readonly inner: (Hash | undefined)[] }>()

  /** The inner hashes known of a tile with these bytes, to be added to; null when nothing is kept of such a tile. */
  of(address: TileAddress, hashes: Uint8Array): (Hash | undefined)[] | null {
    if (address.level === 0 && hashes.length === TILE_WIDTH * HASH_BYTES) return null
    const key = keyOf(address)
    const known = this.#kept.get(key)
    this.#kept.delete(key)
    const kept = known !== undefined && Buffer.compare(known.hashes, hashes) === 0 ? known : { hashes, inner: Array.from<Hash | undefined>({ length: TILE_WIDTH }) }
    this.#kept.set(key, kept)
    // The one that was not asked for the longest goes.
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!)
    return kept.inner
  }
}

/** A reader of any complete subtree, from tiles. Throws {@link MissingTile} when a tile lacks the hash. */
export function readFromTiles(readTiles: TileReader, kept?: InnerHashes): HashReader {
  return async (nodes) => {
    const places = nodes.map(({ level, index }) => {
      const rise = level % HEIGHT
      const first = index * 2 ** rise
      return { level: Math.floor(level / HEIGHT), index: Math.floor(first / TILE_WIDTH), first: first % TILE_WIDTH, count: 2 ** rise }
    })
    const wanted = new Map(places.map((place) => [keyOf(place), { level: place.level, index: place.index }]))
    const tiles = await readTiles([...wanted.values()])
    const byKey = new Map([...wanted.keys()].map((key, at) => [key, tiles[at] ?? null]))
    return places.map((place) => {
      const hashes = byKey.get(keyOf(place))
      if (!hashes || hashes.length < (place.first + place.count) * HASH_BYTES) throw new MissingTile(place)
      return subtreeOf(hashes, place.first, place.count, kept?.of(place, hashes) ?? null)
    })
  }
}

/** The hash at a position in a tile. */
export function hashIn(hashes: Uint8Array, position: number): Hash {
  return hashes.subarray(position * HASH_BYTES, (position + 1) * HASH_BYTES)
}

/**
 * Appends leaves' hashes to the tree whose partial tiles are handed in (those of {@link partialTilesOf}).
 * Gives every tile that is new or grew, the root before (to check it against the signed one) and the root after.
 */
export async function extendTiles(size: number, partial: readonly Tile[], leaves: readonly Hash[]): Promise<{ before: Hash; root: Hash; tiles: Tile[] }> {
  // A tile that holds more than the tree does must not shift what comes after.
  const edge = partial.map((tile) => ({ ...tile, hashes: tile.hashes.subarray(0, (hashesAt(tile.level, size) % TILE_WIDTH) * HASH_BYTES) }))
  const known = new Map(edge.map((tile) => [keyOf(tile), tile.hashes]))
  const frontier = await Frontier.of(size, readFromTiles(async (wanted) => wanted.map((address) => known.get(keyOf(address)) ?? null)))
  const before = frontier.root()
  const grown = new TileBuilder(edge)
  for (const leaf of leaves) frontier.push(leaf, grown.add)
  return { before, root: frontier.root(), tiles: grown.take() }
}

/** Gathers the subtrees that a {@link Frontier} completes into tiles. */
export class TileBuilder {
  #open = new Map<number, { index: number; width: number; hashes: Uint8Array; grew: boolean }>()
  #full: Tile[] = []

  constructor(partial: readonly Tile[] = []) {
    for (const { level, index, hashes } of partial) {
      const room = new Uint8Array(TILE_WIDTH * HASH_BYTES)
      room.set(hashes)
      this.#open.set(level, { index, width: hashes.length / HASH_BYTES, hashes: room, grew: false })
    }
  }

  /** Takes one completed subtree; those that lie inside a tile are dropped. */
  readonly add = (treeLevel: number, nodeIndex: number, made: Hash): void => {
    if (treeLevel % HEIGHT !== 0) return
    const level = treeLevel / HEIGHT
    let tile = this.#open.get(level)
    if (tile === undefined) {
      tile = { index: Math.floor(nodeIndex / TILE_WIDTH), width: 0, hashes: new Uint8Array(TILE_WIDTH * HASH_BYTES), grew: true }
      this.#open.set(level, tile)
    }
    tile.hashes.set(made, tile.width * HASH_BYTES)
    tile.width++
    tile.grew = true
    if (tile.width < TILE_WIDTH) return
    this.#full.push({ level, index: tile.index, hashes: tile.hashes })
    this.#open.delete(level)
  }

  /** The tiles filled since the last call. */
  takeFull(): Tile[] {
    return this.#full.splice(0)
  }

  /** The tiles filled since the last call, and the partial ones that grew. */
  take(): Tile[] {
    const partial = [...this.#open].filter(([, tile]) => tile.grew)
    return [...this.takeFull(), ...partial.map(([level, tile]) => ({ level, index: tile.index, hashes: tile.hashes.subarray(0, tile.width * HASH_BYTES) }))]
  }
}

function subtreeOf(hashes: Uint8Array, first: number, count: number, inner: (Hash | undefined)[] | null): Hash {
  if (count === 1) return hashIn(hashes, first)
  // The root of a full tile has place 1, its halves 2 and 3, and so on.
  const place = (TILE_WIDTH + first) / count
  const known = inner?.[place]
  if (known !== undefined) return known
  const made = nodeHash(subtreeOf(hashes, first, count / 2, inner), subtreeOf(hashes, first + count / 2, count / 2, inner))
  if (inner) inner[place] = made
  return made
}

const keyOf = ({ level, index }: TileAddress): string => `${level}/${index}`
