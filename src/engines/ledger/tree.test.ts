// @clause 4.4
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readFromTiles, TileBuilder } from './tiles.ts'
import { consistencyProof, EMPTY_ROOT, Frontier, inclusionProof, leafHash, nodeHash, rootOf, verifyConsistency, verifyInclusion, type Hash, type HashReader } from './tree.ts'

// The test tree of Certificate Transparency, which all logs of RFC 6962 share.
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((hex) => leafHash(Buffer.from(hex, 'hex')))
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const hexOf = (hashes: Hash[]) => hashes.map((one) => Buffer.from(one).toString('hex'))

/** The definition of RFC 9162, 2.1.1, word by word. */
function naiveRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return EMPTY_ROOT
  if (leaves.length === 1) return leaves[0]!
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)))
}

const naiveReader = (leaves: readonly Hash[]): HashReader => async (nodes) =>
  nodes.map(({ level, index }) => {
    assert.ok((index + 1) * 2 ** level <= leaves.length, 'only complete subtrees are asked for')
    return naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))
  })

const leavesOf = (count: number) => Array.from({ length: count }, (_, at) => leafHash(`leaf ${at}`))

test('roots are those of Certificate Transparency', async () => {
  for (let size = 0; size <= 8; size++) {
    assert.equal(hexOf([await rootOf(size, naiveReader(LEAVES))])[0], ROOTS[size])
    const frontier = new Frontier()
    for (const leaf of LEAVES.slice(0, size)) frontier.push(leaf)
    assert.equal(hexOf([frontier.root()])[0], ROOTS[size])
  }
})

test('proofs are those of Certificate Transparency', async () => {
  const read = naiveReader(LEAVES)
  assert.deepEqual(hexOf(await inclusionProof(0, 8, read)), [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ])
  assert.deepEqual(hexOf(await inclusionProof(5, 8, read)), [
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ])
  assert.deepEqual(hexOf(await inclusionProof(2, 3, read)), [ROOTS[2]])
  assert.deepEqual(hexOf(await consistencyProof(6, 8, read)), [
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ])
  assert.deepEqual(hexOf(await consistencyProof(2, 5, read)), [
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  ])
})

test('every proof in every small tree verifies, and only for its own index and sizes', async () => {
  const leaves = leavesOf(24)
  const roots = Array.from({ length: 25 }, (_, size) => naiveRoot(leaves.slice(0, size)))
  for (let size = 1; size <= 24; size++) {
    const read = naiveReader(leaves.slice(0, size))
    for (let index = 0; index < size; index++) {
      const path = await inclusionProof(index, size, read)
      for (let other = 0; other < size + 2; other++) assert.equal(verifyInclusion(leaves[index]!, other, size, path, roots[size]!), other === index)
    }
    for (let from = 0; from <= size; from++) {
      const proof = await consistencyProof(from, size, read)
      assert.ok(verifyConsistency(from, size, roots[from]!, roots[size]!, proof), `${from} to ${size}`)
      for (let other = 0; other <= size; other++) if (other !== from) assert.equal(verifyConsistency(from, size, roots[other]!, roots[size]!, proof), false)
    }
  }
})

const flip = (hash: Hash, bit: number): Hash => {
  const flipped = Uint8Array.from(hash)
  flipped[bit >> 3]! ^= 1 << (bit & 7)
  return flipped
}

test('a proof with one bit changed, a hash more or a hash less fails', async () => {
  const sizes = fc.integer({ min: 1, max: 700 })
  await fc.assert(fc.asyncProperty(sizes, fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 }), async (size, pick, which, bit) => {
    const leaves = leavesOf(size)
    const read = naiveReader(leaves)
    const root = naiveRoot(leaves)
    const index = pick % size
    const path = await inclusionProof(index, size, read)
    const leaf = leaves[index]!
    assert.ok(verifyInclusion(leaf, index, size, path, root))
    assert.ok(!verifyInclusion(flip(leaf, bit), index, size, path, root))
    assert.ok(!verifyInclusion(leaf, index, size, path, flip(root, bit)))
    assert.ok(!verifyInclusion(leaf, index, size, [...path, root], root))
    if (path.length > 0) {
      assert.ok(!verifyInclusion(leaf, index, size, path.with(which % path.length, flip(path[which % path.length]!, bit)), root))
      assert.ok(!verifyInclusion(leaf, index, size, path.slice(1), root))
    }
    const from = 1 + (which % size)
    const fromRoot = naiveRoot(leaves.slice(0, from))
    const proof = await consistencyProof(from, size, read)
    assert.ok(verifyConsistency(from, size, fromRoot, root, proof))
    assert.ok(!verifyConsistency(from, size, flip(fromRoot, bit), root, proof))
    assert.ok(!verifyConsistency(from, size, fromRoot, flip(root, bit), proof))
    if (proof.length > 0) assert.ok(!verifyConsistency(from, size, fromRoot, root, proof.with(pick % proof.length, flip(proof[pick % proof.length]!, bit))))
  }), { numRuns: 60 })
})

test('proofs from tiles equal those from the leaves, and indices beyond 32 bits are no wonder', async () => {
  const leaves = leavesOf(1_000)
  const builder = new TileBuilder()
  const frontier = new Frontier()
  for (const leaf of leaves) frontier.push(leaf, builder.add)
  const tiles = builder.take()
  const read = readFromTiles(async (wanted) => wanted.map(({ level, index }) => tiles.find((tile) => tile.level === level && tile.index === index)?.hashes ?? null))
  assert.deepEqual(hexOf(await inclusionProof(257, 999, read)), hexOf(await inclusionProof(257, 999, naiveReader(leaves))))
  assert.deepEqual(hexOf(await consistencyProof(511, 1_000, read)), hexOf(await consistencyProof(511, 1_000, naiveReader(leaves))))

  // A tree in which all leaves are equal has one hash a level: large trees cost nothing.
  const levels = [leafHash('same')]
  for (let level = 1; level < 50; level++) levels.push(nodeHash(levels[level - 1]!, levels[level - 1]!))
  const same: HashReader = async (nodes) => nodes.map(({ level }) => levels[level]!)
  const [index, size] = [2 ** 40 + 12_345, 2 ** 45 + 77]
  assert.ok(verifyInclusion(levels[0]!, index, size, await inclusionProof(index, size, same), await rootOf(size, same)))
  assert.ok(verifyConsistency(index, size, await rootOf(index, same), await rootOf(size, same), await consistencyProof(index, size, same)))
})
