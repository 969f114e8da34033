import { t } from '../../../ui/language.ts'
import { hexOf, type Fold } from './fold-path.ts'

/**
 * The path of a proof as a picture: the root on top, the entry at the bottom, at every step the hash that is joined on its left or
 * right. What stands in the middle was computed in this browser; without SHA-256 in the browser only the hashes that the server gave are shown.
 */
export function ProofPicture({ leaf, given, path, folds, root }: { readonly leaf: string | null; readonly given: string; readonly path: readonly { readonly side: 'left' | 'right'; readonly hash: string }[]; readonly folds: readonly Fold[] | null; readonly root: string }) {
  const steps = path.map(({ side, hash }, index) => ({ side, beside: hexOf(hash), own: index === 0 ? leaf : (folds?.[index - 1]?.gives ?? null), level: index })).toReversed()
  return (
    <figure>
      <ol className="e-path" aria-label={t(`从树根到账目共 ${path.length} 步`, `From the root to the entry in ${path.length} steps`)}>
        <li className="e-step"><Middle look="e-own e-root" title={t('检查点签名的树根', 'root, signed by the checkpoint')} hash={root} /></li>
        {steps.map(({ side, beside, own, level }) => (
          <li key={level} style={{ display: 'grid', width: '100%' }}>
            <span className="e-up" aria-hidden />
            <div className="e-step">
              {side === 'left' ? <><Node look="e-beside" title={t('左邻', 'left')} hash={beside} /><span className="e-side" aria-hidden /></> : <><span aria-hidden /><span aria-hidden /></>}
              <Node look="e-own" title={level === 0 ? t('本条账目', 'this entry') : t(`第 ${level} 层`, `level ${level}`)} hash={own ?? (level === 0 ? given : null)} />
              {side === 'right' ? <><span className="e-side" aria-hidden /><Node look="e-beside" title={t('右邻', 'right')} hash={beside} /></> : <><span aria-hidden /><span aria-hidden /></>}
            </div>
          </li>
        ))}
      </ol>
      <figcaption className="x-small x-quiet" style={{ textAlign: 'center' }}>{path.length === 0 ? t('账本此时只有这一条，它就是树根。', 'The ledger held this one entry only: it is the root.') : t('自下而上：每一步把本方与邻方的哈希合并再取哈希，最后应得到树根。虚线框来自证明，实线框逐步算出。', 'From below: at each step the two hashes are joined and hashed again; the last must be the root. Dashed ones come with the proof, the others are computed.')}</figcaption>
    </figure>
  )
}

function Middle(parts: { readonly look: string; readonly title: string; readonly hash: string }) {
  return <><span aria-hidden /><span aria-hidden /><Node {...parts} /></>
}

function Node({ look, title, hash }: { readonly look: string; readonly title: string; readonly hash: string | null }) {
  return <span className={`e-node ${look}`} title={hash ?? undefined}><span>{title}</span><span className="x-mono">{hash === null ? '…' : `${hash.slice(0, 8)}…${hash.slice(-6)}`}</span></span>
}
