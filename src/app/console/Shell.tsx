import { Fragment, useCallback, useEffect, useState, type MouseEvent } from 'react'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { App, Button, Drawer, Dropdown, Tooltip } from 'antd'
import { MenuOutlined, MoonOutlined, SearchOutlined, SunOutlined, UserOutlined } from '@ant-design/icons'
import type { Day } from '../../kernel/day.ts'
import { whoAmI } from '../../modules/organisation/contract.ts'
import { noteExport } from '../../modules/audit/contract.ts'
import { listTexts } from '../../modules/law/contract.ts'
import { listSubjects } from '../../modules/subjects/contract.ts'
import { call, openFor, type AnswerOf } from '../../ui/client.ts'
import { CommandPalette, type Finding } from '../../ui/CommandPalette.tsx'
import { dayWithWeekday } from '../../ui/DayText.tsx'
import { language, setLanguage, t, tt } from '../../ui/language.ts'
import { ProblemPanel } from '../../ui/ProblemPanel.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { SurroundingsProvider } from '../../ui/surroundings.tsx'
import { setMode, useMode } from '../../ui/theme.ts'
import { Uscc } from '../../ui/Uscc.tsx'
import { useEndpoint } from '../../ui/use-endpoint.ts'
import { leave } from '../../modules/identity/ui/leave.ts'
import { Navigation } from './Navigation.tsx'
import { mayOpen, places } from './places.tsx'
import { NotAllowed } from './NotFound.tsx'
import { useOfficerName } from './officer-names.ts'
import { SignInDialog } from './SignInDialog.tsx'
import { OutsideReturnPage, SignInPage } from './SignInPage.tsx'
import './shell.css'

// By hand: what stands behind the `#` of the address is what somebody looks for.
function skipToContent(event: MouseEvent): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

/** The frame of the console: navigation left (a drawer on phones), district, day, search and preferences above, the page below. */
export function Shell() {
  const me = useEndpoint(whoAmI, {}, { every: (answer) => (answer?.filling ? 1500 : 300_000) })
  const texts = useEndpoint(listTexts, {}, { enabled: me.isSuccess })
  const [drawer, setDrawer] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  // On the way from one page to another both are looked at: the one that is still shown must not wake when only the other is open.
  const shown = useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? state.location.pathname })
  useEffect(() => setDrawer(false), [path])
  if (path === '/sign-in/outside') return <OutsideReturnPage />
  const over = me.error?.body.status === 401
  if (over && !me.data) return <SignInPage />
  // People of businesses, associations and agencies have no console; their place is another page.
  if (!me.data && me.error?.body.code === 'act.not-allowed') location.replace('/my')
  if (!me.data) {
    return <main id="main" className="c-waiting"><h1 className="x-hidden">{t('信衡', 'Xinheng')}</h1>{me.error ? <ProblemPanel problem={me.error} onRetry={() => void me.refetch()} /> : <p className="x-quiet" role="status">{t('正在打开信衡…', 'Opening Xinheng…')}</p>}</main>
  }
  const { actor, today, departments, sectors, demo, filling } = me.data
  openFor(actor.id)
  const closed = places.find((place) => place.to !== '/' && [path, shown].some((one) => one === place.to || one.startsWith(`${place.to}/`)) && !mayOpen(place, me.data.permissions))
  return (
    <SurroundingsProvider value={{ today: today as Day, departments, sectors, actor: me.data.actor, permissions: me.data.permissions, texts: Object.fromEntries(texts.data?.rows.map((row) => [row.key, row]) ?? []), useOfficerName, exported: (list) => call(noteExport, list) }}>
      <a className="c-skip" href="#main" onClick={skipToContent}>{t('跳到正文', 'Skip to the content')}</a>
      <div className="c-shell">
        <nav className="c-side" aria-label={t('主导航', 'Main')}><Brand district={me.data.district} /><Navigation /></nav>
        <Drawer open={drawer} onClose={() => setDrawer(false)} placement="left" size={240} title={<Brand district={me.data.district} />} styles={{ body: { padding: 8 } }} closable={false}>
          <nav aria-label={t('主导航', 'Main')}><Navigation /></nav>
        </Drawer>
        <div className="c-right">
          <Top me={me.data} onMenu={() => setDrawer(true)} />
          {!actor.verified && <div className="c-filling" role="status">{t('尚未核实本人，岗位权限暂停：密码由一次性代码设置。请当面或致电安全管理员核实，核实后刷新页面即可。', 'Your rights rest until it is known that it was you who set the password by the one-time code. See or call the security administrator, then reload the page.')}</div>}
          {filling && <div className="c-filling"><ProgressBar fraction={filling.done} label={t('演示数据', 'Demo data')} what={<>{t('正在生成演示数据：', 'Filling the demo district: ')}{tt(filling.note)}{t('。可以先四处看看，数字会继续增长。', '. Look around meanwhile; the figures keep growing.')}</>} /></div>}
          <main id="main" tabIndex={-1} className="c-main">{closed ? <NotAllowed place={closed} /> : <Fragment key={actor.id}><Outlet /></Fragment>}</main>
          {demo && <footer className="c-foot x-small x-quiet">{t('演示数据：所有主体、代码和决定均为虚构。', 'Demo data: all subjects, codes and decisions are fictional.')} · {t('信衡', 'Xinheng')} {me.data.version}{me.data.database === 'embedded' && ` · ${t('内嵌数据库，仅供试用', 'embedded database, for trying out only')}`}</footer>}
        </div>
      </div>
      {over && <SignInDialog was={actor} />}
    </SurroundingsProvider>
  )
}

function Brand({ district }: { readonly district: { readonly zh: string; readonly en: string } }) {
  return <div className="c-brand"><span className="c-mark" aria-hidden>衡</span><span><strong>{t('信衡', 'Xinheng')}</strong><span className="x-small x-quiet">{tt(district)}</span></span></div>
}

function Top({ me, onMenu }: { readonly me: AnswerOf<typeof whoAmI>; onMenu(): void }) {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const signOut = async () => {
    const problem = await leave('/console')
    if (problem) void message.error(`${t('没有退出成功。', 'You are still signed in.')} ${tt(problem.body.message)} ${tt(problem.body.fix)}`)
  }
  const [finding, setFinding] = useState(false)
  const mode = useMode()
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setFinding(true)
      }
    }
    addEventListener('keydown', open)
    return () => removeEventListener('keydown', open)
  }, [])
  const find = useCallback(async (words: string, signal: AbortSignal): Promise<Finding[]> => {
    const lower = words.toLowerCase()
    const pages = places.filter((place) => mayOpen(place, me.permissions)).filter(({ title, words: more }) => `${title.zh} ${title.en} ${more}`.toLowerCase().includes(lower))
      .map(({ to, title }) => ({ key: to, group: t('页面', 'Page'), title: tt(title), go: () => void navigate({ to }) }))
    if (words.length < 2 || !me.permissions.includes('subjects.read')) return pages
    const { rows } = await call(listSubjects, { find: words, limit: 12 }, { signal })
    return [...rows.map((row) => ({ key: `s${row.subjectId}`, group: t('主体', 'Subject'), title: row.foundBy ? `${row.name}（${t('曾用名', 'formerly')} ${row.foundBy}）` : row.name, note: row.uscc && <Uscc code={row.uscc} copy={false} />, go: () => void navigate({ to: '/subjects/$subjectId', params: { subjectId: String(row.subjectId) } }) })), ...pages]
  }, [navigate, me.permissions])
  const shortcut = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'
  return (
    <header className="c-top">
      <Button type="text" className="c-menu" icon={<MenuOutlined />} onClick={onMenu} aria-label={t('打开导航', 'Open navigation')} />
      <button type="button" className="c-find" onClick={() => setFinding(true)} aria-label={t('查找主体或页面', 'Find a subject or a page')}><SearchOutlined aria-hidden /><span>{t('查找主体、代码、页面', 'Find subjects, codes, pages')}</span><kbd>{shortcut}</kbd></button>
      <div className="c-top-after">
        {me.demo && <span className="x-tag x-tag-due" title={t('所有主体均为虚构', 'All subjects are fictional')}>{t('演示数据', 'Demo data')}</span>}
        <span className="x-num x-quiet c-today">{dayWithWeekday(me.today)}</span>
        <Tooltip title={t('Switch to English', '切换到中文')}><Button type="text" size="small" lang={language() === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language() === 'zh' ? 'en' : 'zh')}>{t('EN', '中文')}</Button></Tooltip>
        <Button type="text" size="small" icon={mode === 'dark' ? <SunOutlined /> : <MoonOutlined />} onClick={() => setMode(mode === 'dark' ? 'light' : 'dark')} aria-label={mode === 'dark' ? t('浅色', 'Light') : t('深色', 'Dark')} />
        <Dropdown trigger={['click']} menu={{ items: [{ key: 'security', label: t('登录与安全', 'Sign-in and security'), onClick: () => void navigate({ to: '/security' }) }, { key: 'out', label: t('退出', 'Sign out'), onClick: () => void signOut() }] }}>
          <button type="button" lang="zh-CN" className="c-actor x-bare" title={me.actor.name}><UserOutlined aria-hidden /> <span>{me.actor.name}</span></button>
        </Dropdown>
      </div>
      <CommandPalette open={finding} onClose={() => setFinding(false)} find={find} />
    </header>
  )
}
