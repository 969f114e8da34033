import { useState } from 'react'
import { Button, Checkbox, Dropdown, Input, Popover } from 'antd'
import { DownloadOutlined, TableOutlined } from '@ant-design/icons'
import { wordsApart } from '../../kernel/words.ts'
import { problemOf, saveFile, type Problem } from '../client.ts'
import { t, tt } from '../language.ts'
import type { Column } from './columns.ts'

/** The columns shown, as this browser keeps them under the table's name. The first column always stays. */
export function useShownColumns<Row>(name: string, columns: readonly Column<Row>[]): { readonly shown: readonly Column<Row>[]; readonly chosen: readonly string[]; choose(ids: readonly string[]): void } {
  const key = `xinheng.columns.${name}`
  const [chosen, setChosen] = useState<readonly string[]>(() => kept(key) ?? columns.filter(({ hidden }) => !hidden).map(({ id }) => id))
  return {
    chosen,
    shown: columns.filter(({ id }, index) => index === 0 || chosen.includes(id)),
    choose(ids) {
      setChosen(ids)
      try {
        localStorage.setItem(key, JSON.stringify(ids))
      } catch {
        // the choice then lasts as long as the page
      }
    },
  }
}

function kept(key: string): string[] | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return Array.isArray(value) ? value.map(String) : null
  } catch {
    return null
  }
}

/** Chooses the columns. */
export function ColumnChoice<Row>({ columns, chosen, choose }: { readonly columns: readonly Column<Row>[]; readonly chosen: readonly string[]; choose(ids: readonly string[]): void }) {
  const list = (
    <Checkbox.Group value={[...chosen]} onChange={(ids) => choose(ids.map(String))} style={{ display: 'grid', gap: 4 }}
      options={columns.slice(1).map(({ id, title }) => ({ value: id, label: tt(title) }))} />
  )
  return <Popover content={list} trigger="click" placement="bottomRight"><Button size="small" type="text" icon={<TableOutlined />} aria-label={t('选择列', 'Choose columns')}><span className="x-wide-only">{t('列', 'Columns')}</span></Button></Popover>
}

/** A filter of words, asked for on Enter. */
export function Words({ label, value, onWords }: { readonly label: string; readonly value: string | undefined; onWords(words: string | undefined): void }) {
  return <Input.Search size="small" key={value ?? ''} className="x-words" allowClear defaultValue={value} placeholder={label} aria-label={label} onSearch={(words) => onWords(words.trim() || undefined)} />
}

/** Addresses at which the server gives a whole list as a file. */
export type TableFiles = { readonly xlsx: string; readonly csv: string }

/** Exports what the table lists, all pages of it. */
export function ExportButton({ fraction, files, onCsv, onProblem }: { readonly fraction: number | null; readonly files: TableFiles | undefined; onCsv(): void; onProblem(problem: Problem | null): void }) {
  if (fraction !== null) return <Button size="small" type="text" disabled>{t('导出中', 'Exporting')} {Math.round(fraction * 100)}%</Button>
  const button = <Button size="small" type="text" icon={<DownloadOutlined />} onClick={files ? undefined : onCsv} aria-label={t('导出', 'Export')}><span className="x-wide-only">{t('导出', 'Export')}</span></Button>
  if (!files) return button
  const link = (address: string, form: string) => {
    const { headers } = wordsApart(address)
    if (Object.keys(headers).length === 0) return <a href={address} download>{form}</a>
    const save = () => saveFile(address).then(() => onProblem(null), (error: unknown) => onProblem(problemOf(error)))
    return <a href={wordsApart(address).address} onClick={(event) => { event.preventDefault(); void save() }}>{form}</a>
  }
  return <Dropdown trigger={['click']} menu={{ items: [{ key: 'xlsx', label: link(files.xlsx, 'XLSX') }, { key: 'csv', label: link(files.csv, 'CSV') }] }}>{button}</Dropdown>
}
