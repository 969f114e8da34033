import { wanYuanFromFen, yuanFromFen } from '../kernel/money.ts'
import { t } from './language.ts'

/** An amount of 分 with its unit: in 元, or in 万元 where the standard writes it so. Set it in a right-aligned cell. */
export function Money({ fen, unit = 'yuan' }: { readonly fen: string | null | undefined; readonly unit?: 'yuan' | 'wan' }) {
  if (fen === null || fen === undefined || fen === '') return <span className="x-quiet">—</span>
  return <span className="x-num">{moneyText(fen, unit)}</span>
}

/** The text of {@link Money}, for exports and sentences. */
export function moneyText(fen: string, unit: 'yuan' | 'wan' = 'yuan'): string {
  return unit === 'wan' ? `${wanYuanFromFen(BigInt(fen))} ${t('万元', '×10,000 yuan')}` : `${yuanFromFen(BigInt(fen))} ${t('元', 'yuan')}`
}
