/** A sentence in both languages of the product. */
export type Text = { readonly zh: string; readonly en: string }

/** Both languages side by side, so that a sentence can never lack its translation. */
export function text(zh: string, en: string): Text {
  return { zh, en }
}
