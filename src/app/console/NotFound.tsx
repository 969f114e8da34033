import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import { problemOf } from '../../ui/client.ts'
import { EmptyState, PageHead } from '../../ui/Layout.tsx'
import { t, tt } from '../../ui/language.ts'
import { ProblemPanel } from '../../ui/ProblemPanel.tsx'
import type { Place } from './places.tsx'

/** No page has this address. */
export function NotFound() {
  return <><PageHead title={t('没有这个页面', 'There is no such page')} /><EmptyState title={t('地址里没有内容', 'Nothing is at this address')} how={t('地址可能写错了，或者页面已经改名。按 Ctrl K 可以查找主体和页面。', 'The address may be mistyped, or the page was renamed. Ctrl K finds subjects and pages.')} action={<Link to="/">{t('回到工作台', 'To the desk')}</Link>} /></>
}

/** The address is right, but the post of whoever is signed in does not carry what the page needs. */
export function NotAllowed({ place }: { readonly place: Place }) {
  return (
    <>
      <PageHead title={tt(place.title)} />
      <EmptyState title={t('您的岗位不能打开这个页面', 'Your post does not open this page')} how={t(`这个页面需要“${place.permission}”权限。工作需要的，请联系安全管理员授权；走错了请回到工作台。`, `It needs the permission "${place.permission}". If your work needs it, ask the security administrator; otherwise go back to the desk.`)} action={<Link to="/">{t('回到工作台', 'To the desk')}</Link>} />
    </>
  )
}

/** A page that failed while it was drawn. */
export function PageFault({ error, reset }: ErrorComponentProps) {
  return <ProblemPanel problem={problemOf(error)} onRetry={reset} />
}
