// @clause 4.2
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { recogniseHeadings } from './index.ts'
import { BUREAU, FIRM, importedText, importedWorkbook, LICENCE, licenceStandard, oneRow, PENALTY, penaltyStandard, SHOP, standards, SUBJECT, subjectStandard } from './testing/import.ts'

const titles = (standard: typeof penaltyStandard, row: object) => Object.keys(row).map((id) => standard.fields.find((field) => field.id === id)!.zh)

test('a file with the Chinese names of the standard is recognised, whatever the order of its columns', async (context) => {
  for (const [standard, row, kind] of [[penaltyStandard, PENALTY, 'penalty'], [licenceStandard, LICENCE, 'licence'], [subjectStandard, SUBJECT, 'subject']] as const) {
    const { recognition, rows } = await importedWorkbook(context, [titles(standard, row).reverse(), Object.values(row).reverse()])
    assert.equal(recognition.kind, kind)
    assert.deepEqual(recognition.unmatched, [])
    assert.deepEqual(rows[0]!.problems, [])
    assert.equal(rows[0]!.fields?.kind, kind)
  }
})

test('field ids and names from before 2018 are recognised', async (context) => {
  const { recognition } = await importedText(context, `${Object.keys(LICENCE).join(',')}\n`)
  assert.equal(recognition.kind, 'licence')
  const old = 'CF_WSH,CF_CFMC,CF_CFLB1,CF_CFLB2,CF_SY,CF_YJ,CF_XDR_MC,CF_XDR_SHXYM,CF_XDR_ZDM,CF_XDR_GSDJ,CF_XDR_SWDJ,CF_XDR_SFZ,CF_FR,CF_JG,CF_JDRQ,CF_XZJG,CF_ZT,DFBM,SJC,BZ'
  const { recognition: before2018, rows } = await importedText(context, `${old}\n三海罚〔2026〕1号,无照经营案,罚款,没收违法所得,无照经营,条例,三亚某公司,${FIRM},,,,,陈某,罚款5000元,2026/3/5,海棠区市监局,1,460202,2026-03-06,\n`)
  assert.equal(before2018.kind, 'penalty')
  assert.deepEqual(before2018.unmatched, [])
  assert.deepEqual(before2018.columns.get('CF_CFLB')!.columns, [2, 3])
  assert.equal(rows[0]!.values['CF_CFLB'], '罚款;没收违法所得')
  assert.ok(rows[0]!.problems.some(({ code }) => code === 'record.old-status'))
  assert.ok(before2018.problems.some(({ code, field }) => code === 'heading.missing' && field === 'CF_CFJGDM'))
})

test('headings below a title, a merged row and a blank row, with widths, blanks, brackets, stars and line breaks, are found', async (context) => {
  const { recognition, rows } = await importedWorkbook(context, [
    ['海棠区２０２６年１０月行政处罚信息归集表'], ['填报单位：海棠区市场监督管理局', '', '', '填报日期：2026年11月1日'], [],
    ['序号', '＊行政相对人 名称', '行政相对人\n类别（必填）', '统一社会信用代码(18位)', '法定代表人/负责人', '行政处罚决定书\r\n文号', '违法行为类型*', '主要违法事实', '处罚依据', '处罚类别', '处罚内容', '罚款金额(万元)', '处罚决定日期（年-月-日）', '处罚有效期', '处罚机关', '处罚机关统一社会信用代码', '数据来源单位', '数据来源单位代码', '经办人'],
    [1, ...['CF_XDR_MC', 'CF_XDR_LB', 'CF_XDR_SHXYM', 'CF_FRDB', 'CF_WSH', 'CF_WFXW', 'CF_SY', 'CF_YJ', 'CF_CFLB', 'CF_NR', 'CF_NR_FK', 'CF_JDRQ', 'CF_YXQ', 'CF_CFJG', 'CF_CFJGDM', 'CF_SJLY', 'CF_SJLYDM'].map((id) => PENALTY[id]), '张三'],
    ['合计', '', '', '', '', '', '', '', '', '', '', '0.5'], ['制表人：李四', '', '', '审核：王五'],
  ])
  assert.deepEqual([recognition.kind, recognition.headingRow, recognition.unmatched], ['penalty', 4, ['经办人']])
  assert.deepEqual(rows.map((row) => row.skipped), [null, 'total', 'note'])
  assert.deepEqual(rows[0]!.problems, [])
})

test('headings of two rows, a merged group above its parts, are read together', async (context) => {
  const { recognition, rows } = await importedWorkbook(context, [
    ['行政相对人名称', '行政相对人类别', '行政相对人代码', '', '法定代表人', '行政处罚决定书文号', '违法行为类型', '处罚决定日期'],
    ['', '', '统一社会信用代码', '工商注册号', '', '', '', ''],
    ['三亚某公司', '法人及非法人组织', FIRM, '', '陈某', '三海罚〔2026〕1号', '无照经营', '2026-3-5'],
  ])
  assert.equal(recognition.headingRow, 2)
  assert.deepEqual([recognition.columns.get('CF_XDR_MC')!.columns, recognition.columns.get('CF_XDR_SHXYM')!.columns, recognition.columns.get('CF_XDR_GSZC')!.columns], [[0], [2], [3]])
  assert.equal(rows[0]!.values['CF_XDR_SHXYM'], FIRM)
})

test('ids below the names, headings repeated in the middle and rows of formats are no data', async (context) => {
  const names = titles(penaltyStandard, PENALTY)
  const { rows } = await importedWorkbook(context, [names, Object.keys(PENALTY), names.map(() => '必填'), Object.values(PENALTY), names, Object.values(PENALTY), []])
  assert.deepEqual(rows.map((row) => row.skipped ?? row.fields?.kind), ['headings', 'note', 'penalty', 'headings', 'penalty'])
})

test('a heading in yuan is converted exactly and said so', async (context) => {
  const names = titles(penaltyStandard, PENALTY).map((name) => (name.startsWith('罚款金额') ? '罚款金额（元）' : name))
  const { recognition, rows } = await importedWorkbook(context, [names, Object.values({ ...PENALTY, CF_NR_FK: 5000 })])
  assert.ok(recognition.problems.some(({ code, severity }) => code === 'heading.yuan' && severity === 'warning'))
  assert.equal(rows[0]!.values['CF_NR_FK'], '0.5')
  assert.deepEqual(rows[0]!.problems, [])
})

test('a sheet without headings says so, with what to do', async (context) => {
  const { recognition } = await importedText(context, '你好,世界\n1,2\n')
  assert.equal(recognition.kind, null)
  assert.equal(recognition.problems[0]!.code, 'heading.none')
  assert.match(recognition.problems[0]!.fix.zh, /模板/)
})

test('any sheet at all is recognised or not, and never throws', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('统一社会信用代码', '名称', '罚款金额（元）', 'CF_WSH', '状态', '合计', ''))
  const cell = fc.oneof(text, fc.constant(null), fc.boolean(), fc.double().map((number) => ({ number, text: String(number) })))
  fc.assert(fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 6 }), (table) => {
    const { kind, problems } = recogniseHeadings(table.map((cells, at) => ({ number: at + 1, cells })), standards)
    assert.ok(kind !== null || problems.length === 1)
  }))
})

test('the shops of the register are known by their prefix', () => {
  assert.equal(oneRow({ ...SUBJECT, ZT_TYSHXYDM: SHOP, ZT_LX: '个体户' } as never).fields?.kind, 'subject')
  assert.deepEqual(oneRow({ ...SUBJECT, ZT_TYSHXYDM: BUREAU, ZT_LX: '个体户' } as never).problems.map(({ code }) => code), ['subject.type-mismatch'])
})
