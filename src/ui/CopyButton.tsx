import { useState } from 'react'
import { Button } from 'antd'
import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { t } from './language.ts'
import { copyText } from './Uscc.tsx'

/** Copies a text and says so. `what` tells screen readers what is copied. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [copied, setCopied] = useState(false)
  async function take() {
    setCopied(await copyText(text))
    setTimeout(() => setCopied(false), 1600)
  }
  return <Button size="small" type="text" icon={copied ? <CheckOutlined /> : <CopyOutlined />} onClick={() => void take()} aria-label={t(`复制${what}`, `Copy ${what}`)}>{copied ? t('已复制', 'Copied') : t('复制', 'Copy')}</Button>
}
