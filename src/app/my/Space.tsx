// @clause X.4, 4.8
import '../../ui/kit.css'
import './my.css'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { getOwnRecord, getSpace } from '../../modules/agents/contract.ts'
import { signOut } from '../../modules/identity/contract.ts'
import type { AnswerOf } from '../../ui/client.ts'
import { language, setLanguage, t, tt, useLanguage } from '../../ui/language.ts'
import { useAct, useEndpoint } from '../../ui/use-endpoint.ts'
import { Agents } from './Agents.tsx'
import { ClaimForm, ClaimList } from './Claims.tsx'
import { Enter } from './Enter.tsx'
import { ObjectionForm, ObjectionList, type About } from './Objections.tsx'
import { isReturn, OutsideBack } from './Outside.tsx'
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
  const space = useEndpoint(getSpace, {}, { enabled: !back })
  const out = useAct(signOut, { stale: [], onDone: () => void queries.clear() })
  const leave = async () => {
    const left = await out.perform({})
    if (left?.continueAt) location.assign(left.continueAt)
    else await queries.resetQueries()
  }
  const nobody = space.error?.body.status === 401
  return (
    <main className="m-page" key={shown}>
      <header className="m-top">
        <h1>{t('企业空间', 'Space of businesses')}</h1>
        <button className="m-link" lang={language() === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language() === 'zh' ? 'en' : 'zh')}>{language() === 'zh' ? 'English' : '中文'}</button>
        {space.data && !nobody && <button className="m-link" onClick={() => void leave()}>{t('退出', 'Sign out')}</button>}
      </header>
      {back ? <OutsideBack onDone={() => { setBack(false); void queries.resetQueries() }} /> : nobody ? <Enter onDone={() => void queries.resetQueries()} /> : space.data ? <Inside space={space.data} /> : space.error?.body.code === 'act.not-allowed'
        ? <Card title={t('这里供企业使用', 'This is for businesses')}><p>{t('您以工作人员身份登录，请使用工作台。', 'You are signed in as an officer: use the console.')}</p><a href="/console">{t('去工作台', 'To the console')}</a><button className="m-link" onClick={() => void leave()}>{t('退出后以企业身份登录', 'Sign out, to sign in for a business')}</button></Card>
        : <Reading problem={space.error} />}
    </main>
  )
}

function Inside({ space }: { readonly space: SpaceAnswer }) {
  const [chosen, setChosen] = useState<number | null>(null)
  const [claiming, setClaiming] = useState(false)
  const subject = space.subjects.find(({ subjectId }) => subjectId === chosen) ?? space.subjects[0]
  return (
    <>
      <p className="x-quiet">{t(`${space.name}（${space.userName}）`, `${space.name} (${space.userName})`)} · {tt(space.district)}</p>
      {space.subjects.length > 1 && <div className="m-field"><label htmlFor="m-subject">{t('选择企业', 'Choose a business')}</label><select id="m-subject" value={subject?.subjectId} onChange={(event) => setChosen(Number(event.target.value))}>{space.subjects.map((one) => <option key={one.subjectId} value={one.subjectId}>{one.name}</option>)}</select></div>}
      <ClaimList space={space} />
      {subject && !claiming && <Business key={subject.subjectId} subject={subject} space={space} />}
      {!subject && !claiming && space.claims.every(({ outcome }) => outcome !== null) && <p>{t('您还没有可代办的企业。请先认领。', 'You act for no business yet. Claim one first.')}</p>}
      {claiming || (!subject && space.claims.every(({ outcome }) => outcome !== null)) ? <ClaimForm space={space} onDone={() => setClaiming(false)} /> : <button className="m-button" onClick={() => setClaiming(true)}>{subject ? t('认领另一家企业', 'Claim another business') : t('认领企业', 'Claim a business')}</button>}
      {claiming && <button className="m-link" onClick={() => setClaiming(false)}>{t('返回', 'Back')}</button>}
      {!subject && <Security />}
    </>
  )
}

function Business({ subject, space }: { readonly subject: SpaceAnswer['subjects'][number]; readonly space: SpaceAnswer }) {
  const [tab, setTab] = useState<Tab>('record')
  const [about, setAbout] = useState<About | null>(null)
  const own = useEndpoint(getOwnRecord, { subjectId: subject.subjectId })
  const may = (permission: string) => subject.may.includes(permission)
  const department = (key: string) => tt(own.data?.departments.find((one) => one.key === key) ?? { zh: key, en: key })
  const tabs: readonly (readonly [Tab, string])[] = [['record', t('档案', 'Record')], ['objections', t('异议与说明', 'Objections')], ['agents', t('经办人', 'Agents')], ['security', t('安全', 'Security')]]
  return (
    <>
      <h2>{subject.name}</h2>
      <nav className="m-tabs" aria-label={t('本企业', 'This business')}>{tabs.map(([key, title]) => <button key={key} className="m-button" aria-current={tab === key && !about ? 'page' : undefined} onClick={() => { setTab(key); setAbout(null) }}>{title}</button>)}</nav>
      {about ? <ObjectionForm subjectId={subject.subjectId} about={about} onCancel={() => setAbout(null)} onDone={() => { setAbout(null); setTab('objections') }} />
        : tab === 'record' ? (own.data ? <RecordFace own={own.data} mayObject={may('my.object')} onObject={setAbout} /> : own.error ? <Trouble problem={own.error} /> : <Reading />)
          : tab === 'objections' ? <ObjectionList subjectId={subject.subjectId} mayObject={may('my.object')} department={department} />
            : tab === 'agents' ? <Agents subjectId={subject.subjectId} mayAppoint={may('my.appoint')} longest={space.longest.agent} today={space.today} /> : <Security />}
    </>
  )
}
