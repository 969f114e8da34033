/**
 * A name (名称) for comparing and searching: full-width and half-width, brackets, middle dots, blanks and case make no difference.
 * `海棠湾（三亚） 酒店` and `海棠湾(三亚)酒店` are the same. Never shown, and never enough to say that two subjects are one.
 */
export function normaliseName(name: string): string {
  return name.normalize('NFKC').replace(/[\s\p{Cf}\p{Cc}]/gu, '').replace(/[[{〔【〖「『<《〈]/g, '(').replace(/[\]}〕】〗」』>》〉]/g, ')')
    .replace(/[•‧∙・･]/g, '·').toUpperCase()
}

/** Every pair of neighbouring characters of a text that was normalised, once each; empty when it is shorter than two. */
export function gramsOf(normalised: string): string[] {
  const characters = [...normalised]
  return [...new Set(characters.slice(1).map((character, at) => characters[at]! + character))]
}

/**
 * What is searched of a subject: its normalised names one a line, and their pairs of characters. Pairs never cross from one name to the next.
 * Of a person, who is shown in part, the names whole: whoever looks for parts must not find out the rest.
 */
export function searchableNames(names: readonly string[], { person = false } = {}): { readonly lines: string; readonly grams: readonly string[] } {
  const normalised = [...new Set(names.map(normaliseName))].filter((name) => name !== '')
  return { lines: normalised.join('\n'), grams: person ? normalised : [...new Set(normalised.flatMap(gramsOf))] }
}
