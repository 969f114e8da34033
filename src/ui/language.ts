import { useSyncExternalStore } from 'react'
import type { Text } from '../kernel/text.ts'

/** The languages of the screens. */
export type Language = 'zh' | 'en'

const KEPT_AS = 'xinheng.language'
const listeners = new Set<() => void>()
let present: Language = kept() === 'en' ? 'en' : 'zh'
announce()

/** The language now shown. Chinese unless the user chose otherwise. */
export function language(): Language {
  return present
}

/** Shows the other language; the choice is kept in this browser. */
export function setLanguage(next: Language): void {
  present = next
  try {
    localStorage.setItem(KEPT_AS, next)
  } catch {
    // a browser that keeps nothing still shows the language until it is closed
  }
  announce()
  for (const listener of listeners) listener()
}

/** A sentence in the language shown. Both stand side by side, so that none can be missing. */
export function t(zh: string, en: string): string {
  return present === 'zh' ? zh : en
}

/** A `Text` from the server or the kernel in the language shown. */
export function tt(text: Text): string {
  return present === 'zh' ? text.zh : text.en
}

/** Follows the language; used once at the root, whose `key` it is, so that `t` can stay a plain function. */
export function useLanguage(): Language {
  return useSyncExternalStore((listener) => (listeners.add(listener), () => listeners.delete(listener)), language)
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT_AS)
  } catch {
    return null
  }
}

function announce(): void {
  document.documentElement.lang = present === 'zh' ? 'zh-CN' : 'en'
}
