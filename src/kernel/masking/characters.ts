const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** The characters of a text as a reader sees them: a rare character beyond the first plane, or one with a combining mark or variation selector, is one. */
export function charactersOf(text: string): string[] {
  // Most names and numbers hold nothing that combines, and segmenting costs microseconds.
  return isCombined(text) ? Array.from(segmenter.segment(text), ({ segment }) => segment) : [...text]
}

/** Whether some character of a text is written with more than one code point. */
export function isCombined(text: string): boolean {
  return /[\p{M}\p{Cf}\u{E0100}-\u{E01EF}\p{Emoji_Modifier}]/u.test(text)
}
