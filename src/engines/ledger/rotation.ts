// @clause 4.4
import { checkNote, parseVerifierKey, signNote, type Signer } from './note.ts'

/** A change of the key that signs (签名密钥轮换): from which key to which, and the statement that both signed. */
export type Rotation = { readonly former: string; readonly verifierKey: string; readonly note: string }

const HEAD = 'xinheng/key-rotation/v1'

/** The statement of a rotation, signed by both keys: whoever trusts the former learns from it which key signs from then on. Both keys have the log's origin as their name. */
export async function signRotation(former: Signer, next: Signer, at: Date): Promise<Rotation> {
  const keys = { former: former.verifierKey, verifierKey: next.verifierKey }
  return { ...keys, note: await signNote(`${HEAD}\n${former.name}\n${keys.former}\n${keys.verifierKey}\n${at.toISOString()}\n`, [former, next]) }
}

/** True when the statement says these two keys, and both signed it. */
export function isGoodRotation({ former, verifierKey, note }: Rotation): boolean {
  const keys = [former, verifierKey].map(parseVerifierKey)
  if (keys[0] === null || keys[1] === null || keys[0]!.name !== keys[1]!.name || former === verifierKey) return false
  return keys.every((key) => {
    const checked = checkNote(note, [key!])
    return 'text' in checked && checked.text.startsWith(`${HEAD}\n${key!.name}\n${former}\n${verifierKey}\n`)
  })
}

/**
 * Every key that the present one succeeds, the latest first, the present one before them: what checkpoints of the log may be signed with. It follows the statements back from a key that is trusted, so that a
 * key that somebody only wrote into the table is none.
 */
export function keysBefore(present: string, rotations: readonly Rotation[]): string[] {
  const keys = [present]
  for (;;) {
    const step = rotations.find((one) => one.verifierKey === keys.at(-1) && !keys.includes(one.former) && isGoodRotation(one))
    if (step === undefined) return keys
    keys.push(step.former)
  }
}

/** The same the other way: the keys that came after one that is trusted. For whoever kept the key of earlier years. */
export function keysAfter(trusted: string, rotations: readonly Rotation[]): string[] {
  const keys = [trusted]
  for (;;) {
    const step = rotations.find((one) => one.former === keys.at(-1) && !keys.includes(one.verifierKey) && isGoodRotation(one))
    if (step === undefined) return keys
    keys.push(step.verifierKey)
  }
}
