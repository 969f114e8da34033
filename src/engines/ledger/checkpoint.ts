import type { Hash } from './tree.ts'

/**
 * A checkpoint (C2SP tlog-checkpoint): the state of the log that its keeper signs. Three lines: origin, size in decimal, root in base64;
 * further lines are extensions.
 */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Hash; readonly extensions?: readonly string[] }

/** The text that is signed. */
export function checkpointText({ origin, size, root, extensions = [] }: Checkpoint): string {
  return [origin, String(size), Buffer.from(root).toString('base64'), ...extensions].map((line) => `${line}\n`).join('')
}

/** The inverse of {@link checkpointText}; null when the text is no checkpoint. */
export function parseCheckpoint(text: string): Checkpoint | null {
  if (!text.endsWith('\n')) return null
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n')
  if (!origin || size === undefined || root === undefined || !/^(0|[1-9]\d{0,15})$/.test(size) || extensions.includes('')) return null
  const hash = Buffer.from(root, 'base64')
  if (hash.length !== 32 || hash.toString('base64') !== root || !Number.isSafeInteger(Number(size))) return null
  return { origin, size: Number(size), root: hash, extensions }
}
