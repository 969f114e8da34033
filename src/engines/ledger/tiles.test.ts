import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { extendTiles, hashesAt, MissingTile, parseTilePath, partialTilesOf, readFromTiles, tilePath, type Tile } from './tiles.ts'
import { Frontier, leafHash, rootOf, sameHash } from './tree.ts'

test('paths of tiles are those of the public format', () => {
  assert.equal(tilePath({ level: 0, index: 0 }, 256), 'tile/0/000')
  assert.equal(tilePath({ level: 1, index: 1_234_067 }, 256), 'tile/1/x001/x234/067')
  assert.equal(tilePath({ level: 0, index: 273 }, 112), 'tile/0/273.p/112')
  for (const path of ['tile/0/000', 'tile/1/x001/x234/067', 'tile/0/273.p/112']) {
    const parsed = parseTilePath(path)!
    assert.equal(tilePath(parsed, parsed.width), path)
  }
  for (const path of ['tile/0/0', 'tile/0/x000/001', 'tile/0/001.p/0', 'tile/0/001.p/256', 'tile/00/001', 'tile/64/001', 'tile/0/1234', '../tile/0/000']) assert.equal(parseTilePath(path), null, path)
})

test('a tree of 70,000 leaves has the tiles that the public format says', () => {
  // 70,000 = 273 · 256 + 112, and 273 = 256 + 17.
  assert.equal(hashesAt(0, 70_000), 70_000)
  assert.equal(hashesAt(1, 70_000), 273)
  assert.equal(hashesAt(2, 70_000), 1)
  assert.deepEqual(partialTilesOf(70_000), [{ level: 0, index: 273 }, { level: 1, index: 1 }, { level: 2, index: 0 }])
})

test('leaves appended in any batches give the same tiles and the root of the plain definition', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 }), async (batches) => {
    const tiles = new Map<string, Tile>()
    const plain = new Frontier()
    let size = 0
    for (const batch of batches) {
      const partial = partialTilesOf(size).map(({ level, index }) => tiles.get(`${level}/${index}`)!)
      const leaves = Array.from({ length: batch }, (_, at) => leafHash(`${size + at}`))
      const grown = await extendTiles(size, partial, leaves)
      assert.ok(sameHash(grown.before, plain.root()))
      for (const leaf of leaves) plain.push(leaf)
      size += batch
      assert.ok(sameHash(grown.root, plain.root()))
      for (const tile of grown.tiles) {
        const before = tiles.get(`${tile.level}/${tile.index}`)
        assert.ok(before === undefined || before.hashes.length < tile.hashes.length, 'only partial tiles are written again')
        tiles.set(`${tile.level}/${tile.index}`, tile)
      }
    }
    for (const { level, index, hashes } of tiles.values()) assert.equal(hashes.length / 32, Math.min(256, hashesAt(level, size) - index * 256))
    const read = readFromTiles(async (wanted) => wanted.map(({ level, index }) => tiles.get(`${level}/${index}`)?.hashes ?? null))
    assert.ok(sameHash(await rootOf(size, read), plain.root()))
  }), { numRuns: 40 })
})

test('a tile that is gone or cut short is named', async () => {
  await assert.rejects(rootOf(300, readFromTiles(async (wanted) => wanted.map(() => null))), (error: unknown) => error instanceof MissingTile && /tile\/1\/000/.test(error.message))
  await assert.rejects(rootOf(3, readFromTiles(async (wanted) => wanted.map(() => new Uint8Array(64)))), MissingTile)
})
