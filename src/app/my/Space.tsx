// @clause X.4, 4.8
import '../../ui/kit.css'
import './my.css'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { getOwnRecord, getSpace } from '../../modules/agents/contract.ts'
import { getPartner } from '../../modules/partners/contract.ts'
import type { AnswerOf, Problem } from '../../ui/client.ts'
import { dayWithWeekday } from '../../ui/DayText.tsx'
import { language, setLanguage, t, tt, useLanguage } from '../../ui/language.ts'
import { useEndpoint } from '../../ui/use-endpoint.ts'
import { leave } from '../../modules/identity/ui/leave.ts'
import { Agents } from './Agents.tsx'
import { ClaimForm, ClaimList } from './Claims.tsx'
import { Enter } from './Enter.tsx'
import { Notices, useUnread, type Notice } from './Notices.tsx'
import { ObjectionForm, ObjectionList, StatementForm, type About } from './Objections.tsx'
import { isReturn, OutsideBack } from './Outside.tsx'
import { OwnRemoval } from './OwnRemoval.tsx'
import { Partner } from './Partner.tsx'
import { Card, Reading, Trouble } from './parts.tsx'
import { RecordFace } from './Record.tsx'
import { Security } from './Security.tsx'

type SpaceAnswer = AnswerOf<typeof getSpace>
type Tab = 'record' | 'objections' | 'agents' | 'security'

/** The space of businesses (企业空间): what my record says, what it means, what I can do next, by when. */
export function Space() {
  const shown = useLanguage()
  const queries = useQueryClient()
  const [back, setBack] = useState(isReturn)
  // Asked again by itself: when a mandate ends elsewhere, an open page must not go on showing the business.
  const space = useEndpoint(getSpace, {}, { enabled: !back, every: 20_000 })
  const [stuck, setStuck] = useState<Problem | null>(null)
  const signOut = async () => setStuck(await leave('/my'))
  const nobody = space.error?.body.status === 401
  const elsewhere = space.error?.body.code === 'act.not-allowed'
  const partner = useEndpoint(getPartner, {}, { enabled: elsewhere })
  return (
    <main className="m-page" key={shown}>
      <header className="m-top">
        <h1>{elsewhere && partner.data ? t('协会与服务机构', 'Associations and agencies') : t('企业空间', 'Space of businesses')}</h1>
        <button className="m-link" lang={language() === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language() === 'zh' ? 'en' : 'zh')}>{language() === 'zh' ? 'English' : '中文'}</button>
        {((space.data && !nobody) || (elsewhere && partner.data)) && <button className="m-link" onClick={() => void signOut()}>{t('退出', 'Sign out')}</button>}
      </header>
      <Trouble problem={stuck} />
      {back ? <OutsideBack onDone={() => { setBack(false); void queries.resetQueries() }} /> : nobody ? <Enter onDone={() => void queries.resetQueries()} /> : space.data ? <Inside space={space.data} /> : elsewhere
        ? partner.data ? <Partner partner={partner.data} /> : partner.isPending ? <Reading /> : <Card title={t('这里供企业使用', 'This is for businesses')}><p>{t('您以工作人员身份登录，请使用工作台。', 'You are signed in as an officer: use the console.')}</p><a href="/console">{t('去工作台', 'To the console')}</a><button className="m-link" onClick={() => void signOut()}>{t('退出后以企业身份登录', 'Sign out, to sign in for a business')}</button></Card>
        : <Reading problem={space.error} />}
    </main>
  )
}

function Inside({ space }: { readonly space: SpaceAnswer }) {
  const [chosen, setChosen] = useState<number | null>(null)
  const [face, setFace] = useState<'business' | 'claim' | 'notices'>('business')
  const [tab, setTab] = useState<Tab>('record')
  const [again, setAgain] = useState<string | null>(null)
  const unread = useUnread()
  const subject = space.subjects.find(({ subjectId }) => subjectId === chosen) ?? space.subjects[0]
  const claimed = space.verified && space.claims.every(({ outcome }) => outcome !== null)
  const claim = (uscc: string | null) => { setAgain(uscc); setFace('claim') }
  const open = ({ kind, subjectId }: Notice) => { setChosen(subjectId); setTab(kind === 'objection' ? 'objections' : kind === 'mandate' ? 'agents' : 'record'); setFace('business') }
  return (
    <>
      <p className="x-quiet">{t(`${space.name}（${space.userName}）`, `${space.name} (${space.userName})`)} · {tt(space.district)}</p>
      {!space.verified && <div className="x-problem x-warning" role="status"><strong>{t('尚未核实本人，您的授权暂停', 'Your mandates rest until it is known that it was you')}</strong><span>{t('密码由一次性代码设置。请致电或到信用主管部门，由安全管理员核实，核实后立即恢复。', 'Your password was set by a one-time code. Call or visit the credit office: its security administrator makes sure, and they come back at once.')}</span></div>}
      <button className="m-button" aria-pressed={face === 'notices'} onClick={() => setFace(face === 'notices' ? 'business' : 'notices')}>{face === 'notices' ? t('返回', 'Back') : <>{t('消息', 'Notices')}{unread > 0 && <> <span className="m-count">{t(`${unread} 条未读`, `${unread} unread`)}</span></>}</>}</button>
      {face === 'notices' ? <Notices mayOpen={({ subjectId }) => space.subjects.some((one) => one.subjectId === subjectId)} onOpen={open} /> : <>
        {space.subjects.length > 1 && <div className="m-field"><label htmlFor="m-subject">{t('选择企业', 'Choose a business')}</label><select id="m-subject" value={subject?.subjectId} onChange={(event) => setChosen(Number(event.target.value))}>{space.subjects.map((one) => <option key={one.subjectId} value={one.subjectId}>{one.name}</option>)}</select></div>}
        <ClaimList space={space} />
        {subject && face === 'business' && <Business key={subject.subjectId} subject={subject} space={space} tab={tab} onTab={setTab} onClaim={() => claim(subject.uscc)} />}
        {!subject && face === 'business' && claimed && <p>{t('您还没有可代办的企业。请先认领。', 'You act for no business yet. Claim one first.')}</p>}
        {face === 'claim' || (!subject && claimed) ? <ClaimForm key={again} space={space} uscc={again ?? ''} onDone={() => setFace('business')} /> : <button className="m-button" onClick={() => claim(null)}>{subject ? t('认领另一家企业', 'Claim another business') : t('认领企业', 'Claim a business')}</button>}
        {face === 'claim' && <button className="m-link" onClick={() => setFace('business')}>{t('返回', 'Back')}</button>}
        {!subject && <><Security /><OwnRemoval /></>}
      </>}
    </>
  )
}

function Business({ subject, space, tab, onTab, onClaim }: { readonly subject: SpaceAnswer['subjects'][number]; readonly space: SpaceAnswer; readonly tab: Tab; onTab(tab: Tab): void; onClaim(): void }) {
  const [about, setAbout] = useState<About | null>(null)
  const [stated, setStated] = useState<About | null>(null)
  const own = useEndpoint(getOwnRecord, { subjectId: subject.subjectId })
  const may = (permission: string) => subject.may.includes(permission)
  const department = (key: string) => tt(own.data?.departments.find((one) => one.key === key) ?? { zh: key, en: key })
  const tabs: readonly (readonly [Tab, string])[] = [['record', t('档案', 'Record')], ['objections', t('异议与说明', 'Objections')], ['agents', t('经办人', 'Agents')], ['security', t('安全', 'Security')]]
  return (
    <>
      <h2>{subject.name}</h2>
      {subject.endsSoon && <div className="x-problem x-warning" role="status"><strong>{t(`您的授权将于 ${dayWithWeekday(subject.untilOn)} 到期`, `Your mandate ends on ${dayWithWeekday(subject.untilOn)}`)}</strong>
        <span>{subject.capacity === 'agent' ? t('可请法定代表人在“经办人”页续期，或重新认领；在此之前照常办理。', 'Ask the legal representative to renew it on the page Agents, or claim anew; until then nothing changes.') : t('请重新认领，核准后接续；在此之前照常办理。', 'Claim anew; it goes on once confirmed. Until then nothing changes.')}</span>
        <button className="m-link" onClick={onClaim}>{t('重新认领以续期', 'Claim anew, to go on')}</button></div>}
      <nav className="m-tabs" aria-label={t('本企业', 'This business')}>{tabs.map(([key, title]) => <button key={key} className="m-button" aria-current={tab === key && !about && !stated ? 'page' : undefined} onClick={() => { onTab(key); setAbout(null); setStated(null) }}>{title}</button>)}</nav>
      {about ? <ObjectionForm subjectId={subject.subjectId} about={about} onCancel={() => setAbout(null)} onDone={() => { setAbout(null); onTab('objections') }} />
        : stated ? <Card title={t(`关于“${stated.title}”的说明`, `A statement about "${stated.title}"`)}><p className="x-quiet">{t('工作人员查看这条记录时一并看到，注明是企业自述；不改变记录。', 'Officers see it with this record, marked as your own word; it changes no record.')}</p>
          <StatementForm subjectId={subject.subjectId} recordId={stated.recordId!} onCancel={() => setStated(null)} onDone={() => { setStated(null); onTab('objections') }} /></Card>
        // What was read before a refusal is not shown after it: the mandate may have ended meanwhile.
        : tab === 'record' ? (own.error ? <Trouble problem={own.error} /> : own.data ? <RecordFace own={own.data} mayObject={may('my.object')} onObject={setAbout} onState={setStated} /> : <Reading />)
          : tab === 'objections' ? <ObjectionList subjectId={subject.subjectId} mayObject={may('my.object')} department={department} />
            : tab === 'agents' ? <Agents subjectId={subject.subjectId} name={subject.name} mayAppoint={may('my.appoint')} longest={space.longest.agent} today={space.today} /> : <><Security /><OwnRemoval /></>}
    </>
  )
}
