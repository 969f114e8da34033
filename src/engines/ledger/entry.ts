import { hash } from 'node:crypto'
import { canonicalJson, type JsonObject } from '../../kernel/json.ts'
import type { Text } from '../../kernel/text.ts'
import type { Db } from '../../platform/db/index.ts'
import type { Hash } from './tree.ts'

/** An entry (账目) as an act hands it in. */
export type NewEntry = {
  /** Noun and past participle: `record.filed`. */
  readonly name: string
  readonly at: Date
  readonly actor: string
  readonly subjectId: number | null
  /** Key of the row that the act made, from which `body` can be rebuilt. Without it there is no row and `body` is empty. */
  readonly aboutId: number | null
  /** The citation in short, `text article`. */
  readonly basis: string | null
  /** The witness: what the act did, as {@link EntryType.witness} rebuilds it from the tables at any later time. */
  readonly body: JsonObject
}

/** An entry as it stands in the log. */
export type Entry = {
  /** Place in the log, from 0. */
  readonly seq: number
  readonly entryId: number
  readonly name: string
  readonly at: Date
  readonly actor: string
  readonly subjectId: number | null
  readonly aboutId: number | null
  readonly basis: string | null
}

/** A kind of entry, registered by the module that writes it. */
export type EntryType = {
  readonly name: string
  /** The table of witnessed rows: every row must have an entry of one of the types that name this table. `relation` is `schema.table`, `key` the column that `aboutId` holds. */
  readonly table?: { readonly relation: string; readonly key: string }
  /** The bodies, by id. The same function gives `body` when the act is done. Ids whose row is gone are left out. */
  witness(db: Db, aboutIds: number[]): Promise<Map<number, JsonObject>>
  /** Entries of this kind say by which digests others go on since a person's data were removed ({@link redact}); they themselves never are. */
  readonly redacts?: true
  /** What exactly no longer fits, where a row stands for many others; null when that cannot be told. */
  differs?(db: Db, aboutId: number): Promise<Text | null>
  /** What whoever reads an audit should know beside its outcome, such as rows that stand elsewhere by law. */
  remarks?(db: Db): Promise<Text[]>
}

/** What an entry's digest is made of, beside the salt. */
export type Content = Omit<Entry, 'seq' | 'entryId' | 'at'> & { readonly at: Date | string; readonly body: JsonObject }

/** The text that the digest covers: canonical JSON, names as in the tables, the instant in ISO. */
export function contentText({ name, at, actor, subjectId, aboutId, basis, body }: Content): string {
  return canonicalJson({ about_id: aboutId, actor, at: isoOf(at), basis, body, name, subject_id: subjectId })
}

/** SHA-256(salt ‖ content): commits to the act without telling it to whoever lacks the salt. */
export function digestOf(salt: Uint8Array, content: string): Hash {
  return hash('sha256', Buffer.concat([salt, Buffer.from(content)]), 'buffer')
}

/** The data of an entry's leaf in the tree. */
export function leafText(name: string, at: Date | string, digest: Hash): string {
  return `xinheng/v1\n${name}\n${isoOf(at)}\n${Buffer.from(digest).toString('hex')}\n`
}

function isoOf(at: Date | string): string {
  if (typeof at === 'string') return at
  // A tampered table can hold instants that JavaScript cannot: the audit must outlive them.
  return at instanceof Date && !Number.isNaN(at.getTime()) ? at.toISOString() : String(at)
}
