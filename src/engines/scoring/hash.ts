import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../../kernel/json.ts'
import type { Model } from './model.ts'

/** The model's fingerprint (模型指纹): SHA-256 over its canonical JSON in hex. Examples are left out: they change no score. */
export function modelHash(model: Model): string {
  const { examples: _examples, ...rules } = model
  return createHash('sha256').update(canonicalJson(JSON.parse(JSON.stringify(rules)) as Json)).digest('hex')
}
