import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Opens an address and waits until the page stands and has read what it shows. */
export async function visit(window: Page, path: string): Promise<void> {
  await window.goto(path)
  // The frame has a heading of its own until it knows who is there, and is no page yet.
  await window.locator('main:not(.c-waiting) h1, main .x-empty:not([role=status]) strong').first().waitFor()
  await window.locator('main .x-empty[role=status], main .x-stale').first().waitFor({ state: 'hidden' })
}

/** What axe holds against a page, the serious and critical ones. */
export async function held(window: Page, path: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().options({ resultTypes: ['violations'] }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze()
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${path}: ${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}

// What the pages themselves say, apart from what they show: names of businesses, titles of law, documents.
const CHROME = 'nav a, footer, h2, h3, thead th, dt, label, summary, button, [role=tab], .x-empty'
const DATA = '.s-late, .x-basis, .p-text, .p-figure, .r-body, .s-flagged, [lang="zh-CN"]'

/** Chinese in what an English page says, also to those who hear it. */
export async function chineseOn(window: Page): Promise<string[]> {
  const [shown, heard] = await Promise.all([
    window.locator(CHROME).evaluateAll((parts, data) => parts.filter((part) => !part.closest(data)).map(({ textContent }) => textContent), DATA),
    window.locator('[placeholder], [aria-label]').evaluateAll((parts, data) => parts.filter((part) => !part.closest(data)).flatMap((part) => [part.getAttribute('placeholder'), part.getAttribute('aria-label')]), DATA),
  ])
  return [...shown, ...heard].filter((words): words is string => words !== null && /\p{Script=Han}/u.test(words)).map((words) => words.slice(0, 200))
}

/** By how many pixels a page scrolls sideways. */
export async function sidewaysOf(window: Page): Promise<number> {
  return Number(await window.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'))
}
