/** A step of a path: the hash that was joined (hex), on which side it stands, and what the two give (hex). */
export type Fold = { readonly beside: string; readonly side: 'left' | 'right'; readonly gives: string }

/** Hex of a hash that may be written in hex or base64. */
export function hexOf(hash: string): string {
  return /^[0-9a-f]{64}$/i.test(hash) ? hash.toLowerCase() : [...bytesOfBase64(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Walks from a leaf up to the root in this browser (RFC 6962: leaf 0x00, node 0x01), so that the picture shows what was computed
 * here and not what a server says. Null where the browser offers no SHA-256, which it does only over https and on localhost.
 */
export async function foldPath(leafText: string, path: readonly { readonly side: 'left' | 'right'; readonly hash: string }[]): Promise<{ readonly leaf: string; readonly folds: readonly Fold[] } | null> {
  if (!globalThis.crypto?.subtle) return null
  const leaf = await sha256(new Uint8Array([0]), new TextEncoder().encode(leafText))
  let own = leaf
  const folds: Fold[] = []
  for (const { side, hash } of path) {
    const beside = bytesOfHex(hexOf(hash))
    own = side === 'left' ? await sha256(new Uint8Array([1]), beside, own) : await sha256(new Uint8Array([1]), own, beside)
    folds.push({ beside: hexOf(hash), side, gives: hexOfBytes(own) })
  }
  return { leaf: hexOfBytes(leaf), folds }
}

async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all))
}

function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function hexOfBytes(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
