// @clause X.4
import { held, type PersonPlace } from '../../engines/procedure/index.ts'
import { idsMaybeIn } from '../../kernel/codes/index.ts'
import { REMOVED } from '../../kernel/masking/index.ts'
import type { Text } from '../../kernel/text.ts'
import type { Sealing } from '../../platform/sealing/index.ts'
import { listWithDigits, replaceWords, type WrittenWords } from './queries/words.ts'

/** A text without the number of a person who is known by its keyed digests (文中的证件号码): only the number goes. The same text when it does not stand there. */
export function withoutIdOf(sealing: Pick<Sealing, 'digestsOf'>, text: string, idDigests: readonly string[]): string {
  const theirs = idsMaybeIn(text).filter(({ id }) => sealing.digestsOf(id).some((digest) => idDigests.includes(digest)))
  return theirs.reduceRight((all, { at, written }) => all.slice(0, at) + REMOVED + all.slice(at + written.length), text)
}

/** Persons whom somebody named by number in words that stand readable in tables (他人叙述文字中的证件号码): the number goes, the words stay. */
export function namedInWords(what: Text, tables: readonly WrittenWords[]): PersonPlace {
  const find = async (db: Parameters<PersonPlace['list']>[0], table: WrittenWords, idDigests: readonly string[], sealing: Sealing) => (idDigests.length === 0 ? [] : await listWithDigits(db, table))
    .map(({ id, words }) => ({ id, words, without: Object.fromEntries(Object.entries(words).map(([column, text]) => [column, text === null ? null : withoutIdOf(sealing, text, idDigests)])) }))
    .filter(({ words, without }) => Object.keys(words).some((column) => words[column] !== without[column]))
  return {
    name: tables.map(({ relation }) => relation).join(', '),
    async list(db, { idDigests }, { sealing }) {
      let count = 0
      for (const table of tables) count += (await find(db, table, idDigests, sealing)).length
      return held(what, count, 'goes')
    },
    async remove(tx, { idDigests }, { sealing }) {
      const changed: { relation: string; ids: number[] }[] = []
      for (const table of tables) {
        const rows = await find(tx, table, idDigests, sealing)
        await replaceWords(tx, table, rows.map(({ id, without }) => ({ id, words: without })))
        changed.push({ relation: table.relation, ids: rows.map(({ id }) => id) })
      }
      return { changed, files: [] }
    },
  }
}
