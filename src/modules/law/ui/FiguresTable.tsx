import { useEffect, useRef, useState } from 'react'
import { Input, Switch } from 'antd'
import { CheckCircleOutlined, DownOutlined, QuestionCircleOutlined, RightOutlined, SearchOutlined } from '@ant-design/icons'
import { BasisPopover } from '../../../ui/BasisPopover.tsx'
import type { RowOf } from '../../../ui/client.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { DayText } from '../../../ui/DayText.tsx'
import { t, tt } from '../../../ui/language.ts'
import { EmptyState, Section } from '../../../ui/Layout.tsx'
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx'
import { Loading } from '../../../ui/ProgressBar.tsx'
import { useSurroundings } from '../../../ui/surroundings.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { listFigures } from '../contract.ts'
import { briefOf, FigureValue } from './FigureValue.tsx'
import { shapeOf } from './shape-of-value.ts'
import { moduleNames, packNames } from './words-of-figures.ts'

type Figure = RowOf<typeof listFigures>
type Change = { find?: string | undefined; on?: string | undefined; key?: string | undefined }

/** Every figure of law on a day, searchable; a row opens to all its values by day with their articles. */
export function FiguresTable({ find, on, open, onChange }: { readonly find: string | undefined; readonly on: string | undefined; readonly open: string | undefined; onChange(next: Change): void }) {
  const { today } = useSurroundings()
  const [unconfirmedOnly, setUnconfirmedOnly] = useState(false)
  const figures = useEndpoint(listFigures, { on }, { keep: true })
  const { data } = figures
  const words = find?.trim().toLowerCase()
  const rows = data?.rows.filter((row) => (!words || JSON.stringify(row).toLowerCase().includes(words)) && (!unconfirmedOnly || !isConfirmed(row)))
  return (
    <Section flush>
      <div className="p-find">
        <Input allowClear prefix={<SearchOutlined aria-hidden />} value={find ?? ''} placeholder={t('名称、代号、依据、文件…', 'Name, key, article, text…')} aria-label={t('查找参数', 'Find a figure')} onChange={(event) => onChange({ find: event.target.value || undefined })} />
        <label>{t('以哪一天为准', 'As of')} <DayInput value={on ?? today} label={t('以哪一天为准', 'As of')} onChange={(day) => onChange({ on: day && day !== today ? day : undefined })} /></label>
        <label><Switch size="small" checked={unconfirmedOnly} onChange={setUnconfirmedOnly} /> {t('只看未核实', 'Unconfirmed only')}</label>
        {data && <span className="x-quiet x-num" style={{ marginLeft: 'auto' }} aria-live="polite">{t(`共 ${rows!.length} 项，${rows!.filter((row) => !isConfirmed(row)).length} 项未核实`, `${rows!.length} figures, ${rows!.filter((row) => !isConfirmed(row)).length} unconfirmed`)}</span>}
      </div>
      {figures.error && <div style={{ padding: '0 16px 12px' }}><ProblemPanel problem={figures.error} onRetry={() => void figures.refetch()} /></div>}
      {!data && !figures.error && <Loading what={t('正在读取参数…', 'Reading the figures…')} />}
      {rows && rows.length > 0 && <div className="p-heads" aria-hidden><span /><span>{t('参数', 'Figure')}</span><span>{on ? t('当日的值', 'Value on that day') : t('今天的值', 'Value today')}</span><span>{t('自', 'Since')}</span><span>{t('核实', 'Confirmed')}</span><span>{t('层级', 'Pack')}</span></div>}
      {rows?.map((row) => <FigureRow key={row.key} figure={row} day={data!.on} open={row.key === open} onToggle={() => onChange({ key: row.key === open ? undefined : row.key })} />)}
      {rows?.length === 0 && <EmptyState title={t('没有这样的参数', 'No such figure')} how={t('换一个词试试，例如“公示”“工作日”“36号”。', 'Try another word: “publicity”, “working days”, “36”.')} />}
      {data && <p className="x-small x-quiet" style={{ padding: '10px 16px', borderTop: '1px solid var(--x-line)' }}>{t('政策库摘要', 'Hash of the policy folder')} <span className="x-mono" style={{ overflowWrap: 'anywhere' }}>{data.packHash}</span></p>}
    </Section>
  )
}

function FigureRow({ figure, day, open, onToggle }: { readonly figure: Figure; readonly day: string; readonly open: boolean; onToggle(): void }) {
  const brief = briefOf(figure.value, figure.unit)
  const row = useRef<HTMLDivElement>(null)
  const openedByLink = useRef(open)
  useEffect(() => {
    if (openedByLink.current) row.current?.scrollIntoView({ block: 'center' })
  }, [])
  return (
    <div ref={row} className={`p-figure ${open ? 'p-open' : ''}`}>
      <button type="button" aria-expanded={open} onClick={onToggle}>
        {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
        <span className="p-title"><span>{tt(figure.title)}</span><span className="p-key">{figure.key}</span></span>
        <span className={`p-brief ${brief.whole ? '' : 'p-many'}`}>{figure.since === null ? <span className="x-quiet">{t('当日无规定', 'no value then')}</span> : brief.words}</span>
        <span className="p-since"><DayText on={figure.since} /></span>
        <span className="p-state"><Confirmed yes={isConfirmed(figure)} /></span>
        <span className="p-pack x-quiet">{packName(figure.pack)}</span>
      </button>
      {open && <History figure={figure} day={day} />}
    </div>
  )
}

function History({ figure, day }: { readonly figure: Figure; readonly day: string }) {
  const steps = figure.values.toSorted((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0))
  return (
    <div className="p-more">
      {figure.legalReview && <p className="p-review"><QuestionCircleOutlined className="x-due" aria-hidden /><span><strong>{t('上线前请法制人员确认：', 'For a lawyer to answer before go-live: ')}</strong>{tt(figure.legalReview)}</span></p>}
      {figure.askedBy.length > 0 && <p className="x-small x-quiet">{t('据此计算：', 'What depends on it: ')}{figure.askedBy.map((name) => (moduleNames[name] ? tt(moduleNames[name]) : name)).join(t('、', ', '))}</p>}
      <ol className="p-steps">
        {steps.map((step, index) => {
          const now = step.from === figure.since && (step.pack === figure.pack || steps.filter(({ from }) => from === step.from).length === 1)
          const before = steps.slice(index + 1).find(({ pack }) => pack === step.pack)
          const after = steps.slice(0, index).findLast(({ pack }) => pack === step.pack)
          return (
            <li key={`${step.pack} ${step.from}`} className={now ? 'p-now' : ''}>
              <div className="p-when">
                <strong>{t('', 'from ')}<DayText on={step.from} />{t(' 起', '')}</strong>
                {now && <span><span className="x-tag x-tag-accent">{day === figure.since ? t('自今日', 'from today') : t('现行', 'in force')}</span></span>}
                {step.from > day && <span><span className="x-tag x-tag-info">{t('尚未施行', 'not yet in force')}</span></span>}
                {before && sameValue(before, step) && <span className="x-small x-quiet">{t('数值未变，依据变了', 'same value, other basis')}</span>}
                <BasisPopover basis={step.basis} what={tt(figure.title)} />
                <span className="x-small x-quiet">{packName(step.pack)}</span>
              </div>
              <div className="p-value">{after && sameValue(after, step) && shapeOf(step.value).kind !== 'scalar' ? <span className="x-quiet">{t(`与 ${after.from} 起的数值相同`, `the same value as from ${after.from}`)}</span> : <FigureValue value={step.value} unit={figure.unit} />}{step.basis?.note && <span className="x-small x-quiet x-prose">{t('注：', 'Note: ')}{step.basis.note}</span>}</div>
            </li>
          )
        })}
      </ol>
      <div className="x-small x-quiet x-row" style={{ gap: '2px 16px' }}>
        {!figure.unit.zh.includes('|') && <span>{t('单位：', 'Unit: ')}{tt(figure.unit)}</span>}
        <span>{t('最近核对：', 'Last checked: ')}<DayText on={figure.checkedOn} /></span>
        {figure.until && <span>{t('本值到 ', 'This value until ')}<DayText on={figure.until} /></span>}
        <span className="x-mono" style={{ overflowWrap: 'anywhere' }}>{t('摘要 ', 'hash ')}{figure.hash.slice(0, 16)}…</span>
      </div>
    </div>
  )
}

function sameValue(one: Figure['values'][number], other: Figure['values'][number]): boolean {
  return JSON.stringify(one.value) === JSON.stringify(other.value)
}

// Of the value shown: an older one may be unconfirmed without making today's so
function isConfirmed({ values, since, confirmed }: Figure): boolean {
  const present = values.filter(({ from }) => from === since)
  return present.length === 0 ? confirmed : present.every(({ basis }) => basis?.status === 'confirmed')
}

function Confirmed({ yes }: { readonly yes: boolean }) {
  return yes ? <span className="x-tag x-tag-good"><CheckCircleOutlined aria-hidden /> {t('已核实', 'confirmed')}</span> : <span className="x-tag x-tag-due"><QuestionCircleOutlined aria-hidden /> {t('未核实', 'unconfirmed')}</span>
}

function packName(pack: string): string {
  const name = packNames[pack]
  return name ? tt(name) : pack
}
