import { z } from 'zod'
import { text, type Text } from '../../kernel/text.ts'
import type { Json } from '../../kernel/json.ts'
import { canonicalJson, isDeeperThan } from '../../kernel/json.ts'
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts'
import { digestOf, leafText } from './entry.ts'
import { checkNote, parseNote, parseVerifierKey, type VerifierKey } from './note.ts'
import { leafHash, sameHash, verifyConsistency, verifyInclusion, type Hash } from './tree.ts'

/**
 * Proof that an entry stands in the log, complete in itself: whoever knows the log's verifier key needs nothing else.
 * `disclosed` is what the digest covers; without it the proof tells only the entry's name and instant.
 */
const inclusionSchema = z.strictObject({
  kind: z.literal('xinheng-inclusion/v1'),
  leaf: z.strictObject({ name: z.string(), at: z.string(), digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  index: z.int().min(0),
  size: z.int().min(1),
  path: z.array(z.string()),
  checkpoint: z.string(),
  disclosed: z.strictObject({ salt: z.string().regex(/^([0-9a-f]{2})+$/), content: z.record(z.string(), z.json()) }).optional(),
})
/** Proof that the log of the second checkpoint begins with the log of the first: nothing was taken out or changed between. */
const consistencySchema = z.strictObject({
  kind: z.literal('xinheng-consistency/v1'),
  from: z.string(),
  to: z.string(),
  path: z.array(z.string()),
})
// No witness is nested like this; whoever walks through such a value does not come back.
const DEEPEST = 60

const proofSchema = z.discriminatedUnion('kind', [inclusionSchema, consistencySchema])

/** See {@link proveInclusion}. Hashes of the path are base64, the digest is hex, as in the leaf. */
export type InclusionProof = z.infer<typeof inclusionSchema>
/** See {@link proveConsistency}. */
export type ConsistencyProof = z.infer<typeof consistencySchema>

/** What verifying found: valid, or every reason against. `checkpoint` is the newest signed state that the proof ties to. */
export type Verdict = {
  readonly valid: boolean
  readonly problems: readonly Text[]
  readonly checkpoint?: { readonly origin: string; readonly size: number }
}

/**
 * Verifies the text of a proof (JSON) with the log's verifier keys: any of them may have signed. It uses no database and no server;
 * an auditor can do the same with any implementation of RFC 9162 and C2SP signed notes. `held`: a signed checkpoint that the verifier has from elsewhere
 * (the text around it, as the command prints it, is passed over); the proof has to lead to this one, so that nobody can show a log of his own to each.
 */
export function verifyProofText(proof: string, verifierKeys: readonly string[], held?: string): Verdict {
  const problems: Text[] = []
  const keys = verifierKeys.flatMap((key) => parseVerifierKey(key) ?? [])
  if (keys.length < verifierKeys.length || keys.length === 0) problems.push(text('验证公钥无法识别', 'A verifier key cannot be read'))
  const given = jsonOf(proof)
  const parsed = proofSchema.safeParse(isDeeperThan(given, DEEPEST) ? null : given)
  if (!parsed.success) return { valid: false, problems: [...problems, text('不是本系统格式的证明文件', 'This is not a proof in the known form')] }
  const checkpoint = parsed.data.kind === 'xinheng-inclusion/v1' ? checkInclusion(parsed.data, keys, problems) : checkConsistency(parsed.data, keys, problems)
  if (held !== undefined) compareWithHeld(checkpoint, noteIn(held), keys, problems)
  const valid = problems.length === 0
  return checkpoint === null ? { valid, problems } : { valid, problems, checkpoint: { origin: checkpoint.origin, size: checkpoint.size } }
}

function checkInclusion({ leaf, index, size, path, checkpoint: note, disclosed }: InclusionProof, keys: readonly VerifierKey[], problems: Text[]): Checkpoint | null {
  const checkpoint = signedCheckpoint(note, keys, problems)
  const hashes = hashesOf(path)
  if (checkpoint !== null) {
    const made = leafHash(leafText(leaf.name, leaf.at, Buffer.from(leaf.digest, 'hex')))
    if (checkpoint.size !== size || hashes === null || !verifyInclusion(made, index, size, hashes, checkpoint.root)) {
      problems.push(text('路径与签名的账本根不符：该账目不在此账本的这一位置', 'The path does not lead to the signed root: this entry does not stand at this place of the log'))
    }
  }
  if (disclosed !== undefined) {
    const digest = digestOf(Buffer.from(disclosed.salt, 'hex'), canonicalJson(disclosed.content as Json))
    if (!sameHash(digest, Buffer.from(leaf.digest, 'hex'))) problems.push(text('披露的内容与账目摘要不符', 'The disclosed content does not give the digest of the entry'))
    if (disclosed.content.name !== leaf.name || disclosed.content.at !== leaf.at) problems.push(text('披露内容的名称或时间与账目不一致', 'The disclosed content names another entry or instant'))
  }
  return checkpoint
}

function checkConsistency(proof: ConsistencyProof, keys: readonly VerifierKey[], problems: Text[]): Checkpoint | null {
  const from = signedCheckpoint(proof.from, keys, problems)
  const to = signedCheckpoint(proof.to, keys, problems)
  if (from === null || to === null) return to
  if (from.origin !== to.origin) problems.push(text('两个检查点属于不同账本', 'The two checkpoints belong to different logs'))
  const hashes = hashesOf(proof.path)
  if (hashes === null || !verifyConsistency(from.size, to.size, from.root, to.root, hashes)) {
    problems.push(text('新账本不是旧账本的延续：中间有账目被改动或删除', 'The newer log does not continue the older one: something in it was changed or removed'))
  }
  return to
}

/** The size that a checkpoint says, signed or not; null when the text holds none. For asking for the proof that leads to it. */
export function sizeOfCheckpoint(held: string): number | null {
  const note = parseNote(noteIn(held))
  return note === null ? null : (parseCheckpoint(note.text)?.size ?? null)
}

/** The note in a text that may go on behind it: signatures end it. */
function noteIn(held: string): string {
  const lines = held.replaceAll('\r\n', '\n').split('\n')
  return `${lines.slice(0, lines.findLastIndex((line) => line.startsWith('— ')) + 1).join('\n')}\n`
}

function compareWithHeld(proven: Checkpoint | null, note: string, keys: readonly VerifierKey[], problems: Text[]): void {
  const held = signedCheckpoint(note, keys, problems, text('您提供的检查点', 'The checkpoint that you gave'))
  if (held === null || proven === null) return
  if (held.origin !== proven.origin) problems.push(text(`您提供的检查点属于另一账本（${held.origin}）`, `The checkpoint that you gave is of another log (${held.origin})`))
  else if (held.size !== proven.size) problems.push(text(`证明对应 ${proven.size} 条账目的检查点，您提供的是 ${held.size} 条的：请索取对应的证明`, `The proof leads to the checkpoint over ${proven.size} entries, the one that you gave is over ${held.size}: ask for the proof that leads to it`))
  else if (!sameHash(held.root, proven.root)) problems.push(text('两个已签名的检查点规模相同而根不同：账本曾对不同的人出示不同内容', 'Two signed checkpoints of the same size have different roots: the log showed different things to different people'))
}

function signedCheckpoint(note: string, keys: readonly VerifierKey[], problems: Text[], which: Text = text('检查点', 'The checkpoint')): Checkpoint | null {
  const checked = checkNote(note, keys)
  const checkpoint = 'text' in checked ? parseCheckpoint(checked.text) : null
  if (checkpoint !== null) return checkpoint
  problems.push({
    malformed: text(`${which.zh}格式有误`, `${which.en} is malformed`),
    unsigned: text(`${which.zh}没有已知公钥的签名`, `${which.en} is signed by no known key`),
    forged: text(`${which.zh}的签名不正确`, `${which.en} bears a wrong signature`),
  }['problem' in checked ? checked.problem : 'malformed'])
  return null
}

function hashesOf(path: readonly string[]): Hash[] | null {
  const hashes = path.map((one) => Buffer.from(one, 'base64'))
  return hashes.every((one, at) => one.length === 32 && one.toString('base64') === path[at]) ? hashes : null
}

function jsonOf(proof: string): unknown {
  try {
    return JSON.parse(proof)
  } catch {
    return null
  }
}
