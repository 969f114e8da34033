import { useId, useState, type ReactNode } from 'react'
import { Button } from 'antd'
import { CloseOutlined, DownOutlined, UpOutlined } from '@ant-design/icons'
import { t } from '../language.ts'

/** A filter that narrows the list now, as a person reads it, and how to drop it. */
export type ActiveFilter = { readonly key: string; readonly says: string; drop(): void }

/**
 * The filters of a list that has many: what is asked most often stands open, the rest behind one button, and a line says by what the list is narrowed now.
 * The rest stands open too while one of it is in use when the page comes.
 */
export function Filters({ first, more, moreInUse, active, onClear }: { readonly first: ReactNode; readonly more: ReactNode; readonly moreInUse: number; readonly active: readonly ActiveFilter[]; onClear(): void }) {
  const [open, setOpen] = useState(moreInUse > 0)
  const id = useId()
  return (
    <div className="x-filters">
      <div className="x-row">
        {first}
        <Button size="small" type="text" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)} icon={open ? <UpOutlined /> : <DownOutlined />} iconPlacement="end">{open ? t('收起', 'Fewer') : moreInUse > 0 ? t(`更多条件（${moreInUse}）`, `More filters (${moreInUse})`) : t('更多条件', 'More filters')}</Button>
      </div>
      <div className="x-row" id={id} hidden={!open}>{more}</div>
      {active.length > 0 && (
        <div className="x-row" role="group" aria-label={t('现在的条件', 'Narrowed by')}>
          {active.map(({ key, says, drop }) => <button type="button" key={key} className="x-tag x-tag-accent" onClick={drop} aria-label={t(`去掉条件：${says}`, `Drop the filter: ${says}`)}>{says} <CloseOutlined aria-hidden /></button>)}
          {active.length > 1 && <Button size="small" type="link" onClick={onClear}>{t('全部清除', 'Clear all')}</Button>}
        </div>
      )}
    </div>
  )
}
