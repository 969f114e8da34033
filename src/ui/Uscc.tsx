import { useState } from 'react'
import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { t } from './language.ts'

/** A unified social credit code in groups of four, with a button that copies it whole. Selecting and copying the groups by hand gives no spaces. */
export function Uscc({ code, copy = true }: { readonly code: string | null | undefined; readonly copy?: boolean }) {
  const [copied, setCopied] = useState(false)
  if (!code) return <span className="x-quiet">{t('无统一代码', 'no unified code')}</span>
  async function take() {
    setCopied(await copyText(code!))
    setTimeout(() => setCopied(false), 1600)
  }
  return (
    <span className="x-uscc">
      <span>{code.match(/.{1,4}/g)!.map((group, index) => <span key={index}>{group}</span>)}</span>
      {copy && (
        <button type="button" className="x-icon-button" onClick={() => void take()} aria-label={copied ? t('已复制', 'Copied') : t(`复制代码 ${code}`, `Copy the code ${code}`)} title={t('复制', 'Copy')}>
          {copied ? <CheckOutlined className="x-good" /> : <CopyOutlined />}
        </button>
      )}
    </span>
  )
}

/** Puts a text on the clipboard; works without https too, where browsers hide the clipboard. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}
