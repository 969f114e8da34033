import { useSyncExternalStore } from 'react'
import { theme as antTheme, type ThemeConfig } from 'antd'

/** Light or dark. */
export type Mode = 'light' | 'dark'

const KEPT_AS = 'xinheng.mode'
const listeners = new Set<() => void>()
let chosen: Mode | null = kept()
const system = window.matchMedia('(prefers-color-scheme: dark)')
system.addEventListener('change', tell)
show()

/** The mode shown: what the user chose, else what the system has. */
export function mode(): Mode {
  return chosen ?? (system.matches ? 'dark' : 'light')
}

/** Chooses a mode; kept in this browser. */
export function setMode(next: Mode): void {
  chosen = next
  try {
    localStorage.setItem(KEPT_AS, next)
  } catch {
    // shown until the browser is closed
  }
  tell()
}

/** Follows the mode. */
export function useMode(): Mode {
  return useSyncExternalStore((listener) => (listeners.add(listener), () => listeners.delete(listener)), mode)
}

// The same colours stand in kit.css as custom properties; both must pass AA (4.5:1) on their surface.
const colours = {
  light: { accent: '#0F766E', onAccent: '#FFFFFF', page: '#F6F8F8', surface: '#FFFFFF', text: '#172224', quiet: '#526064', line: '#DCE3E4', late: '#B42318', due: '#8A5300', good: '#17693B', info: '#1D5FA8' },
  dark: { accent: '#45BFB2', onAccent: '#04211E', page: '#0F1516', surface: '#172021', text: '#E5ECEC', quiet: '#A4B2B4', line: '#2D3A3C', late: '#FF8F85', due: '#F0B24A', good: '#6CCB93', info: '#82B6F2' },
} as const

/** antd's theme in our colours. Its own default tag and placeholder colours fail AA, so they are set here. */
export function antThemeOf(shown: Mode): ThemeConfig {
  const of = colours[shown]
  return {
    algorithm: shown === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    token: {
      colorPrimary: of.accent, colorInfo: of.info, colorError: of.late, colorWarning: of.due, colorSuccess: of.good, colorLink: of.accent,
      colorText: of.text, colorTextSecondary: of.quiet, colorTextTertiary: of.quiet, colorTextDescription: of.quiet, colorTextPlaceholder: shown === 'dark' ? '#8D9C9E' : '#66757A', colorTextDisabled: shown === 'dark' ? '#7F8E90' : '#6B797D',
      colorBgLayout: of.page, colorBgContainer: of.surface, colorBorder: shown === 'dark' ? '#435254' : '#BFCACC', colorBorderSecondary: of.line,
      fontFamily: 'var(--x-font)', fontSize: 14, borderRadius: 6, controlHeight: 32, motionDurationMid: '0.12s', motionDurationSlow: '0.16s',
    },
    components: { Button: { primaryColor: of.onAccent, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' }, Tag: { defaultColor: of.text }, Tabs: { horizontalItemPadding: '8px 0', itemColor: of.quiet } },
  }
}

function kept(): Mode | null {
  try {
    const value = localStorage.getItem(KEPT_AS)
    return value === 'dark' || value === 'light' ? value : null
  } catch {
    return null
  }
}

function tell(): void {
  show()
  for (const listener of listeners) listener()
}

function show(): void {
  document.documentElement.dataset.mode = mode()
}
