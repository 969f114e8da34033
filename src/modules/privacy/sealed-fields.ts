// @clause X.4
import type { PolicyBook } from '../../engines/policy/index.ts'
import type { Sealing } from '../../platform/sealing/index.ts'
import { holdsId, isSealedField } from './views.ts'

/** Fields with what must not stand readable sealed: those of the table of views, and every text that holds an id. Without any it is the same object: sealing costs nothing where there is nothing to seal. */
export function sealedFields<Fields extends Readonly<Record<string, string>>>(book: PolicyBook, sealing: Sealing, kind: string, fields: Fields, placeOf: (id: string) => string): Fields {
  let sealed: Record<string, string> | null = null
  for (const id in fields) if (fields[id] !== '' && (isSealedField(book, kind, id) || holdsId(book, fields[id]!))) (sealed ??= { ...fields })[id] = sealing.seal(fields[id]!, placeOf(id))
  return (sealed ?? fields) as Fields
}
