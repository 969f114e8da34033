import { useEffect, useRef, useState } from 'react'
import { Button } from 'antd'
import { CheckCircleFilled, CloseCircleFilled, CloseOutlined, DownloadOutlined } from '@ant-design/icons'
import type { AnswerOf } from '../../../ui/client.ts'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { InstantText } from '../../../ui/DayText.tsx'
import { t } from '../../../ui/language.ts'
import { Facts, Section } from '../../../ui/Layout.tsx'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { saveText } from '../../../ui/query-table/columns.ts'
import { ActorName } from '../../../ui/surroundings.tsx'
import { entryWords } from '../../audit/ui/entry-names.ts'
import { useInFull } from '../../privacy/ui/FullView.tsx'
import { proveEntry } from '../contract.ts'
import { foldPath, hexOf, type Fold } from './fold-path.ts'
import { ProofPicture } from './ProofPicture.tsx'

type Answer = AnswerOf<typeof proveEntry>
type Walked = { readonly leaf: string; readonly folds: readonly Fold[] } | null

/** The proof of one entry (存证证明): as a picture of the path, as text, and the command that checks it without us. */
export function ProofSection({ entryId, verifierKey, onClose }: { readonly entryId: number; readonly verifierKey: string; onClose(): void }) {
  const { answer, shown, bar } = useInFull(proveEntry, { entryId }, `entry/${entryId}`, { words: {
    title: t('出具含内容的证明', 'A proof with what was entered'), partly: t('证明不含账目内容；需要含内容的，须说明目的', 'The proof holds nothing of what was entered; for one that does, say for what purpose'),
    beyond: t('账目内容涉及全区，只由信用主管部门说明目的后出具', 'What was entered may be anybody’s: only the credit office discloses it, for a purpose'),
  } })
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // newer browsers answer a promise here, which React would take for a clean-up
    void place.current?.scrollIntoView({ block: 'nearest' })
  }, [answer.data])
  return (
    <div ref={place}>
      <Section title={t(`账目 ${entryId} 的证明`, `Proof of entry ${entryId}`)} after={<Button size="small" type="text" icon={<CloseOutlined />} onClick={onClose} aria-label={t('关闭证明', 'Close the proof')} />}>
        <ProblemPanel problem={answer.error} onRetry={() => void answer.refetch()} />
        {!answer.data && !answer.error && <Loading what={t('正在取得证明…', 'Fetching the proof…')} />}
        {bar}
        {shown && <Proof answer={shown} verifierKey={verifierKey} />}
      </Section>
    </div>
  )
}

function Proof({ answer, verifierKey }: { readonly answer: Answer; readonly verifierKey: string }) {
  const [walked, setWalked] = useState<Walked>(null)
  const leafText = leafTextOf(answer.proof)
  useEffect(() => {
    let current = true
    if (leafText !== null) void foldPath(leafText, answer.path).then((made) => current && setWalked(made), () => undefined)
    return () => {
      current = false
    }
  }, [answer, leafText])
  const { entry, size } = answer
  const root = hexOf(answer.root)
  const reached = walked && (walked.folds.at(-1)?.gives ?? walked.leaf)
  const text = JSON.stringify(answer.proof, null, 2)
  const command = `npx xinheng ledger verify proof.json --key '${verifierKey}'`
  return (
    <div className="x-stack">
      <Facts of={[
        [t('事项', 'What'), <>{entryWords(entry.name)} <span className="x-mono x-quiet">{entry.name}</span></>],
        [t('时间', 'At'), <InstantText at={entry.at} />],
        [t('办理人', 'Actor'), <ActorName id={entry.actor} />],
        [t('位置', 'Place'), entry.seq !== null && t(`第 ${entry.seq} 号，账本共 ${size.toLocaleString('en')} 条时`, `no. ${entry.seq}, when the ledger had ${size.toLocaleString('en')} entries`)],
        ...(entry.removalId === null ? [] : [[t('内容', 'Content'), entry.removalId > 0
          ? t(`所涉个人信息已依法删除（第 ${entry.removalId} 号），证明不含内容`, `The person’s data were removed by law (no. ${entry.removalId}); the proof discloses no content`)
          : t('其中证件号码的检索摘要已随摘要密钥轮换，证明不含内容', 'The digest of an id in it was made anew with another key; the proof discloses no content')] as const]),
        [t('摘要', 'Digest'), <span className="x-mono">{entry.digest}</span>],
      ]} />
      {reached !== null && (reached === root
        ? <div className="e-outcome"><strong className="x-good"><CheckCircleFilled aria-hidden /> {t('您的浏览器刚刚自行算过：这条路径通向检查点签名的树根', 'Your browser has just computed it: the path leads to the root that the checkpoint signs')}</strong><span className="x-small">{t('签名本身请用下面的命令核对。', 'Check the signature itself with the command below.')}</span></div>
        : <div className="e-outcome e-bad" role="alert"><strong className="x-late"><CloseCircleFilled aria-hidden /> {t('您的浏览器算出的树根与检查点不同', 'Your browser computes another root than the checkpoint’s')}</strong></div>)}
      <ProofPicture leaf={walked?.leaf ?? null} given={answer.leafHash} path={answer.path} folds={walked?.folds ?? null} root={root} />
      <div className="e-two">
        <div>
          <div className="x-row" style={{ justifyContent: 'space-between' }}><h3>{t('证明文本', 'The proof as text')}</h3><span className="x-row"><CopyButton text={text} what={t('证明', 'the proof')} /><Button size="small" type="text" icon={<DownloadOutlined />} onClick={() => saveText('proof.json', `${text}\n`, 'application/json')}>proof.json</Button></span></div>
          <pre className="e-code" tabIndex={0} aria-label={t('证明文本', 'The proof as text')}>{text}</pre>
        </div>
        <div>
          <div className="x-row" style={{ justifyContent: 'space-between' }}><h3>{t('不靠我们，自己核验', 'Check it without us')}</h3><CopyButton text={command} what={t('命令', 'the command')} /></div>
          <pre className="e-code" tabIndex={0} aria-label={t('命令', 'Command')}>{command}</pre>
          <p className="x-small x-quiet" style={{ marginTop: 6 }}>{t('在任何电脑上运行，不连接本系统和数据库。公钥请从本机关公布的渠道取得。格式为公开标准（RFC 9162、C2SP 检查点），也可用其他软件核验。', 'Runs on any computer, without this system or its database. Take the key from where this authority publishes it. The formats are open (RFC 9162, C2SP checkpoints); other software can check it as well.')}</p>
        </div>
      </div>
    </div>
  )
}

/** The leaf as the ledger writes it; null when the proof has another form than we know. */
function leafTextOf(proof: unknown): string | null {
  const leaf = (proof as { leaf?: { name?: unknown; at?: unknown; digest?: unknown } } | null)?.leaf
  return typeof leaf?.name === 'string' && typeof leaf.at === 'string' && typeof leaf.digest === 'string' ? `xinheng/v1\n${leaf.name}\n${leaf.at}\n${leaf.digest}\n` : null
}
