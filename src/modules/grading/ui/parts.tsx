import { ArrowDownOutlined, ArrowUpOutlined, PlusOutlined, SwapOutlined } from '@ant-design/icons'
import { GradeBadge } from '../../../ui/GradeBadge.tsx'
import { t } from '../../../ui/language.ts'

/** From one grade to another, with the direction as icon and word. */
export function GradeStep({ from, to, toCalled, direction, scale }: { readonly from: string | null; readonly to: string; readonly toCalled?: string; readonly direction: 'up' | 'down' | 'first' | 'same'; readonly scale?: string }) {
  const look = { up: { tone: 'x-good', icon: <ArrowUpOutlined aria-label={t('升', 'up')} /> }, down: { tone: 'x-late', icon: <ArrowDownOutlined aria-label={t('降', 'down')} /> }, first: { tone: 'x-quiet', icon: <PlusOutlined aria-label={t('首次', 'first')} /> }, same: { tone: 'x-quiet', icon: <SwapOutlined aria-label={t('同级', 'same')} /> } }[direction]
  return <span className="x-grade">{from && <GradeBadge grade={from} scale={scale} size={18} />}<span className={look.tone}>{look.icon}</span><GradeBadge grade={to} called={toCalled} scale={scale} size={18} /></span>
}
