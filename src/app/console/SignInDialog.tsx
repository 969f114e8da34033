// @clause X.4
import { useEffect, useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { whoAmI } from '../../modules/organisation/contract.ts'
import { call } from '../../ui/client.ts'
import { t } from '../../ui/language.ts'
import { SignInChoices } from './SignInPage.tsx'

/**
 * Stands over a page whose session is over, hiding it: whoever opened the page signs in again and goes on where it was, with all that was typed.
 * Somebody else gets a page of their own.
 */
export function SignInDialog({ was }: { readonly was: { readonly id: string; readonly name: string } }) {
  const queries = useQueryClient()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const enter = async () => {
    const { actor } = await call(whoAmI, {})
    if (actor.id !== was.id) return location.assign('/console')
    await queries.invalidateQueries()
  }
  return (
    <dialog ref={dialog} className="c-sign-in-again" aria-labelledby="sign-in-again" onCancel={(event) => event.preventDefault()}>
      <h2 id="sign-in-again">{t('登录已失效，请重新登录', 'The session is over: sign in again')}</h2>
      <p className="x-quiet">{t(`这是${was.name}打开的页面。重新登录后接着办理，已填写的内容都在；换人登录会打开新的页面。`, `${was.name} opened this page. Sign in again and go on: what was typed is still there. Somebody else gets a new page.`)}</p>
      <SignInChoices onDone={() => void enter()} beside />
    </dialog>
  )
}
