// @clause 4.2
import assert from 'node:assert/strict'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pipeline } from 'node:stream/promises'
import fc from 'fast-check'
import { PLACEHOLDER_USCC, residentIdFrom } from '../../../kernel/codes/index.ts'
import { addDays, type Day } from '../../../kernel/day.ts'
import { writeSheet } from '../../../platform/sheets/index.ts'
import { failedRow, failedRowsColumns, INTAKE_PROBLEMS, templateColumns } from './index.ts'
import type { LicenceFields, PenaltyFields, PublicGradeFields, SubjectFields } from './index.ts'
import { BUREAU, codesOf, context, FIRM, folder, imported, importedText, importedWorkbook, LICENCE, licenceStandard, oneRow, PENALTY, penaltyStandard, SHOP, standards, SUBJECT } from './testing/import.ts'
import { problem } from './problems.ts'

const penalty = (changes: object, given = {}) => oneRow({ ...PENALTY, ...changes } as never, given)
const licence = (changes: object, given = {}) => oneRow({ ...LICENCE, ...changes } as never, given)
const subject = (changes: object, given = {}) => oneRow({ ...SUBJECT, ...changes } as never, given)
const ID = residentIdFrom('46020019850612101')

test('a penalty keeps every field as text and as what it means', () => {
  const fields = penalty({ CF_CFLB: '罚款;没收违法所得;吊销营业执照', CF_NR_FK: 0.1 + 0.2, CF_NR: '罚款', CF_NR_WFFF: '1,000元', CF_NR_ZKDX: '营业执照', CF_GSJZQ: '20290305', CF_XDR_GSZC: '440301102900139' }).fields as PenaltyFields
  assert.deepEqual(fields.kinds, ['fine', 'confiscate-gains', 'revoke-licence'])
  assert.deepEqual([fields.fineFen, fields.confiscatedFen, fields.decidedOn, fields.validUntil, fields.publicityEndStated], [300_000n, 100_000n, '2026-03-05', '2027-03-05', '2029-03-05'])
  assert.deepEqual([fields.party.uscc, fields.party.category, fields.party.registrationNumber, fields.party.naturalId], [FIRM, 'legal-person', '440301102900139', null])
  assert.deepEqual([fields.values['CF_NR_FK'], fields.values['CF_NR_WFFF'], fields.values['CF_WSH']], ['0.3', '0.1', '三海综执罚决字〔2026〕第12号'])
  assert.equal(fields.values['BZ'], undefined)
})

test('a licence is read with its validity, also without end', () => {
  const fields = licence({ XK_YXQZI: '长期', XK_ZT: '有效', XK_XKLB: '核准' }).fields as LicenceFields
  assert.deepEqual([fields.validFrom, fields.validUntil, fields.status, fields.kinds, fields.party.category], ['2026-10-08', '2099-12-31', '1', ['approval'], 'individual-business'])
})

test('mandatory fields that are empty are named one by one', () => {
  assert.deepEqual(codesOf(penalty({ CF_WSH: '', CF_SY: ' ', CF_CFJGDM: null })), ['field.required CF_WSH', 'field.required CF_SY', 'field.required CF_CFJGDM'])
  assert.deepEqual(codesOf(licence({ XK_ZT: '3' })), ['field.not-in-table XK_ZT'])
  assert.deepEqual(codesOf(penalty({ CF_FRDB: '' })), ['field.required-if CF_FRDB'])
})

test('a text longer than the standard allows is refused; characters outside the first plane count once', () => {
  assert.deepEqual(codesOf(penalty({ CF_XDR_MC: '海'.repeat(201) })), ['field.too-long CF_XDR_MC'])
  assert.deepEqual(codesOf(penalty({ CF_XDR_MC: '𠮷'.repeat(200) })), [])
})

test('a decision after the day of receipt, or before the archive begins, is refused', () => {
  assert.deepEqual(codesOf(penalty({ CF_JDRQ: '2026-11-22' })), [])
  assert.deepEqual(codesOf(penalty({ CF_JDRQ: '2026-11-23' })), ['record.decided-after-receipt CF_JDRQ'])
  assert.deepEqual(codesOf(penalty({ CF_JDRQ: '2023-04-30', CF_WSH: '三海罚〔2023〕1号' })), ['record.decided-too-early CF_JDRQ'])
})

test('an end before its beginning is refused', () => {
  assert.deepEqual(codesOf(licence({ XK_YXQZI: '2026-10-07' })), ['record.ends-before-start XK_YXQZI'])
  assert.deepEqual(codesOf(licence({ XK_YXQZI: '2026-10-08' })), [])
  assert.deepEqual(codesOf(penalty({ CF_YXQ: '2026-03-04', CF_GSJZQ: '2026-03-04' })), ['record.ends-before-start CF_YXQ', 'record.ends-before-start CF_GSJZQ'])
})

test('category and prefix of the code must fit', () => {
  assert.deepEqual(codesOf(penalty({ CF_XDR_LB: '个体工商户' })), ['party.category-mismatch CF_XDR_LB'])
  assert.deepEqual(codesOf(penalty({ CF_XDR_SHXYM: SHOP })), ['party.category-mismatch CF_XDR_LB'])
  assert.deepEqual(codesOf(penalty({ CF_XDR_SHXYM: SHOP, CF_XDR_LB: '个体户' })), [])
  assert.deepEqual(codesOf(penalty({ CF_XDR_SHXYM: BUREAU })), [])
})

test('the placeholder needs a registration number, and is for individual businesses only', () => {
  const shop = { CF_XDR_LB: '个体工商户', CF_XDR_SHXYM: PLACEHOLDER_USCC }
  assert.deepEqual(codesOf(penalty(shop)), ['party.no-code CF_XDR_GSZC'])
  const fields = penalty({ ...shop, CF_XDR_GSZC: '440301102900139' }).fields as PenaltyFields
  assert.deepEqual([fields.party.uscc, fields.party.registrationNumber], [null, '440301102900139'])
  assert.deepEqual(codesOf(penalty({ ...shop, CF_XDR_GSZC: '440301103032184' })), ['registration-number.check-digit CF_XDR_GSZC'])
  assert.deepEqual(codesOf(penalty({ CF_XDR_SHXYM: PLACEHOLDER_USCC })), ['party.placeholder CF_XDR_SHXYM'])
  assert.deepEqual(codesOf(penalty({ CF_XDR_LB: '个体工商户', CF_XDR_SHXYM: '', CF_XDR_GSZC: '440301102900139' })), ['party.code-left-empty CF_XDR_SHXYM'])
})

test('a code that fails its check is refused, unless an officer admitted it', () => {
  const wrong = '91110000100003962T'
  assert.deepEqual(codesOf(penalty({ CF_XDR_SHXYM: wrong })), ['uscc.check-digit CF_XDR_SHXYM'])
  const row = penalty({ CF_XDR_SHXYM: wrong }, { admitted: new Set([wrong]) })
  assert.deepEqual([codesOf(row), (row.fields as PenaltyFields).party.usccAdmitted], [['code.admitted CF_XDR_SHXYM'], true])
  assert.deepEqual(codesOf(penalty({ CF_CFJGDM: wrong })), ['uscc.check-digit CF_CFJGDM'])
})

test('a natural person is known by type and number of an ID, which no message repeats', () => {
  const person = { CF_XDR_MC: '王小明', CF_XDR_LB: '自然人', CF_XDR_SHXYM: '', CF_FRDB: '' }
  assert.deepEqual(codesOf(penalty(person)), ['field.required-if CF_XDR_ZJLX', 'field.required-if CF_XDR_ZJHM'])
  const fields = penalty({ ...person, CF_XDR_ZJLX: '居民身份证', CF_XDR_ZJHM: ID }).fields as PenaltyFields
  assert.deepEqual(fields.party.naturalId, { type: 'resident-id', number: ID })
  for (const row of [penalty({ ...person, CF_XDR_ZJLX: '身份证', CF_XDR_ZJHM: ID.slice(0, 16) + '99' }), penalty({ ...person, CF_XDR_SHXYM: ID }), penalty({ ...person, CF_XDR_ZJLX: '身份证', CF_XDR_ZJHM: { number: 4.6e17, text: '4.6020019850612E+17' } })]) {
    assert.equal(row.fields, null)
    assert.ok(!JSON.stringify(row.problems).includes('19850612'))
  }
  assert.deepEqual(codesOf(penalty({ ...person, CF_XDR_SHXYM: FIRM, CF_XDR_ZJLX: '身份证', CF_XDR_ZJHM: ID })), ['party.category-mismatch CF_XDR_LB'])
})

test('the ID of a legal representative is warned about and dropped', () => {
  const row = penalty({ CF_FR_ZJHM: ID })
  assert.deepEqual(codesOf(row), ['party.id-of-representative CF_FR_ZJHM'])
  assert.ok(!JSON.stringify([row.fields?.values, row.values, row.problems]).includes(ID))
})

test('a fine needs its amount, a confiscation its own, a revocation its certificate', () => {
  assert.deepEqual(codesOf(penalty({ CF_NR_FK: '' })), ['record.kind-without-amount CF_NR_FK'])
  assert.deepEqual(codesOf(penalty({ CF_NR_FK: '0' })), ['record.kind-without-amount CF_NR_FK'])
  assert.deepEqual(codesOf(penalty({ CF_CFLB: '警告', CF_NR: '警告' })), ['record.fine-without-kind CF_NR_FK'])
  assert.deepEqual(codesOf(penalty({ CF_CFLB: '罚款;没收非法财物' })), ['record.kind-without-amount CF_NR_WFFF'])
  assert.deepEqual(codesOf(penalty({ CF_CFLB: '罚款;吊销许可证' })), ['field.required-if CF_NR_ZKDX'])
})

test('an amount in yuan by mistake is noticed by what the decision says', () => {
  const [problem] = penalty({ CF_NR_FK: '5000' }).problems
  assert.deepEqual([problem!.code, problem!.severity], ['amount.in-yuan', 'warning'])
  assert.match(problem!.message.zh, /5000 万元.*5,000\.00 元/)
  assert.deepEqual(codesOf(penalty({ CF_NR_FK: '0.6' })), ['amount.differs CF_NR_FK'])
  assert.deepEqual(codesOf(penalty({ CF_NR: '罚款2000元；另处罚款3000元' })), [])
  assert.deepEqual(codesOf(penalty({ CF_NR: '罚款', CF_NR_FK: '150000' })), ['amount.very-large CF_NR_FK'])
})

test('odd document numbers are warned about, not refused', () => {
  assert.deepEqual(codesOf(penalty({ CF_WSH: '2026-12' })), ['record.number-shape CF_WSH'])
  assert.deepEqual(codesOf(penalty({ CF_WSH: '三海罚〔2027〕1号' })), ['record.number-year CF_WSH'])
  assert.equal((penalty({ CF_WSH: ' 三海罚 [２０２６] 1 号' }).fields as PenaltyFields).documentNumber, '三海罚〔2026〕1号')
})

test('an empty source unit is the sending department', () => {
  const row = penalty({ CF_SJLY: '', CF_SJLYDM: '' }, { source: { name: '海棠区教育局', uscc: BUREAU } })
  assert.deepEqual([codesOf(row), (row.fields as PenaltyFields).values['CF_SJLY']], [['record.source-filled CF_SJLY'], '海棠区教育局'])
})

test('a subject is read with its sectors, former names and days', () => {
  const fields = subject({ ZT_CYM: '三亚镕鑫有限公司；三亚镕鑫商行', ZT_BGRQ: '2024年1月2日', ZT_ZT: '在营（开业）企业', ZT_LX: '有限责任公司', ZT_JC: '林旺居委会' }).fields as SubjectFields
  assert.deepEqual([fields.type, fields.status, fields.sectors, fields.formerNames, fields.nameChangedOn, fields.foundedOn, fields.industry, fields.place], ['enterprise', 'active', ['market-regulation', 'tourism'], ['三亚镕鑫有限公司', '三亚镕鑫商行'], '2024-01-02', '2019-04-01', 'F52', '林旺居委会'])
  assert.deepEqual(codesOf(subject({ ZT_TYSHXYDM: '' })), ['subject.no-code ZT_TYSHXYDM'])
  assert.deepEqual(codesOf(subject({ ZT_HYDM: '餐饮' })), ['field.not-in-table ZT_HYDM'])
})

test('a public grade from above is read with its scale', async (test) => {
  const { recognition, rows } = await importedText(test, `序号,企业名称,统一社会信用代码,综合评价结果,评价时间,得分\n1,三亚某公司,${FIRM},D级,2026年4月30日,300\n2,三亚某公司,${FIRM},良,2024-4-30,800\n3,三亚某公司,${FIRM},AAA,2026-12-01,\n`)
  assert.deepEqual([recognition.kind, recognition.unmatched], ['public-grade', []])
  assert.deepEqual(rows.slice(0, 2).map(({ fields }) => { const { scale, grade, evaluatedOn } = fields as PublicGradeFields; return [scale, grade, evaluatedOn] }), [['public-2026', 'D', '2026-04-30'], ['public-2019', '良', '2024-04-30']])
  assert.deepEqual(codesOf(rows[2]!), ['field.not-in-table PJ_DJ', 'record.decided-after-receipt PJ_RQ'])
})

test('a GB18030 file with the troubles of a real one gives each row its own answer', async () => {
  const { recognition, rows } = await imported(join(import.meta.dirname, 'testing', 'fixtures', 'penalties-gb18030.csv'))
  assert.equal(recognition.kind, 'penalty')
  assert.deepEqual(rows.map((row) => [row.number, row.skipped ?? codesOf(row).join(' ')]), [
    [3, ''], [4, 'cell.lost-digits CF_XDR_SHXYM'], [5, 'date.ambiguous CF_JDRQ'], [6, 'amount.in-yuan CF_NR_FK'], [8, 'headings'], [9, 'uscc.check-digit CF_XDR_SHXYM uscc.organisation-part CF_XDR_SHXYM'], [10, 'total'],
  ])
})

test('the workbook of failed rows has the layout of the standard, keeps what was sent, and can be corrected and imported as it is', async (test) => {
  const names = ['罚款金额（元）', ...Object.keys(PENALTY).filter((id) => id !== 'CF_NR_FK')]
  const { recognition, rows } = await importedWorkbook(test, [names, [5000, ...Object.entries({ ...PENALTY, CF_JDRQ: '5/3/2026', CF_FR_ZJHM: undefined }).filter(([id]) => id !== 'CF_NR_FK').map(([, value]) => value)]])
  const failed = rows.filter((row) => row.fields === null)
  const columns = failedRowsColumns(penaltyStandard, recognition.columns)
  assert.deepEqual(columns.slice(0, 30).map(({ heading }) => heading), templateColumns(penaltyStandard).map(({ heading }) => heading))
  const written = failed.map((row) => failedRow(row.cells, row.number, row.problems, recognition.columns, penaltyStandard))
  assert.match(String(written[0]!.at(-2)), /处罚决定日期/)
  const at = columns.findIndex(({ heading }) => heading === '处罚决定日期')
  assert.equal(written[0]![at], '5/3/2026')
  const corrected = written.map((row) => row.with(at, '2026-03-05'))
  const path = join(folder(test), 'f')
  await pipeline(writeSheet(columns, corrected, { sheetName: '失败行' }), createWriteStream(path))
  const again = await imported(path)
  assert.deepEqual([again.recognition.unmatched, again.rows.map(codesOf), (again.rows[0]!.fields as PenaltyFields).fineFen], [[], [[]], 500_000n])
})

test('every problem has cause and fix in both languages, and nothing left to fill in', () => {
  const [field] = penaltyStandard.fields
  for (const { code, severity } of INTAKE_PROBLEMS) {
    const made = problem(code, field!, { value: '值', zh: '应为', en: 'expected' })
    assert.equal(made.severity, severity)
    for (const sentence of [made.message.zh, made.message.en, made.fix.zh, made.fix.en]) assert.ok(sentence.length > 3 && !/%[tvx]/.test(sentence), code)
    assert.ok(/[\u4e00-\u9fff]/.test(made.message.zh) && /[\u4e00-\u9fff]/.test(made.fix.zh) && /[a-z]/.test(made.message.en), code)
  }
})

test('the standards have the fields of the national ones, each heading meaning one field', () => {
  assert.deepEqual(standards.map(({ kind, fields }) => [kind, fields.filter(({ extra }) => !extra).length]), [['licence', 28], ['penalty', 30], ['subject', 14], ['public-grade', 6]])
  for (const { fields } of standards) assert.equal(new Set(fields.map(({ zh }) => zh)).size, fields.length)
})

test('any row at all is read without a throw, and a row without errors has its fields', () => {
  const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...Object.values(PENALTY), FIRM, SHOP, ID, '自然人', '个体工商户', '长期', '9.1E+17', ''), fc.constant(null), fc.boolean(), fc.double({ noNaN: true }).map((number) => ({ number, text: String(number) })))
  const ids = (standard: typeof penaltyStandard) => standard.fields.map(({ id }) => id)
  const base = fc.constantFrom([penaltyStandard, PENALTY] as const, [licenceStandard, LICENCE] as const)
  fc.assert(fc.property(base, fc.dictionary(fc.constantFrom(...ids(penaltyStandard), ...ids(licenceStandard)), cell, { maxKeys: 4 }), ([standard, row], changes) => {
    const own = Object.fromEntries(Object.entries(changes).filter(([id]) => ids(standard).includes(id)))
    const { skipped, fields, problems } = oneRow({ ...row, ...own } as never)
    assert.equal(skipped === null && fields === null, skipped === null && problems.some(({ severity }) => severity === 'error'))
    for (const { message, fix } of problems) assert.ok(!/%[tvx]/.test(message.zh + message.en + fix.zh + fix.en) || Object.values(own).some((value) => typeof value === 'string' && /%[tvx]/.test(value)))
  }), { numRuns: 500 })
})

test('a CSV with semicolons, a byte order mark and quoted line breaks gives the same fields as a workbook', async (test) => {
  const quoted = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`
  const { rows } = await importedText(test, `\ufeff${Object.keys(PENALTY).map(quoted).join(';')}\r\n${Object.values({ ...PENALTY, CF_SY: '一\n二' }).map(quoted).join(';')}\r\n`)
  const workbook = await importedWorkbook(test, [Object.keys(PENALTY), Object.values({ ...PENALTY, CF_SY: '一\n二' })])
  assert.deepEqual(rows[0]!.fields, workbook.rows[0]!.fields)
  assert.equal(context.receivedOn, '2026-11-22')
})

// Of people who can be party to a decision: fourteen years old at least.
const person = fc.tuple(fc.constantFrom('460200', '110105', '650102'), fc.integer({ min: 0, max: 22_900 }), fc.integer({ min: 0, max: 999 }))
  .map(([region, days, order]) => residentIdFrom(`${region}${addDays('1950-01-01' as Day, days).replaceAll('-', '')}${String(order).padStart(3, '0')}`))
const written = (id: string) => fc.constantFrom(id, id.toLowerCase(), `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`, `${id.slice(0, 6)}-${id.slice(6, 14)}-${id.slice(14)}`, id.replace(/\d/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)))
const around = fc.constantFrom('', '三海市监罚', '〔2026〕', 'No.', '王某', '（', 'A', '号')

test('no resident id passes in a name, a title or the number of a document, however it is written, and no message repeats it', () => {
  const places = fc.constantFrom([penalty, 'CF_WSH'] as const, [penalty, 'CF_XDR_MC'] as const, [penalty, 'CF_CFMC'] as const, [penalty, 'CF_CFJG'] as const, [penalty, 'CF_WFXW'] as const, [licence, 'XK_WSH'] as const,
    [licence, 'XK_XKBH'] as const, [licence, 'XK_XKWS'] as const, [licence, 'XK_XKZS'] as const, [licence, 'XK_XDR_SWDJ'] as const, [subject, 'ZT_MC'] as const, [subject, 'ZT_CYM'] as const, [subject, 'ZT_FDDBR'] as const)
  fc.assert(fc.property(places, person.chain((id) => fc.tuple(fc.constant(id), written(id))), around, around, ([read, field], [id, as], before, after) => {
    const row = read({ [field]: `${before}${as}${after}` })
    assert.equal(row.fields, null)
    assert.ok(codesOf(row).includes(`field.personal-number ${field}`), `${codesOf(row)}`)
    assert.ok(!JSON.stringify(row.problems).includes(id.slice(6, 14)))
  }), { numRuns: 300 })
})

test('an old id of fifteen digits and a mobile number are refused, and what only looks like them is not', () => {
  const refused = (row: object) => codesOf(penalty(row)).some((code) => code.startsWith('field.personal-number'))
  for (const number of ['460200850612102', '三海罚字460200850612102号', '13812345678', '+86 138-1234-5678', '１３８１２３４５６７８']) assert.ok(refused({ CF_WSH: number }), number)
  assert.ok(refused({ CF_XDR_MC: '13812345678' }))
  // A region, the day of the decision, a serial number; credit codes and registration numbers; longer runs; a mobile number beside other words.
  for (const number of ['460202202603050012', '460202260305001', '46020220260305000123456', FIRM, '440301102900139', 'JY14602021234567', '三海综执罚决字〔2026〕第12号', '20260305001', '琼三交执罚〔2026〕13812345678号']) assert.ok(!refused({ CF_WSH: number }), number)
  for (let serial = 0; serial < 2000; serial++) {
    const number = `46020220${15 + (serial % 12)}0305${String(serial).padStart(4, '0')}`
    assert.ok(!refused({ CF_WSH: number }) && !codesOf(licence({ XK_XKBH: number })).some((code) => code.startsWith('field.personal-number')), number)
  }
  assert.ok(refused({ CF_XDR_MC: `王某${residentIdFrom('46020220200305001')}` }), 'in a name a child’s number is one')
  assert.deepEqual(codesOf(penalty({ CF_SY: `当事人王某（${ID}）无证经营`, CF_NR: `罚款5000元，王某 ${ID}`, BZ: '13812345678' })), [])
  assert.deepEqual(codesOf(penalty({ CF_CFLB: '罚款;吊销许可证', CF_NR_ZKDX: `驾驶证 ${ID}` })), [])
})
