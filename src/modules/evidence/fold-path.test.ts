import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inclusionProof, leafHash, nodeHash, rootOf, type HashReader } from '../../engines/ledger/tree.ts'
import { sidesOfPath } from './evidence.ts'
import { foldPath } from './ui/fold-path.ts'

const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex')

test('the picture of a proof, computed in the browser, ends at the root that the ledger signs, for every entry of ledgers of every shape', async () => {
  for (const size of [1, 2, 3, 5, 8, 13, 21]) {
    const leaves = Array.from({ length: size }, (_, index) => `leaf ${index}\n`)
    const read: HashReader = async (nodes) => nodes.map(({ level, index }) => whole(leaves, level, index))
    const root = hex(await rootOf(size, read))
    for (const [index, leaf] of leaves.entries()) {
      const path = (await inclusionProof(index, size, read)).map((hash) => Buffer.from(hash).toString('base64'))
      const walked = await foldPath(leaf, sidesOfPath(index, size, path))
      assert.equal(walked!.folds.at(-1)?.gives ?? walked!.leaf, root, `entry ${index} of ${size}`)
    }
  }
})

test('a path with one hash changed does not end at the root', async () => {
  const leaves = ['a\n', 'b\n']
  const root = hex(nodeHash(leafHash(leaves[0]!), leafHash(leaves[1]!)))
  const right = await foldPath('a\n', [{ side: 'right', hash: hex(leafHash('b\n')) }])
  const wrong = await foldPath('a\n', [{ side: 'right', hash: hex(leafHash('c\n')) }])
  assert.equal(right!.folds[0]!.gives, root)
  assert.notEqual(wrong!.folds[0]!.gives, root)
})

function whole(leaves: readonly string[], level: number, index: number): Uint8Array {
  return level === 0 ? leafHash(leaves[index]!) : nodeHash(whole(leaves, level - 1, 2 * index), whole(leaves, level - 1, 2 * index + 1))
}
