// @clause X.4, 4.8
import { useState } from 'react'
import { listNotices, readNotices } from '../../modules/notices/contract.ts'
import type { RowOf } from '../../ui/client.ts'
import { instantInChina } from '../../ui/DayText.tsx'
import { t, tt } from '../../ui/language.ts'
import { useAct, useEndpoint } from '../../ui/use-endpoint.ts'
import { Card, Pages, Reading, Trouble } from './parts.tsx'

/** A notice as it is answered. */
export type Notice = RowOf<typeof listNotices>
const A_PAGE = 20
const EVERY_MS = 30_000
const KINDS: Readonly<Record<Notice['kind'], readonly [zh: string, en: string]>> = { claim: ['认领', 'Claim'], objection: ['异议', 'Objection'], mandate: ['授权', 'Mandate'], record: ['记录', 'Record'] }

/** How many notices are unread; asked again by itself, so that news reaches an open page. */
export function useUnread(): number {
  return useEndpoint(listNotices, { limit: 1 }, { every: EVERY_MS, keep: true }).data?.unread ?? 0
}

/** What happened that concerns the person (消息), the latest first. Opening one leads to where it stands, and marks it as read. */
export function Notices({ mayOpen, onOpen }: { mayOpen(notice: Notice): boolean; onOpen(notice: Notice): void }) {
  const [offset, setOffset] = useState(0)
  const answer = useEndpoint(listNotices, { offset, limit: A_PAGE }, { every: EVERY_MS, keep: true })
  const read = useAct(readNotices, { stale: [listNotices] })
  if (!answer.data) return <Reading problem={answer.error} />
  const { rows, total, unread } = answer.data
  return (
    <Card title={unread > 0 ? t(`消息（${unread} 条未读）`, `Notices (${unread} unread)`) : t('消息', 'Notices')}>
      <p className="x-small x-quiet">{t('只在这里显示，不发短信或邮件。', 'Shown here only; no message or mail is sent.')}</p>
      {total === 0 && <p>{t('还没有消息。认领有答复、异议有进展、有新记录或授权快到期时，会出现在这里。', 'None yet. Answers to claims, steps of objections, new records and mandates near their end appear here.')}</p>}
      {unread > 0 && <button className="m-button" disabled={read.busy} onClick={() => void read.perform({})}>{t('全部标为已读', 'Mark all as read')}</button>}
      <ul className="m-list">{rows.map((one) => (
        <li key={one.notice}>
          <span className="x-row"><span className={`x-tag ${one.read ? '' : 'x-tag-info'}`}>{t(...KINDS[one.kind])}</span>{!one.read && <span className="x-small x-info">{t('● 未读', '● unread')}</span>}<span className="x-small x-quiet x-num">{instantInChina(one.at)}</span></span>
          <span>{one.read ? tt(one.title) : <strong>{tt(one.title)}</strong>}</span>
          <span className="x-small x-quiet">{one.subjectName}</span>
          {one.words && <p className="m-say">{tt(one.words)}</p>}
          <span className="x-row">
            {mayOpen(one) && <button className="m-link" aria-label={t(`查看：${tt(one.title)}`, `Open: ${tt(one.title)}`)} onClick={() => { if (!one.read) void read.perform({ notices: [one.notice] }); onOpen(one) }}>{t('查看', 'Open')}</button>}
            {!one.read && <button className="m-link" disabled={read.busy} aria-label={t(`标为已读：${tt(one.title)}`, `Mark as read: ${tt(one.title)}`)} onClick={() => void read.perform({ notices: [one.notice] })}>{t('标为已读', 'Mark as read')}</button>}
          </span>
        </li>))}
      </ul>
      <Trouble problem={read.problem} />
      <Pages offset={offset} size={A_PAGE} total={total} onOffset={setOffset} />
    </Card>
  )
}
