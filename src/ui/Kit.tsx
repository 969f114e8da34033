import '@fontsource-variable/noto-sans-sc'
import './kit.css'
import type { ReactNode } from 'react'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { useLanguage } from './language.ts'
import { antThemeOf, useMode } from './theme.ts'

// Styles that are made while the page runs are taken by the browser with the nonce of this showing only.
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''

// What stands over the page has a place of its own: of a dialog that stands in the body antd locks the page by a style without the nonce, which the browser refuses. `kit.css` locks it.
const layers = document.body.appendChild(document.createElement('div'))
layers.className = 'x-layers'

/** The root of every face built on the kit: theme, language, fonts. A change of language builds the page anew, so that `t` needs no hook. */
export function Kit({ children }: { readonly children: ReactNode }) {
  const shown = useLanguage()
  const theme = antThemeOf(useMode())
  return (
    <ConfigProvider csp={{ nonce }} theme={theme} locale={shown === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }} getPopupContainer={() => layers}>
      <App key={shown} component={false}>{children}</App>
    </ConfigProvider>
  )
}
