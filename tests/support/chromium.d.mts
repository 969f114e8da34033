/** The path of a Chromium: one that is installed, else Debian's package; null (with the way out said) when there is none. */
export function findChromium(): string | null
