import { CheckOutlined, StopOutlined } from '@ant-design/icons'
import type { RowOf } from '../../../ui/client.ts'
import { InstantText } from '../../../ui/DayText.tsx'
import { DeadlineTag } from '../../../ui/DeadlineTag.tsx'
import { t, tt } from '../../../ui/language.ts'
import { ActorName } from '../../../ui/surroundings.tsx'
import { PublicityBar } from '../../../ui/PublicityBar.tsx'
import { switchReasons, type listRecords } from '../contract.ts'
import { classTitles, switchTitles, tagTitles } from './words.ts'

/** A record as lists answer it. */
export type RecordRow = RowOf<typeof listRecords>

/** Whether the record was reported in time. */
export function Timeliness({ record }: { readonly record: RecordRow }) {
  if (record.reportDueOn === null) return <span className="x-quiet">—</span>
  return <DeadlineTag on={record.reportDueOn} metOn={record.receivedOn} lateBy={record.lateBy} provisional={record.reportDueProvisional} rule={t('归集时限从决定之日起按工作日计算。', 'The time limit for reporting counts working days from the day of the decision.')} />
}

/** The class of dishonesty as a tag; nothing for records without one. */
export function ClassTag({ record }: { readonly record: Pick<RecordRow, 'class'> }) {
  const title = record.class && classTitles[record.class]
  return title ? <span className={`x-tag x-tag-${title.tone}`}>{tt(title)}</span> : null
}

/** How long the record is public, as time; the reason where it is not. */
export function Publicity({ record }: { readonly record: RecordRow }) {
  const { publicity } = record
  if (publicity.withheldReason) return <span className="x-small x-quiet">{t('不公示：', 'Not public: ')}{inWords(publicity.withheldReason)}</span>
  if (!publicity.on && publicity.reason) return <span className="x-small x-quiet">{t('公示已结束：', 'Publicity ended: ')}{inWords(publicity.reason)}</span>
  return <PublicityBar from={record.decidedOn} tickOn={publicity.repairableOn} tickSays={t('最早可申请修复', 'repair may be applied for from')} until={publicity.endsOn} on={publicity.on} />
}

/** The marks of a record that have a word. */
export function Tags({ record }: { readonly record: Pick<RecordRow, 'tags'> }) {
  return record.tags.map((tag) => tagTitles[tag] && <span key={tag} className="x-tag">{tt(tagTitles[tag])}</span>)
}

/** Why a switch ends or a record is withheld, in words. */
export function inWords(reason: string): string {
  const words = switchReasons[reason]
  return words ? tt(words) : reason
}

/** The three switches (公示、共享、使用) in one line. */
export function Switches({ record }: { readonly record: RecordRow }) {
  return (
    <span className="x-row" style={{ gap: 4 }}>
      {(['publicity', 'sharing', 'use'] as const).map((name) => <span key={name} className={`x-tag ${record[name].on ? 'x-tag-accent' : ''}`} title={record[name].reason ? inWords(record[name].reason) : undefined}>{record[name].on ? <CheckOutlined aria-label={t('开', 'on')} /> : <StopOutlined aria-label={t('停', 'off')} />}{tt(switchTitles[name])}</span>)}
    </span>
  )
}

/** When and by whom something was done; for lists of versions and documents. */
export function Done({ at, actor }: { readonly at: string; readonly actor: string }) {
  return <span className="x-small x-quiet"><InstantText at={at} /> · <ActorName id={actor} /></span>
}
