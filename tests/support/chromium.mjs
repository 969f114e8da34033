import { existsSync } from 'node:fs'
import { aptInstall } from './apt.mjs'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The path of a Chromium: one that is installed, else Debian's package; null (with the way out said) when there is none. */
export function findChromium() {
  const named = [process.env.XINHENG_CHROMIUM, ...PLACES].find((path) => path && existsSync(path))
  if (named) return named
  if (aptInstall('chromium', 'fonts-noto-cjk')) return PLACES.find(existsSync) ?? null
  console.error('no Chromium found: install one, or name it in XINHENG_CHROMIUM')
  return null
}
