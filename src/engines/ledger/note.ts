import { createPublicKey, hash, verify } from 'node:crypto'

/**
 * A signed note (C2SP signed-note): a text that ends in a newline, an empty line, and one line a signature:
 *
 *     — <key name> base64(key id ‖ signature)
 *
 * The key id is the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). A verifier key is written
 * `<name>+<key id in hex>+base64(type ‖ public key)`. Several keys may sign one note: whoever knows one of them can check it.
 */

/** Something that signs bytes under a name: a key file now, a hardware module later. */
export type Signer = {
  /** The key name; for a log, its origin. */
  readonly name: string
  /** The public half in text, for whoever verifies. */
  readonly verifierKey: string
  sign(bytes: Uint8Array): Promise<Uint8Array>
  /** Where the key changes while the program runs: the one that signs at this moment. */
  now?(): Signer
}

/** A verifier key taken apart. `type` says the algorithm: 1 is Ed25519, the only one understood so far. */
export type VerifierKey = { readonly name: string; readonly id: string; readonly type: number; readonly key: Uint8Array }

/** A note taken apart; whether the signatures are good is a question of its own ({@link checkNote}). */
export type Note = { readonly text: string; readonly signatures: readonly { readonly name: string; readonly id: string; readonly signature: Uint8Array }[] }

/** Signature type of Ed25519 (RFC 8032) in signed notes. */
export const ED25519 = 1
const MOST_SIGNATURES = 100
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** The text of a verifier key. Throws RangeError when the name has spaces or a plus sign or is empty. */
export function verifierKeyText(name: string, type: number, key: Uint8Array): string {
  if (!isKeyName(name)) throw new RangeError(`not a key name: ${name}`)
  const typed = Buffer.concat([Uint8Array.of(type), key])
  return `${name}+${keyId(name, typed)}+${typed.toString('base64')}`
}

/** The inverse of {@link verifierKeyText}; null when the text is no verifier key or its id does not fit. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim())
  if (!match || !isKeyName(match[1]!)) return null
  const typed = fromBase64(match[3]!)
  if (typed === null || typed.length < 2 || keyId(match[1]!, typed) !== match[2]) return null
  if (typed[0] === ED25519 && typed.length !== 33) return null
  return { name: match[1]!, id: match[2]!, type: typed[0]!, key: typed.subarray(1) }
}

/** Signs a text with every signer. Throws RangeError when the text cannot be a note. */
export async function signNote(text: string, signers: readonly Signer[]): Promise<string> {
  if (!isNoteText(text)) throw new RangeError('the text of a note ends in a newline and holds no control characters')
  const lines: string[] = []
  for (const one of signers) {
    const signer = one.now?.() ?? one
    const key = parseVerifierKey(signer.verifierKey)
    if (key === null || key.name !== signer.name) throw new RangeError(`the verifier key of ${signer.name} does not fit`)
    const signature = await signer.sign(Buffer.from(text))
    lines.push(`— ${signer.name} ${Buffer.concat([Buffer.from(key.id, 'hex'), signature]).toString('base64')}\n`)
  }
  return `${text}\n${lines.join('')}`
}

/** Takes a note apart; null when it is malformed. */
export function parseNote(note: string): Note | null {
  const cut = note.lastIndexOf('\n\n')
  if (cut < 0 || !note.endsWith('\n') || !note.isWellFormed()) return null
  const text = note.slice(0, cut + 1)
  const lines = note.slice(cut + 2, -1).split('\n')
  if (!isNoteText(text) || lines.length > MOST_SIGNATURES) return null
  const signatures = []
  for (const line of lines) {
    const match = /^— (\S+) (\S+)$/.exec(line)
    const bytes = match && fromBase64(match[2]!)
    if (!match || !bytes || bytes.length < 5 || !isKeyName(match[1]!)) return null
    signatures.push({ name: match[1]!, id: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) })
  }
  return { text, signatures }
}

/**
 * Checks a note against the keys one trusts: its text, or why it is not to be believed. Signatures by other keys are passed over;
 * one by a known key must be good, and at least one known key must have signed.
 */
export function checkNote(note: string, keys: readonly VerifierKey[]): { readonly text: string } | { readonly problem: 'malformed' | 'unsigned' | 'forged' } {
  const parsed = parseNote(note)
  if (parsed === null) return { problem: 'malformed' }
  const bytes = Buffer.from(parsed.text)
  let good = 0
  for (const { name, id, signature } of parsed.signatures) {
    const key = keys.find((one) => one.name === name && one.id === id)
    if (key === undefined) continue
    if (!isGood(key, bytes, signature)) return { problem: 'forged' }
    good++
  }
  return good === 0 ? { problem: 'unsigned' } : { text: parsed.text }
}

function isGood(key: VerifierKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (key.type !== ED25519) return false
  const publicKey = createPublicKey({ key: Buffer.concat([ED25519_SPKI, key.key]), format: 'der', type: 'spki' })
  return signature.length === 64 && verify(null, bytes, publicKey, signature)
}

function keyId(name: string, typed: Uint8Array): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed]), 'hex').slice(0, 8)
}

function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\s+]/u.test(name)
}

function isNoteText(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return text.endsWith('\n') && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text)
}

function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : null
}
