import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createOnce } from '../../platform/files/secret-file.ts'
import type { Randomness } from '../../platform/randomness.ts'
import { ED25519, verifierKeyText, type Signer } from './note.ts'

const KEY_FILE = 'ledger-key.pem'
const NEXT_FILE = 'ledger-key.next.pem'
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The log's Ed25519 key from `ledger-key.pem` (PKCS#8, readable by its owner only) in the folder; made there when there is none.
 * Whoever loses the file cannot continue the log under the same key: it belongs into the backup, apart from the database.
 * Throws when the file holds no Ed25519 key.
 */
export function loadOrCreateSigner(folder: string, origin: string, randomness: Randomness): Signer {
  const path = join(folder, KEY_FILE)
  let present = readKey(path, origin) ?? createKey(path, origin, randomness)
  let seen = stateOf(path)
  // Several processes share the file, and one of them may have changed the key.
  const now = (): Signer => {
    const state = stateOf(path)
    if (state !== seen) [present, seen] = [readKey(path, origin) ?? present, state]
    return present
  }
  return { name: origin, get verifierKey() { return now().verifierKey }, sign: (bytes) => now().sign(bytes), now }
}

/** A new key beside the present one; it signs nothing yet, and takes the place of an earlier one that never came into use. */
export function makeNextSigner(folder: string, origin: string, randomness: Randomness): Signer {
  const path = join(folder, NEXT_FILE)
  rmSync(path, { force: true })
  return createKey(path, origin, randomness)
}

/**
 * Puts the new key in the place of the present one, where it is the one that the log says signs now; one that the log knows nothing of goes. For the end of a rotation, and for a start after a kill on the way.
 * Gives whether the present key is the one that the log knows; `latest` null where the key never changed.
 */
export function settleNextSigner(folder: string, origin: string, latest: string | null): boolean {
  const [path, next] = [join(folder, KEY_FILE), join(folder, NEXT_FILE)]
  if (readKey(next, origin)?.verifierKey === latest) renameSync(next, path)
  else rmSync(next, { force: true })
  return latest === null || readKey(path, origin)?.verifierKey === latest
}

function stateOf(path: string): string {
  const state = statSync(path, { throwIfNoEntry: false })
  return state === undefined ? '' : `${state.ino} ${state.mtimeMs}`
}

/** A signer with the Ed25519 key of a 32-byte seed. */
export function signerOfSeed(origin: string, seed: Uint8Array): Signer {
  return signerOf(origin, createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, seed]), format: 'der', type: 'pkcs8' }))
}

function signerOf(name: string, key: KeyObject): Signer {
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  return { name, verifierKey: verifierKeyText(name, ED25519, publicKey), sign: async (bytes) => sign(null, bytes, key) }
}

function readKey(path: string, origin: string): Signer | null {
  let pem: string
  try {
    pem = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${path} holds no Ed25519 key`)
  return signerOf(origin, key)
}

function createKey(path: string, origin: string, randomness: Randomness): Signer {
  const pkcs8 = Buffer.concat([ED25519_PKCS8, randomness.bytes(32)])
  const pem = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' })
  createOnce(path, pem, randomness)
  return readKey(path, origin)!
}
