// @clause X.4
import { useState } from 'react'
import { getPartner, listPublicSubjects } from '../../modules/partners/contract.ts'
import { statusTitles } from '../../modules/subjects/ui/words.ts'
import type { AnswerOf } from '../../ui/client.ts'
import { t, tt } from '../../ui/language.ts'
import { useEndpoint } from '../../ui/use-endpoint.ts'
import { Card, Pages, Reading } from './parts.tsx'
import { Security } from './Security.tsx'

const A_PAGE = 20

/** The place of people of associations and credit agencies (协会与服务机构): what is public of their sector. Nothing waits for them yet, so there is no list of work. */
export function Partner({ partner }: { readonly partner: AnswerOf<typeof getPartner> }) {
  return (
    <>
      <p className="x-quiet">{partner.name} · {tt(partner.organisation)} · {tt(partner.district)}</p>
      {!partner.mayRead ? <Card title={t('本行业主体', 'Subjects of your sector')}><p>{t('您还没有被授予角色，请联系信用主管部门的安全管理员。', 'You hold no role yet: ask the security administrator of the district.')}</p></Card>
        : partner.sector === null ? <Card title={t('本行业主体', 'Subjects of your sector')}><p>{t('贵机构没有登记所属行业领域，因此没有可查看的主体。请联系信用主管部门的系统管理员登记。', 'Your organisation has no sector, so that there is nothing to show. Ask the system administrator of the district to set it.')}</p></Card>
          : <Subjects sector={tt(partner.sector)} />}
      <Security />
    </>
  )
}

function Subjects({ sector }: { readonly sector: string }) {
  const [typed, setTyped] = useState('')
  const [given, setGiven] = useState({ offset: 0, find: '' })
  const answer = useEndpoint(listPublicSubjects, { offset: given.offset, limit: A_PAGE, find: given.find || undefined }, { keep: true })
  return (
    <Card title={t(`本行业主体：${sector}`, `Subjects of your sector: ${sector}`)}>
      <p className="x-small x-quiet">{t('只含可公开的登记信息；自然人和个体工商户不在其列，处罚、等级等内部信息不提供。', 'Only what is public of the register; natural persons and individual businesses are not listed, and nothing internal such as grades is given.')}</p>
      <form className="m-find" role="search" onSubmit={(event) => { event.preventDefault(); setGiven({ offset: 0, find: typed.trim() }) }}>
        <div className="m-field"><label htmlFor="p-find">{t('名称或统一社会信用代码', 'Name or code')}</label><input id="p-find" value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" /></div>
        <button className="m-button m-main">{t('查找', 'Find')}</button>
      </form>
      {!answer.data ? <Reading problem={answer.error} /> : <>
        <p className="x-small x-num" role="status">{t(`共 ${answer.data.total} 家`, `${answer.data.total} in all`)}</p>
        {answer.data.total === 0 && <p>{given.find ? t('没有找到，请换一个词。', 'None found: try other words.') : t('本行业还没有登记的主体。', 'No subject of this sector is registered yet.')}</p>}
        <ul className="m-list">{answer.data.rows.map((row) => (
          <li key={row.subjectId}>
            <strong>{row.name}</strong>
            <span className="x-mono x-small">{row.uscc ?? '—'}</span>
            <span className="x-small x-quiet">{[statusTitles[row.status] && tt(statusTitles[row.status]!), row.industry, row.place, row.foundedOn && t(`成立 ${row.foundedOn}`, `founded ${row.foundedOn}`)].filter(Boolean).join(' · ')}</span>
          </li>))}
        </ul>
        <Pages offset={given.offset} size={A_PAGE} total={answer.data.total} onOffset={(offset) => setGiven({ ...given, offset })} />
      </>}
    </Card>
  )
}
