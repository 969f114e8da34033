// @clause 4.2
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isUscc } from '../../../kernel/codes/index.ts'
import { dayNumbered, numberOf } from '../../../kernel/day.ts'
import { fenFromWanYuan, wanYuanFromFen } from '../../../kernel/money.ts'
import { dayOfSerial } from '../../../platform/sheets/index.ts'
import type { Cell } from '../../../platform/sheets/index.ts'
import { amountsWritten } from './amounts-written.ts'
import { readAmount } from './amounts.ts'
import { normaliseCell } from './cell.ts'
import { readDate } from './dates.ts'
import { gapsOf, parseDocumentNumber } from './document-number.ts'
import { context, FIRM, penaltyStandard } from './testing/import.ts'

const tables = { standard: penaltyStandard, kinds: { 'penalty-kind': context.penaltyKinds } }
const field = (id: string) => penaltyStandard.fields.find((one) => one.id === id)!
const read = (id: string, cell: Cell) => normaliseCell(cell, field(id), tables)
const number = (text: string): Cell => ({ number: Number(text), text })
const codes = (id: string, cell: Cell) => read(id, cell).problems.map(({ code }) => code)

test('a day is read in every way in which departments write it', () => {
  const ways: Cell[] = [
    '2026-03-05', '2026-3-5', '2026/3/5', '2026.3.5', '2026年3月5日', '2026 年 3 月 5 日', '２０２６年３月５日', '20260305', number('20260305'), number('46086'), number('46086.5'), '46086',
    '2026-03-05 00:00:00', '2026/3/5 14:30', '2026-03-05T00:00:00', '2026-03-04T16:00:00Z', '2026-03-04T16:00:00.000+00:00', '20260305000000', '二〇二六年三月五日', '\u200b2026-3-5 ', { date: '2026-03-05' as never },
  ]
  for (const way of ways) assert.deepEqual(readDate(way), { day: '2026-03-05' }, JSON.stringify(way))
  assert.deepEqual(readDate('二〇二六年十二月三十一日'), { day: '2026-12-31' })
  assert.deepEqual(readDate('二〇二六年十月廿一日'), { day: '2026-10-21' })
})

test('a day that can be read in two ways, or is none, is not guessed', () => {
  for (const [cell, wrong] of [['5/3/2026', 'date.ambiguous'], ['26-3-5', 'date.ambiguous'], ['2026年3月', 'date.no-day'], ['2026', 'date.no-day'], [number('2026'), 'date.no-day'], ['2026-02-30', 'date.unreadable'],
    ['20261301', 'date.unreadable'], ['三月五日', 'date.unreadable'], ['2026-3年5', 'date.unreadable'], [true, 'date.unreadable'], [number('5'), 'date.unreadable']] as [Cell, string][]) assert.deepEqual(readDate(cell), { wrong }, JSON.stringify(cell))
})

test('without end is written as the last day of 2099', () => {
  assert.equal(read('CF_YXQ', '长期').text, '2099-12-31')
  assert.deepEqual(codes('CF_JDRQ', '长期'), ['date.unreadable'])
})

test('every day survives its serial number and all its spellings', () => {
  fc.assert(fc.property(fc.integer({ min: numberOf('1950-01-01' as never), max: numberOf('2099-12-31' as never) }), (at) => {
    const on = dayNumbered(at)
    const [year, month, date] = on.split('-').map(Number)
    assert.equal(dayOfSerial(at + 25_569), on)
    for (const way of [on, `${year}/${month}/${date}`, `${year}年${month}月${date}日`, on.replaceAll('-', ''), String(at + 25_569), `${year}.${month}.${date} 8:05`]) assert.deepEqual(readDate(way), { day: on })
  }))
})

test('amounts are exact: no binary leftovers, no rounding', () => {
  const fen = (cell: Cell) => { const got = readAmount(cell); return 'fen' in got ? got.fen : got.wrong }
  for (const [cell, expected] of [['0.5', 500_000n], [number('0.30000000000000004'), 300_000n], [number('5.0000000000000003E-2'), 50_000n], [number('1E-6'), 1n], ['12,345.678901', 12_345_678_901n], ['１．５', 1_500_000n],
    ['￥0.5万元', 500_000n], ['5,000元', 500_000n], ['5000.55元', 500_055n], ['人民币3万元整', 3_000_000n], ['0', 0n], ['0.500000000', 500_000n], ['999999999999.999999', 999_999_999_999_999_999n]] as [Cell, bigint][]) assert.equal(fen(cell), expected, JSON.stringify(cell))
  for (const [cell, wrong] of [['-1', 'amount.negative'], ['0.0000001', 'amount.too-precise'], [number('1.23456789'), 'amount.too-precise'], ['0.005元', 'amount.too-precise'], ['伍仟元', 'amount.unreadable'], ['1,23', 'amount.unreadable'], ['5.5.5', 'amount.unreadable'], ['', 'amount.unreadable'],
    [{ date: '2026-01-01' as never }, 'amount.unreadable'], ['1e99', 'amount.unreadable']] as [Cell, string][]) assert.equal(fen(cell), wrong, JSON.stringify(cell))
})

test('every amount survives text and spreadsheet number, to the last 分', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), (amount) => {
    const text = wanYuanFromFen(amount)
    assert.equal(fenFromWanYuan(text), amount)
    for (const cell of [text, number(text), number(String(Number(text) + Number.EPSILON * Number(text) / 2))]) assert.deepEqual(readAmount(cell), { fen: amount, unit: 'wan-yuan' })
  }))
})

test('codes become half-width without blanks, and numbers that kept all their digits are codes', () => {
  for (const cell of [` ${FIRM.slice(0, 8)} ${FIRM.slice(8)}　`, FIRM.toLowerCase(), [...FIRM].map((character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join(''), `'${FIRM}`, `${FIRM}\u200b`]) assert.equal(read('CF_XDR_SHXYM', cell).text, FIRM)
  assert.equal(read('CF_XDR_SHXYM', number('914403001922038216')).text, '914403001922038216')
  assert.equal(read('CF_XDR_GSZC', number('440301102900139')).text, '440301102900139')
  assert.equal(read('CF_XDR_GSZC', number('4.4030110290013899E+14')).text, '440301102900139')
  assert.equal(read('CF_XDR_GSZC', '440301102900139.0').text, '440301102900139')
})

test('a code that a spreadsheet turned into a number is refused with the fix, never guessed', () => {
  for (const cell of ['9.14403E+17', number('9.14403E+17'), number('9.1440300192203802E+17'), number('914403001922038000'), number('9.144030019220382e17')]) {
    const { problems } = read('CF_XDR_SHXYM', cell)
    assert.deepEqual(problems.map(({ code }) => code), ['cell.lost-digits'], JSON.stringify(cell))
    assert.match(problems[0]!.fix.zh, /文本/)
  }
  assert.deepEqual(codes('CF_WSH', { date: '2026-03-12' as never }), ['cell.became-date'])
  assert.deepEqual(codes('CF_WSH', { broken: 'formula', text: '' }), ['cell.formula'])
  assert.deepEqual(codes('CF_XDR_MC', { broken: 'error', text: '#N/A' }), ['cell.error'])
})

test('no code that was damaged in any way passes for another', () => {
  const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
  fc.assert(fc.property(fc.nat(17), fc.constantFrom(...alphabet), fc.boolean(), (at, by, asNumber) => {
    const damaged = FIRM.slice(0, at) + by + FIRM.slice(at + 1)
    const text = read('CF_XDR_SHXYM', asNumber && /^\d+$/.test(damaged) ? number(damaged) : damaged).text
    assert.ok(text === FIRM || !isUscc(text))
  }))
  fc.assert(fc.property(fc.bigInt({ min: 10n ** 17n, max: 10n ** 18n - 1n }), (code) => {
    const rounded = String(Number(code))
    const { text, problems } = read('CF_XDR_SHXYM', { number: Number(code), text: rounded })
    assert.ok(problems.length > 0 || text === rounded)
  }))
})

test('kinds are split and mapped to the code table, in one order', () => {
  assert.deepEqual(read('CF_CFLB', '罚款；警告').text, '警告;罚款')
  assert.deepEqual(read('CF_CFLB', '没收违法所得、没收非法财物、罚款').keys, ['fine', 'confiscate-gains', 'confiscate-goods'])
  assert.deepEqual(read('CF_CFLB', '吊销营业执照,停业整顿').keys, ['revoke-licence', 'suspend-business'])
  assert.deepEqual(read('CF_CFLB', '其他-责令改正').text, '其他-责令改正')
  assert.deepEqual(codes('CF_CFLB', '暂扣或者吊销许可证、暂扣或者吊销执照'), ['field.ambiguous-kind'])
  assert.deepEqual(codes('CF_CFLB', '罚款;打板子'), ['field.not-in-table'])
})

test('a cell of any content is read or has a problem, and never throws', () => {
  const cell: fc.Arbitrary<Cell> = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(...'0123456789.-/年月日万元eE+ ') }), fc.double().map((value) => ({ number: value, text: String(value) })), fc.boolean(), fc.constant(null))
  fc.assert(fc.property(fc.constantFrom(...penaltyStandard.fields), cell, (one, content) => {
    const got = normaliseCell(content, one, tables)
    for (const problem of got.problems) assert.ok(problem.field === one.id && problem.fix.zh !== '' && problem.fix.en !== '')
  }), { numRuns: 1000 })
})

test('amounts in the words of a decision are found', () => {
  for (const [text, fen] of [['罚款人民币5000元', 500_000n], ['处以0.5万元罚款', 500_000n], ['罚款伍仟元整（¥5,000.00）', 500_000n], ['处罚款一万二千元', 1_200_000n], ['处以人民币叁万伍仟元整的罚款', 3_500_000n], ['罚款１２，０００．５０元', 1_200_050n]] as const) assert.deepEqual(amountsWritten(text, '罚款'), [fen], text)
  assert.deepEqual(amountsWritten('没收违法所得300元，罚款5000元', '没收'), [30_000n])
  assert.deepEqual(amountsWritten('予以警告', '罚款'), [])
})

test('document numbers are taken apart in every writing', () => {
  const expected = { series: '三海综执罚决字', year: 2026, serial: 12 }
  for (const text of ['三海综执罚决字〔2026〕第12号', '三海综执罚决字[2026]12号', '三海综执罚决字（2026）第012号', '三海综执罚决字(2026)12', '三海综执罚决字【2026】 第 12 号', '三海综执罚决字﹝２０２６﹞１２号', '三海综执罚决字〔2026年〕12号']) assert.deepEqual(parseDocumentNumber(text), expected, text)
  assert.deepEqual(parseDocumentNumber('三海市监处罚〔2026〕林旺7号'), { series: '三海市监处罚…林旺', year: 2026, serial: 7 })
  for (const text of ['无', '12号', '三海罚2026-12', '三海罚〔26〕1号', '']) assert.equal(parseDocumentNumber(text), null)
})

test('gaps in a series of document numbers are found by year', () => {
  assert.deepEqual(gapsOf(['甲罚〔2026〕2号', '甲罚(2026)第5号', '甲罚〔2026〕3号', '甲罚〔2025〕9号', '乙罚〔2026〕1号', '不是文号']), [{ series: '甲罚', year: 2026, from: 2, until: 5, missing: [4], missingCount: 1 }])
  assert.equal(gapsOf(['甲罚〔2026〕2号'], { fromFirst: true })[0]!.missingCount, 1)
  const [far] = gapsOf(['甲罚〔2026〕1号', '甲罚〔2026〕99999999号'])
  assert.deepEqual([far!.missing.length, far!.missingCount], [200, 99999997])
})
