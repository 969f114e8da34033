import assert from 'node:assert/strict'
import { checkNote, parseNote, parseVerifierKey, signNote, verifierKeyText } from '../../src/engines/ledger/note.ts'
import { checkpointText, parseCheckpoint } from '../../src/engines/ledger/checkpoint.ts'
import { contentText, digestOf, leafText } from '../../src/engines/ledger/entry.ts'
import { signerOfSeed } from '../../src/engines/ledger/keys.ts'
import { verifyProofText } from '../../src/engines/ledger/proof.ts'
import { consistencyProof, inclusionProof, leafHash, nodeHash as nodeOf, rootOf, type Hash, type HashReader } from '../../src/engines/ledger/tree.ts'
import type { Target } from './fuzz.ts'
import { ofText } from './mutate.ts'

const signer = signerOfSeed('xinheng.cn/460202/ledger', new Uint8Array(32).fill(7))
const key = parseVerifierKey(signer.verifierKey)!

const salt = Buffer.alloc(16, 3)
const content = { name: 'record.filed', at: new Date('2026-11-22T01:02:03Z'), actor: 'officer:demo', subjectId: 7, aboutId: 9, basis: 'penalty-law-2021 第四十八条', body: { document: '海棠市监罚〔2026〕第1号', fields: { CF_NR: '罚款' } } }
const digest = digestOf(salt, contentText(content))
const leaves = [...Array.from({ length: 4 }, (_, at) => leafHash(`leaf ${at}`)), leafHash(leafText(content.name, content.at, digest))]
const reader: HashReader = async (nodes) => nodes.map(({ level, index }) => {
  assert.ok(level === 0 || index * 2 ** level + 2 ** level <= leaves.length)
  return subtree(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))
})
const noteAt = async (size: number) => signNote(checkpointText({ origin: signer.name, size, root: await rootOf(size, reader) }), [signer])
const base64 = (hashes: readonly Hash[]) => hashes.map((one) => Buffer.from(one).toString('base64'))

const [from, to] = [await noteAt(3), await noteAt(5)]
const inclusion = JSON.stringify({
  kind: 'xinheng-inclusion/v1', leaf: { name: content.name, at: content.at.toISOString(), digest: Buffer.from(digest).toString('hex') }, index: 4, size: 5,
  path: base64(await inclusionProof(4, 5, reader)), checkpoint: to, disclosed: { salt: salt.toString('hex'), content: JSON.parse(contentText(content)) as object },
})
const consistency = JSON.stringify({ kind: 'xinheng-consistency/v1', from, to, path: base64(await consistencyProof(3, 5, reader)) })

/** What a proof says, whatever its blanks and the order of its keys. */
const saidBy = (proof: string): unknown => JSON.parse(proof)
const genuine = [inclusion, consistency].map(saidBy)

const proofs: Target<string> = {
  name: 'proofs', share: 4_000, seeds: [inclusion, consistency, inclusion.replace('"罚款"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`)],
  ...ofText,
  run(text) {
    const { valid, problems, checkpoint } = verifyProofText(text, [signer.verifierKey])
    for (const { zh, en } of problems) assert.ok(zh && en)
    assert.equal(valid, problems.length === 0)
    if (valid) {
      assert.ok(checkpoint)
      // Nobody else holds the key: a proof that is believed says what one of the two says, or less of it.
      const said = saidBy(text) as { disclosed?: unknown; from?: string; to?: string }
      const { disclosed: _, ...without } = genuine[0] as { disclosed: unknown }
      const trivial = said.from !== undefined && said.from === said.to
      assert.ok(trivial || [...genuine, without].some((one) => isSame(one, said)), 'a forged proof was believed')
    }
    return `${valid} ${problems.map(({ en }) => en).join(' ')}`
  },
}

const checkpoints: Target<string> = {
  name: 'checkpoints', share: 8_000, seeds: [from, to, checkpointText({ origin: 'a', size: 0, root: new Uint8Array(32), extensions: ['more'] }), 'a\n\n— b AAAAAAA=\n'],
  ...ofText,
  run(text) {
    const note = parseNote(text)
    const checked = checkNote(text, [key])
    if ('text' in checked) assert.ok([from, to].some((one) => one.startsWith(`${checked.text}\n`)), 'a forged note was believed')
    const checkpoint = parseCheckpoint(note?.text ?? text)
    if (checkpoint !== null) assert.equal(checkpointText(checkpoint), note?.text ?? text)
    return `${note?.signatures.length} ${'text' in checked ? 'good' : checked.problem} ${checkpoint?.extensions?.length}`
  },
}

const keys: Target<string> = {
  name: 'verifier-keys', share: 4_000, seeds: [signer.verifierKey, 'a+00000000+AQ=='],
  ...ofText,
  run(text) {
    const parsed = parseVerifierKey(text)
    if (parsed !== null) assert.equal(verifierKeyText(parsed.name, parsed.type, parsed.key), text.trim())
    return String(parsed?.type)
  },
}

function subtree(hashes: readonly Hash[]): Hash {
  if (hashes.length === 1) return hashes[0]!
  const half = hashes.length / 2
  return nodeOf(subtree(hashes.slice(0, half)), subtree(hashes.slice(half)))
}

function isSame(one: unknown, other: unknown): boolean {
  try {
    assert.deepEqual(one, other)
    return true
  } catch {
    return false
  }
}

/** Everything that reads proofs, checkpoints and keys. */
export const proofTargets = [proofs, checkpoints, keys] as const
