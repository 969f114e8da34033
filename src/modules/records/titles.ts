import type { PolicyBook } from '../../engines/policy/index.ts'

type Standard = { readonly kind: string; readonly fields: readonly { readonly id: string; readonly zh: string }[] }

const known = new WeakMap<PolicyBook, ReadonlyMap<string, ReadonlyMap<string, string>>>()

/** Titles of the fields of a kind of record by id, in the order of its field standard (数据项名称); empty for kinds without a standard. */
export function fieldTitles(kind: string, book: PolicyBook): ReadonlyMap<string, string> {
  const standards = known.get(book) ?? new Map(book.folder('standards').map(({ content }) => content as unknown as Standard).map((one) => [one.kind, new Map(one.fields.map(({ id, zh }) => [id, zh]))]))
  known.set(book, standards)
  return standards.get(kind) ?? new Map()
}
