/**
 * Words that someone looks for (查找词) may name a person. A reading sends them in this header, written as a query (`find=…`), and never in its address, which histories and proxies keep.
 */
export const WORDS_HEADER = 'x-words'
/** The fields that hold such words, of whatever endpoint. */
export const WORDS: readonly string[] = ['find', 'party', 'sought']

/** Takes words out of an address: the address without them, and the headers that carry them; none without words. */
export function wordsApart(address: string): { readonly address: string; readonly headers: Readonly<Record<string, string>> } {
  const [path, query = ''] = address.split('?', 2) as [string, string?]
  const [stays, goes] = [new URLSearchParams(), new URLSearchParams()]
  for (const [name, value] of new URLSearchParams(query)) (WORDS.includes(name) ? goes : stays).append(name, value)
  return { address: stays.size === 0 ? path : `${path}?${stays}`, headers: goes.size === 0 ? {} : { [WORDS_HEADER]: goes.toString() } }
}

/** The words that a header carries; nothing else that stands in it. */
export function wordsIn(header: string | undefined): Record<string, string> {
  return Object.fromEntries([...new URLSearchParams(header ?? '')].filter(([name]) => WORDS.includes(name)))
}
