// @clause 4.4
import './ledger.css'
import { getRouteApi } from '@tanstack/react-router'
import type { AnswerOf } from '../../../ui/client.ts'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { InstantText } from '../../../ui/DayText.tsx'
import { t } from '../../../ui/language.ts'
import { Facts, PageHead, Section } from '../../../ui/Layout.tsx'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { ledgerState } from '../contract.ts'
import { AuditSection } from './AuditSection.tsx'
import { EntriesSection } from './EntriesSection.tsx'
import { KeysSection } from './KeysSection.tsx'
import { ProofSection } from './ProofSection.tsx'
import { VerifySection } from './VerifySection.tsx'

const route = getRouteApi('/ledger')
type State = AnswerOf<typeof ledgerState>

/** The ledger (存证账本): how large it is, its signed checkpoint, who follows it, entries with their proofs, and the audit of all. */
export function LedgerPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const state = useEndpoint(ledgerState, {}, { every: 10_000 })
  const entryId = search.entry !== undefined && /^\d+$/.test(search.entry) ? Number(search.entry) : null
  const open = (entry: number | null) => void navigate({ search: { ...search, entry: entry === null ? undefined : String(entry) }, resetScroll: false })
  return (
    <>
      <PageHead title={t('存证账本', 'Ledger')} under={t('每一次办理都在账本留下一条不可改写的账目。任何人凭证明和公钥即可自行核验，不必相信本系统。', 'Every act leaves an entry that cannot be rewritten. With a proof and the key anyone can check it without trusting this system.')} />
      <div className="x-stack">
        {state.error && <ProblemPanel problem={state.error} onRetry={() => void state.refetch()} />}
        {!state.data && !state.error && <Loading what={t('正在读取账本…', 'Reading the ledger…')} />}
        {state.data && <div className="e-two"><StateSection state={state.data} /><div className="x-stack"><AuditSection state={state.data} onEntry={open} /><FollowersSection state={state.data} /></div></div>}
        {entryId !== null && <ProofSection key={entryId} entryId={entryId} verifierKey={state.data?.verifierKey ?? ''} onClose={() => open(null)} />}
        <EntriesSection search={search} onSearch={(next) => void navigate({ search: { ...search, ...next }, resetScroll: false })} onEntry={open} />
        <KeysSection />
        <VerifySection verifierKey={state.data?.verifierKey ?? ''} />
      </div>
    </>
  )
}

function StateSection({ state }: { readonly state: State }) {
  return (
    <Section title={t('概况', 'State')}>
      <div className="x-stack" style={{ gap: 12 }}>
        <div className="e-size">{state.size.toLocaleString('en')} <span className="x-quiet" style={{ fontSize: 14, fontWeight: 400 }}>{t('条账目', 'entries')}{state.pending > 0 && t(`，另有 ${state.pending.toLocaleString('en')} 条待编号`, `, ${state.pending.toLocaleString('en')} more waiting for a number`)}</span></div>
        <Facts of={[
          [t('账本名称', 'Name'), <span className="x-mono">{state.origin}</span>],
          [t('最近检查点', 'Checkpoint'), state.checkpointAt ? <InstantText at={state.checkpointAt} /> : t('尚无', 'none yet')],
          [t('树根', 'Root'), state.root && <span className="x-mono">{state.root}</span>],
          [t('核验公钥', 'Verifier key'), <><span className="x-mono">{state.verifierKey}</span> <CopyButton text={state.verifierKey} what={t('核验公钥', 'the verifier key')} /></>],
        ]} />
        {state.checkpoint === null ? <span className="x-quiet">{t('第一条账目编号后，这里显示签名的检查点。', 'Once the first entry is numbered, the signed checkpoint appears here.')}</span> : (
          <div>
            <div className="x-row" style={{ justifyContent: 'space-between' }}><h3>{t('签名的检查点', 'The signed checkpoint')}</h3><CopyButton text={state.checkpoint} what={t('检查点', 'the checkpoint')} /></div>
            <pre className="e-code" tabIndex={0} aria-label={t('检查点', 'Checkpoint')}>{state.checkpoint}</pre>
            <p className="x-small x-quiet">{t('定期把它存到别处（例如打印、发给上级）：以后即可证明账本没有被改写。', 'Keep copies of it elsewhere (print it, send it to a higher office): they later prove that nothing was rewritten.')}</p>
          </div>
        )}
      </div>
    </Section>
  )
}

function FollowersSection({ state }: { readonly state: State }) {
  return (
    <Section title={t('跟随者', 'Followers')} note={t('随账目办理后续事项的程序', 'what acts upon entries')}>
      {state.followers.length === 0 ? <span className="x-quiet">{t('尚无。', 'None yet.')}</span> : (
        <table className="e-plain">
          <thead><tr><th scope="col">{t('名称', 'Name')}</th><th scope="col" className="x-right">{t('办到', 'Reached')}</th><th scope="col">{t('状态', 'State')}</th></tr></thead>
          <tbody>
            {state.followers.map(({ name, seq, behind, error }) => (
              <tr key={name}>
                <th scope="row" className="x-mono">{name}</th><td className="x-right">{seq.toLocaleString('en')}</td>
                <td>{error ? <span className="x-late">{t('停住：', 'stopped: ')}{error}</span> : behind === 0 ? <span className="x-tag x-tag-good">{t('已跟上', 'up to date')}</span> : <span className="x-tag x-tag-due">{t(`落后 ${behind.toLocaleString('en')} 条`, `${behind.toLocaleString('en')} behind`)}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}
