import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Randomness } from '../../platform/randomness.ts'
import { ED25519, verifierKeyText, type Signer } from './note.ts'

const KEY_FILE = 'ledger-key.pem'
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The log's Ed25519 key from `ledger-key.pem` (PKCS#8, readable by its owner only) in the folder; made there when there is none.
 * Whoever loses the file cannot continue the log under the same key: it belongs into the backup, apart from the database.
 * Throws when the file holds no Ed25519 key.
 */
export function loadOrCreateSigner(folder: string, origin: string, randomness: Randomness): Signer {
  const path = join(folder, KEY_FILE)
  return readKey(path, origin) ?? createKey(folder, path, origin, randomness)
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

function createKey(folder: string, path: string, origin: string, randomness: Randomness): Signer {
  mkdirSync(folder, { recursive: true })
  const pkcs8 = Buffer.concat([ED25519_PKCS8, randomness.bytes(32)])
  const pem = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' })
  const partial = `${path}.${Buffer.from(randomness.bytes(6)).toString('hex')}`
  writeFileSync(partial, pem, { mode: 0o600, flag: 'wx', flush: true })
  try {
    // A link fails when the file exists: of two processes that start at once the second takes the key of the first.
    linkSync(partial, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(partial)
  }
  return readKey(path, origin)!
}
