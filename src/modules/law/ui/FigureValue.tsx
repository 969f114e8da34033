import type { ReactNode } from 'react'
import type { Json, JsonObject } from '../../../kernel/json.ts'
import type { Text } from '../../../kernel/text.ts'
import { t, tt } from '../../../ui/language.ts'
import { shapeOf } from './shape-of-value.ts'
import { wordsOfFigures } from './words-of-figures.ts'

/** A value of law as people read it: a figure with its unit, a table by class, a decision table as sentences; never raw JSON. */
export function FigureValue({ value, unit }: { readonly value: Json; readonly unit: Text | null }) {
  const shape = shapeOf(value)
  if (shape.kind === 'scalar') return <strong>{scalarWords(shape.value, unit)}</strong>
  if (shape.kind === 'list') return <span>{shape.items.length ? shape.items.map((one) => scalarWords(one, null)).join(t('、', ', ')) : t('无', 'none')}</span>
  if (shape.kind === 'text') return <span><strong>{t(shape.zh, shape.en)}</strong>{Object.keys(shape.rest).length > 0 && <Pairs of={Object.entries(shape.rest).map(([name, one]) => ({ name, value: one }))} />}</span>
  if (shape.kind === 'facts') return <Pairs of={shape.facts} />
  if (shape.kind === 'parts') return <div className="p-parts">{shape.parts.map(({ name, value: part }) => <div key={name} className="p-value"><h3>{nameOf(name)}</h3><FigureValue value={part} unit={unit} /></div>)}</div>
  if (shape.kind === 'decisions') return <Decisions {...shape} />
  const named = shape.rows.some(({ name }) => name !== null)
  return (
    <div className="p-scroll" tabIndex={0} role="region" aria-label={t('数值表', 'Table of values')}>
      <table className="p-table">
        <thead><tr>{named && <th scope="col">{t('类别', 'Class')}</th>}{shape.columns.map((column) => <th key={column} scope="col">{column === 'zh' ? t('规定', 'Rule') : nameOf(column)}</th>)}</tr></thead>
        <tbody>{shape.rows.map(({ name, cells }, index) => <tr key={name ?? index}>{name !== null && <th scope="row">{nameOf(name)}</th>}{shape.columns.map((column) => <td key={column} className={typeof cells[column] === 'number' ? 'x-right' : undefined}>{cellOf(cells, column)}</td>)}</tr>)}</tbody>
      </table>
    </div>
  )
}

/** The value in a few words, for one line of a list. */
export function briefOf(value: Json, unit: Text | null): { readonly words: string; readonly whole: boolean } {
  const shape = shapeOf(value)
  if (shape.kind === 'scalar') return { words: scalarWords(shape.value, unit), whole: true }
  if (shape.kind === 'text') return { words: t(shape.zh, shape.en), whole: Object.keys(shape.rest).length === 0 }
  if (shape.kind === 'list') return { words: shape.items.length ? shape.items.map((one) => scalarWords(one, null)).join(t('、', ', ')) : t('无', 'none'), whole: true }
  if (shape.kind === 'decisions') return { words: t(`判定表 ${shape.rows.length + 1} 条`, `decision table, ${shape.rows.length + 1} rules`), whole: false }
  if (shape.kind === 'table') return { words: shape.rows.every(({ name }) => name !== null) ? t(`分 ${shape.rows.length} 类：`, `by ${shape.rows.length} classes: `) + shape.rows.map(({ name }) => nameOf(name!)).join(t('、', ', ')) : t(`${shape.rows.length} 项`, `${shape.rows.length} entries`), whole: false }
  if (shape.kind === 'parts') return { words: t(`${shape.parts.length} 套：`, `${shape.parts.length} sets: `) + shape.parts.map(({ name }) => nameOf(name)).join(t('、', ', ')), whole: false }
  return { words: shape.facts.map(({ name, value: one }) => `${nameOf(name)}${t('：', ': ')}${plain(one)}`).join(t('；', '; ')), whole: true }
}

function Decisions({ rows, otherwise, heaviest }: { readonly rows: readonly { readonly when: JsonObject; readonly then: Json }[]; readonly otherwise: Json; readonly heaviest: readonly string[] | null }) {
  return (
    <>
      <div className="p-scroll" tabIndex={0} role="region" aria-label={t('判定表', 'Decision table')}>
        <table className="p-table">
          <thead><tr><th scope="col">{t('如果', 'If')}</th><th scope="col">{t('则为', 'then')}</th></tr></thead>
          <tbody>
            {rows.map(({ when, then }, index) => <tr key={index}><td>{Object.entries(when).map(([name, one]) => `${nameOf(name)}${t('是', ' is ')}${Array.isArray(one) ? one.map((each) => plain(each as Json)).join(t('、', ', ')) : plain(one)}`).join(t('，且', ', and '))}</td><td><strong>{plain(then)}</strong></td></tr>)}
            <tr><td>{t('其他情形', 'otherwise')}</td><td><strong>{plain(otherwise)}</strong></td></tr>
          </tbody>
        </table>
      </div>
      <span className="x-small x-quiet">{heaviest ? t(`自上而下，先符合的先适用；一份决定有多类时逐类判定，取最重（${heaviest.map(nameOf).join(' < ')}）。`, `The first that fits counts; of several kinds in one decision the heaviest (${heaviest.map(nameOf).join(' < ')}).`) : t('自上而下，先符合的先适用。', 'From above, the first that fits counts.')}</span>
    </>
  )
}

function Pairs({ of }: { readonly of: readonly { readonly name: string; readonly value: Json }[] }) {
  return <dl className="x-facts">{of.map(({ name, value }) => <div key={name} style={{ display: 'contents' }}><dt>{nameOf(name)}</dt><dd>{plain(value)}</dd></div>)}</dl>
}

function cellOf(cells: JsonObject, column: string): ReactNode {
  if (column === 'zh') return t(String(cells.zh ?? ''), String(cells.en ?? ''))
  const value = cells[column]
  return value === undefined ? <span className="x-quiet">—</span> : plain(value)
}

function plain(value: Json): string {
  if (Array.isArray(value)) return value.map((one) => plain(one as Json)).join(t('、', ', '))
  if (value !== null && typeof value === 'object') return Object.entries(value).map(([name, one]) => `${nameOf(name)} ${plain(one as Json)}`).join(t('；', '; '))
  return scalarWords(value as null, null)
}

function scalarWords(value: null | boolean | number | string, unit: Text | null): string {
  if (value === null) return t('无', 'none')
  if (typeof value === 'boolean') return value ? t('是', 'yes') : t('否', 'no')
  if (typeof value === 'number') return unit ? t(`${value} ${['工作日', '月'].includes(unit.zh) ? '个' : ''}${unit.zh}`, `${value} ${unit.en}`) : String(value)
  return nameOf(value)
}

function nameOf(name: string): string {
  const words = wordsOfFigures[name]
  return words ? tt(words) : name
}
