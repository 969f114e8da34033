import assert from 'node:assert/strict'
import fc from 'fast-check'
import { checkCode } from '../../src/kernel/codes/index.ts'
import { isDay } from '../../src/kernel/day.ts'
import { wanYuanFromFen } from '../../src/kernel/money.ts'
import { canonicalNumber, gapsOf, parseDocumentNumber, readRow, recogniseHeadings, type Columns, type Standard } from '../../src/modules/submissions/index.ts'
import { amountsWritten } from '../../src/modules/submissions/intake/amounts-written.ts'
import { readAmount } from '../../src/modules/submissions/intake/amounts.ts'
import { readDate } from '../../src/modules/submissions/intake/dates.ts'
import { context, LICENCE, PENALTY, standards, SUBJECT } from '../../src/modules/submissions/intake/testing/import.ts'
import { comparable, oneLine, tidy, withoutBrackets } from '../../src/modules/submissions/intake/text.ts'
import type { Cell } from '../../src/platform/sheets/index.ts'
import type { Target } from './fuzz.ts'
import { mutateText, ofText } from './mutate.ts'

const strange = fc.sample(fc.string({ unit: 'binary', maxLength: 30 }), { seed: 1, numRuns: 100 })
const textTarget = (name: string, share: number, seeds: readonly string[], run: (text: string) => string): Target<string> => ({ name, share, seeds: [...seeds, ...strange], run, ...ofText })

const dates = textTarget('dates', 20_000, ['2026-3-5', '2026/03/05', '2026.3.5', '2026年3月5日', '20260305', '46082', '二〇二六年三月五日', '二○二六年十二月卅一日', '2026-03-05T08:00:00+08:00', '2026-03-05 10:00', '20260305101010', '3/5/2026', '2026-03', '长期', '99991231'], (text) => {
  const [read, number] = [readDate(text), readDate({ number: Number(text), text })]
  for (const one of [read, number]) {
    if (!('day' in one)) continue
    assert.ok(isDay(one.day), `${one.day} is no day`)
    assert.deepEqual(readDate(one.day), one)
  }
  return `${'day' in read ? 'day' : read.wrong} ${'day' in number ? 'day' : number.wrong} ${text.length > 15}`
})

const amounts = textTarget('amounts', 18_000, ['5', '0.05', '5,000元', '0.5万元', '人民币5000元整', '¥1,234.50', '0.30000000000000004', '1E-6', '-3', '1e22', '999999999999.999999', '1,00', '５０００元'], (text) => {
  const outcomes = (['wan-yuan', 'yuan'] as const).flatMap((unit) => [readAmount(text, unit), readAmount({ number: Number(text), text }, unit)])
  for (const one of outcomes) {
    if (!('fen' in one)) continue
    assert.ok(one.fen >= 0n)
    assert.deepEqual(readAmount(wanYuanFromFen(one.fen)), { fen: one.fen, unit: 'wan-yuan' })
  }
  return outcomes.map((one) => ('fen' in one ? one.unit : one.wrong)).join(' ')
})

const written = textTarget('amounts-written', 6_000, ['警告，并处罚款人民币5000元', '处以0.5万元罚款', '罚款伍仟元整（¥5,000.00）', '罚款一万二千元；没收', '处三千元以上罚款'], (text) => {
  const found = amountsWritten(text, '罚款')
  assert.ok(found.every((fen) => fen >= 0n) && new Set(found).size === found.length)
  return String(found.length)
})

const codes = textTarget('codes', 18_000, [PENALTY['CF_XDR_SHXYM'] as string, '00000000000000000X', '460200199001011234', '460200000012345', '4602000000123', 'MA5T0X123', '９１４６０２００ＭＡ５Ｔ０Ｘ１２３Ｘ', ' 91460200-MA5T0X12-3X'], (text) => {
  const checked = checkCode(text)
  const again = checkCode(checked.code)
  assert.deepEqual([again.code, again.kind, again.valid], [checked.code, checked.kind, checked.valid])
  for (const { message, fix } of checked.problems) assert.ok(message.zh && message.en && fix.zh && fix.en)
  return `${checked.kind} ${checked.problems.map(({ code }) => code).join(' ')}`
})

const numbers = textTarget('document-numbers', 14_000, ['三海综执罚决字〔2026〕第12号', '海食许[2026]33号', '琼三海市监罚（2026）17-1号', '(2026)5', '【２０２６】第００１号', '海棠市监罚〔2026〕餐第7号'], (text) => {
  const parsed = parseDocumentNumber(text)
  const canonical = canonicalNumber(text)
  assert.equal(canonicalNumber(canonical), canonical)
  for (const gap of gapsOf([text, '三海〔2026〕1号', '三海〔2026〕999999999号'])) assert.ok(gap.missing.length <= 200)
  return parsed === null ? 'none' : `${parsed.series === ''} ${parsed.series.includes('…')}`
})

const texts = textTarget('texts', 10_000, ['海棠湾 镕鑫（商贸）有限公司', 'Ａ　Ｂ\r\nＣ', '【说明】〔略〕', '\ufeff名称\u200b'], (given) => {
  const text = given.toWellFormed()
  for (const made of [tidy, oneLine, comparable]) assert.equal(made(made(text)), made(text), made.name)
  withoutBrackets(text)
  return `${tidy(text) === text} ${oneLine(text) === text} ${comparable(text) === ''}`
})

/** A row of one standard, cell by cell in the order of its fields. */
type Row = { readonly kind: Standard['kind']; readonly cells: readonly Cell[] }
const columnsOf = (standard: Standard): Columns => new Map(standard.fields.map(({ id }, at) => [id, { columns: [at], unit: 'wan-yuan' }]))
const known = new Map(standards.map((standard) => [standard.kind, { standard, columns: columnsOf(standard) }]))
const rowOf = (kind: Standard['kind'], values: Readonly<Record<string, unknown>>): Row => ({ kind, cells: known.get(kind)!.standard.fields.map(({ id }) => (values[id] as string | undefined) ?? null) })

const rows: Target<Row> = {
  name: 'rows', share: 6_000,
  seeds: [rowOf('penalty', PENALTY), rowOf('licence', LICENCE), rowOf('subject', SUBJECT), rowOf('public-grade', { PJ_XDR_MC: '三亚演示有限公司' })],
  mutate(chance, { kind, cells }, other) {
    const at = Math.floor(chance() * cells.length)
    const cell = cells[at] ?? null
    const text = typeof cell === 'string' ? cell : ''
    const donor = other.cells[Math.floor(chance() * other.cells.length)] ?? null
    const made = ((): Cell => {
      switch (Math.floor(chance() * 8)) {
        case 0: return donor
        case 1: return null
        case 2: return { number: Number(text), text }
        case 3: return { date: '2026-03-05' as never }
        case 4: return { broken: chance() < 0.5 ? 'error' : 'formula', text: '#N/A' }
        case 5: return chance() < 0.5
        default: return mutateText(chance, text, typeof donor === 'string' ? donor : '')
      }
    })()
    return { kind, cells: cells.with(at, made) }
  },
  run({ kind, cells }) {
    const { standard, columns } = known.get(kind)!
    const read = readRow(cells, columns, standard, context)
    for (const { message, fix } of read.problems) assert.ok(message.zh && message.en && fix.zh && fix.en)
    if (read.skipped === null) assert.equal(read.fields === null, read.problems.some(({ severity }) => severity === 'error'), 'fields are missing exactly where there is an error')
    if (read.fields !== null) {
      const again = readRow(standard.fields.map(({ id }) => read.values[id] ?? null), columns, standard, context)
      assert.deepEqual(again.values, read.values, 'what was accepted is accepted again as it was understood')
      assert.notEqual(again.fields, null)
    }
    return `${kind} ${read.skipped} ${[...new Set(read.problems.map(({ code }) => code))].sort().join(' ')}`
  },
  * smaller({ kind, cells }) {
    for (let at = 0; at < cells.length; at++) if (cells[at] !== null) yield { kind, cells: cells.with(at, null) }
    for (let at = 0; at < cells.length; at++) if (typeof cells[at] === 'string') for (const text of ofText.smaller(cells[at] as string)) yield { kind, cells: cells.with(at, text) }
  },
  kept: { write: (row) => JSON.stringify(row), read: (bytes) => JSON.parse(bytes.toString('utf8')) as Row },
}

const headings: Target<string> = {
  ...textTarget('headings', 1_500, standards.map(({ fields }) => fields.map(({ zh }) => zh).join('\t')), (text) => {
    const lines = text.split('\n').slice(0, 40).map((line, at) => ({ number: at + 1, cells: line.split('\t').slice(0, 500) }))
    const { kind, headingRow, problems, missing } = recogniseHeadings(lines, standards)
    assert.ok(kind === null || (headingRow !== null && headingRow <= lines.length))
    if (kind === null) assert.ok(problems.length > 0)
    return `${kind} ${missing.length} ${[...new Set(problems.map(({ code }) => code))].join(' ')}`
  }),
}

/** Everything that reads single cells, rows and headings. */
export const cellTargets = [dates, amounts, written, codes, numbers, texts, rows, headings] as const
