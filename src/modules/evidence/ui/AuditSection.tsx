import { useEffect, useState } from 'react'
import { Button } from 'antd'
import { AuditOutlined, CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import type { AnswerOf } from '../../../ui/client.ts'
import { InstantText } from '../../../ui/DayText.tsx'
import { t, tt } from '../../../ui/language.ts'
import { Section } from '../../../ui/Layout.tsx'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { useWhyNot } from '../../../ui/surroundings.tsx'
import { useAct } from '../../../ui/use-endpoint.ts'
import { auditLedger, ledgerState, listEntries } from '../contract.ts'
import { entryWords } from '../../audit/ui/entry-names.ts'

type Outcome = AnswerOf<typeof auditLedger>
type Misfit = NonNullable<Outcome['firstProblem']>

/** The audit (全面核验): recomputes every entry from the tables, says how long it has been at it, and names the first misfit. */
export function AuditSection({ state, onEntry }: { readonly state: AnswerOf<typeof ledgerState>; onEntry(entryId: number): void }) {
  const act = useAct(auditLedger, { stale: [ledgerState, listEntries] })
  const whyNot = useWhyNot('ledger.audit')
  const seconds = useSeconds(act.busy)
  const { lastAudit } = state
  return (
    <Section title={t('全面核验', 'Audit')} after={!act.busy && <Button type="primary" size="small" disabled={whyNot !== null} title={whyNot ?? undefined} icon={<AuditOutlined />} onClick={() => void act.perform({})}>{t('开始核验', 'Audit now')}</Button>}>
      <div className="x-stack" style={{ gap: 10 }}>
        <p className="x-quiet">{t('从业务表重算每一条账目的摘要、整棵树和所有检查点的签名。有人绕过系统改动数据，这里会指出是哪一条。', 'Recomputes from the tables the digest of every entry, the whole tree, and the signatures of all checkpoints. Whatever was changed behind the system’s back is named here.')}</p>
        {act.busy && <ProgressBar fraction={null} label={t('正在核验', 'Auditing')} what={t(`正在重算 ${state.size.toLocaleString('en')} 条账目，已用 ${seconds} 秒。可以离开本页，结果会保留。`, `Recomputing ${state.size.toLocaleString('en')} entries, ${seconds} s so far. You may leave this page; the outcome is kept.`)} />}
        <ProblemPanel problem={act.problem} />
        {act.answer ? <OutcomePanel outcome={act.answer} onEntry={onEntry} /> : !act.busy && (
          <span>{t('上次核验：', 'Last audit: ')}{lastAudit ? <><InstantText at={lastAudit.at} /> · {lastAudit.entries.toLocaleString('en')} {t('条', 'entries')} · {lastAudit.valid ? <span className="x-good"><CheckCircleFilled aria-hidden /> {t('全部吻合', 'all fit')}</span> : <span className="x-late"><CloseCircleFilled aria-hidden /> {t('有不符，请再核验一次查看', 'misfits found; audit again to see them')}</span>}</> : t('还没有核验过', 'never')}</span>
        )}
      </div>
    </Section>
  )
}

function OutcomePanel({ outcome, onEntry }: { readonly outcome: Outcome; onEntry(entryId: number): void }) {
  const { valid, entries, asOf, waiting, redacted, checkpoints, seconds, problems, remarks } = outcome
  const counted = t(`${entries.toLocaleString('en')} 条账目、${checkpoints.toLocaleString('en')} 个检查点，用时 ${seconds.toFixed(1)} 秒`, `${entries.toLocaleString('en')} entries, ${checkpoints.toLocaleString('en')} checkpoints, ${seconds.toFixed(1)} s`)
  const until = asOf && <span className="x-small x-quiet">{t(`截至第 ${asOf.seq.toLocaleString('en')} 号（`, `as of no. ${asOf.seq.toLocaleString('en')} (`)}<InstantText at={asOf.at} />{t('）', ')')}{waiting > 0 && t(`；另有 ${waiting.toLocaleString('en')} 条刚提交、尚未编号，不在本次核验之内`, `; ${waiting.toLocaleString('en')} more were committed since and have no place yet: no part of this audit`)}</span>
  if (valid) return <div className="e-outcome" role="status"><strong className="x-good"><CheckCircleFilled aria-hidden /> {t('全部吻合', 'Everything fits')}</strong><span>{counted}</span>{until}{redacted > 0 && <span className="x-small x-quiet">{t(`其中 ${redacted.toLocaleString('en')} 条所涉个人信息已依法删除，删除本身也在账本中并已核对`, `of ${redacted.toLocaleString('en')} entries a person’s data were removed by law; the removals stand in the ledger and fit`)}</span>}{remarks.map((remark) => <span key={remark.en} className="x-small x-quiet">{tt(remark)}</span>)}</div>
  const [first, ...rest] = problems
  return (
    <div className="e-outcome e-bad" role="alert">
      <strong className="x-late"><CloseCircleFilled aria-hidden /> {t('不符：账本和业务表对不上', 'Misfit: ledger and tables disagree')}</strong>
      {first && <MisfitLine misfit={first} onEntry={onEntry} />}
      <span className="x-small x-quiet">{counted}</span>
      {until}
      {rest.length > 0 && <details><summary>{t(`其余 ${rest.length} 处`, `${rest.length} more`)}</summary><ul>{rest.slice(0, 100).map((misfit, index) => <li key={index}><MisfitLine misfit={misfit} onEntry={onEntry} /></li>)}</ul></details>}
      <span className="x-small">{t('请不要修改数据；保留现场，联系系统管理员，并与留存的检查点比对。', 'Change nothing; keep things as they are, call the administrator, and compare with the checkpoints kept elsewhere.')}</span>
    </div>
  )
}

function MisfitLine({ misfit: { seq, entryId, name, about, cause }, onEntry }: { readonly misfit: Misfit; onEntry(entryId: number): void }) {
  return (
    <div>
      {tt(cause)}
      <div className="x-small x-quiet x-row" style={{ gap: '0 12px' }}>
        {seq !== null && <span>{t(`第 ${seq} 号`, `no. ${seq}`)}</span>}{name && <span>{entryWords(name)}</span>}{about && <span className="x-mono">{about}</span>}
        {entryId !== null && <button type="button" className="x-bare" style={{ color: 'var(--x-accent)' }} onClick={() => onEntry(entryId)}>{t(`账目 ${entryId}`, `entry ${entryId}`)}</button>}
      </div>
    </div>
  )
}

function useSeconds(running: boolean): number {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    if (!running) return
    setSeconds(0)
    const timer = setInterval(() => setSeconds((now) => now + 1), 1000)
    return () => clearInterval(timer)
  }, [running])
  return seconds
}
