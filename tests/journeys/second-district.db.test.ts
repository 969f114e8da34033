// @clause 12.1
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import { ledgerState, listEntries } from '../../src/modules/evidence/contract.ts'
import * as identity from '../../src/modules/identity/contract.ts'
import { firstAdministratorCodes } from '../../src/modules/identity/index.ts'
import { codeAt } from '../../src/modules/identity/second-factor.ts'
import * as organisation from '../../src/modules/organisation/contract.ts'
import { LAYOUTS } from '../../src/modules/organisation/workbook/layout.ts'
import { listRecords } from '../../src/modules/records/contract.ts'
import { getBatch, importFile, recogniseFile } from '../../src/modules/submissions/contract.ts'
import { openSheet, writeWorkbook } from '../../src/platform/sheets/index.ts'
import { freshDatabase, preparedFolder } from '../support/database.ts'
import { startProgram } from '../support/program.ts'

// What docs/operate/second-district.md tells an operator to do, in its order.
const home = mkdtempSync(join(tmpdir(), 'xinheng-tianya-'))
const [policy, data] = [join(home, 'policy'), join(home, 'data')]
const database = process.env.XINHENG_TEST_DATABASE_URL ? await freshDatabase() : null
if (database === null) await preparedFolder(join(data, 'database'))
after(async () => { await database?.close(); rmSync(home, { recursive: true, force: true }) })

const OFFICE = usccFrom('11460204', 'XHTY0001')
const MARKET = usccFrom('11460204', 'XHTY0002')
const SHOP = usccFrom('91460204', 'XHTY0003')
const PASSWORD = 'Regen-2026-Wind'

async function xinheng(...args: string[]): Promise<{ code: number; out: string }> {
  const { DATABASE_URL: _, ...env } = process.env
  return new Promise((done) => {
    execFile(process.execPath, ['src/app/cli.ts', ...args, '--policy', policy, '--data', data], { env: { ...env, ...(database?.url ? { DATABASE_URL: database.url } : {}) } }, (error, stdout, stderr) => done({ code: error ? Number(error.code) : 0, out: stdout + stderr }))
  })
}

test('1. the policy folder: a copy, with the pack of the district replaced, holds together', async () => {
  cpSync('policy', policy, { recursive: true })
  renameSync(join(policy, 'haitang'), join(policy, 'tianya'))
  writeFileSync(join(policy, 'tianya', 'plan.yaml'), 'text: tianya-2024\narticles: { organisation: 第七条 }\n')
  writeFileSync(join(policy, 'tianya', 'pack.yaml'), 'name: 三亚市天涯区\nname_en: Tianya District, Sanya\nrank: 4\nparent: sanya\n')
  writeFileSync(join(policy, 'tianya', 'places.yaml'), "district: { code: '460204', zh: 天涯区, en: Tianya District }\nplaces: []\n")
  writeFileSync(join(policy, 'tianya', 'departments.yaml'), `departments:\n  - { key: credit-office, uscc: ${OFFICE}, zh: 天涯区信用办, en: Tianya Credit Office, sector: ~, role: credit-office }\n`)
  const forgotten = await xinheng('policy', 'check')
  assert.deepEqual([forgotten.code, /plan\.yaml: the plan "tianya-2024" is not in texts/.test(forgotten.out), /duties\.yaml: it gives duties to "water"/.test(forgotten.out)], [1, true, true], forgotten.out)
  rmSync(join(policy, 'tianya', 'duties.yaml'))
  writeFileSync(join(policy, 'texts', 'tianya-2024.yaml'), "title: 天涯区方案\ntitle_en: Plan of Tianya\nnumber: ~\nissuer: 三亚市天涯区人民政府\nkind: policy\nin_force: { from: 2024-01-01, until: ~ }\nstatus: in-force\nchecked: unconfirmed\narticles:\n  第七条: { zh: 分工, en: Who does what }\nsource: 测试\n")
  const { code, out } = await xinheng('policy', 'check')
  assert.equal(code, 0, out)
})

test('2. the organisation: the template, filled in, is shown first and then imported, twice without harm', async () => {
  const [template, filled] = [join(home, 'template.xlsx'), join(home, 'organisation.xlsx')]
  assert.equal((await xinheng('organisation', 'export', template, '--empty')).code, 0)
  assert.deepEqual((await openSheet(template, { name: 'template.xlsx', sheet: '部门' })).sheetNames, [...LAYOUTS.map(({ name }) => name), '填写说明'])
  const rows: Record<string, (string | null)[][]> = {
    departments: [['market', '天涯区市场监督管理局', 'Tianya Market Regulation', MARKET, '部门', null, '市场监管', '否']],
    sections: [['market', 'food', '食品科', 'Food']],
    posts: [['market', 'food', '经办人', 'Officer', '否', '部门经办人'], ['market', null, '局长', 'Director', '是', '部门负责人']],
    officers: [['T001', '陈天', 'market', 'food', '经办人', null, '琼B-T001', null, '2030-12-31', null], ['T002', '王涯', 'market', null, '局长', null, null, null, null, null]],
    duties: [['4', null, 'market', '配合', '否', null], ['6', '市场监管', 'market', '牵头', '否', null]],
  }
  writeFileSync(filled, await writeWorkbook(LAYOUTS.map(({ key, name, columns }) => ({ name, columns: columns.map(({ heading }) => ({ heading })), rows: rows[key]! }))))
  const shown = await xinheng('organisation', 'import', filled)
  assert.equal(shown.code, 0, shown.out)
  assert.match(shown.out, /8 new.*\n[\s\S]*nothing is stored yet/)
  assert.match((await xinheng('organisation', 'import', filled, '--apply')).out, /已导入：新增 8，变更 0；2 个角色待安全管理员确认/)
  assert.match((await xinheng('organisation', 'import', filled)).out, /0 new, 0 changed, 8 as they are/, 'again, it changes nothing')
})

test('who forgets to name the folder of the law writes nothing of another district into this one', async () => {
  const { DATABASE_URL: _, XINHENG_POLICY: __, ...env } = process.env
  const run = (settings: NodeJS.ProcessEnv) => new Promise<{ code: number; out: string }>((done) => execFile(process.execPath, ['src/app/cli.ts', 'ledger', 'checkpoint', '--data', data], { env: { ...env, ...(database?.url ? { DATABASE_URL: database.url } : {}), ...settings } }, (error, out, err) => done({ code: error ? Number(error.code) : 0, out: out + err })))
  const forgotten = await run({})
  assert.deepEqual([forgotten.code, /460204[\s\S]*XINHENG_POLICY/.test(forgotten.out)], [1, true], forgotten.out)
  const named = await run({ XINHENG_POLICY: policy })
  assert.deepEqual([named.code, named.out.startsWith('xinheng.cn/460204/ledger\n')], [0, true], named.out)
})

test('3. the people: three administrators, confirmed roles, an account, and the officer imports a penalty', async () => {
  const program = await startProgram({ policy, data, ...(database?.url ? { databaseUrl: database.url } : {}) })
  try {
    const codes = await firstAdministratorCodes(program.xinheng.keeper)
    const [system, security] = [await administrator(program, codes.get('system-administrator')!, 'zhou.tian', '周天'), await administrator(program, codes.get('security-administrator')!, 'wu.ya', '吴涯')]
    const { rows } = await program.call(organisation.listProposals, {}, { as: security })
    assert.deepEqual(rows.map(({ number, role }) => [number, role]), [['T001', 'department-officer'], ['T002', 'department-head']])
    for (const { proposalId } of rows) await program.call(organisation.decideProposal, { proposalId, decision: 'confirmed' }, { as: security })
    const { officerId } = rows[0]!
    const { accountId, code } = await program.call(identity.openAccount, { officerId, userName: 'chen.tian' }, { as: system })
    const cookie = await redeem(program, { code, password: PASSWORD })
    await program.call(identity.verifyAccount, { accountId }, { as: security })
    const me = await program.call(organisation.whoAmI, {}, { as: cookie })
    assert.deepEqual([me.district.zh, me.actor.department, me.actor.roles, me.departments.map(({ key }) => key)], ['天涯区', 'market', ['department-officer'], ['credit-office', 'market']])

    const send = async (kind: 'subject' | 'penalty', bytes: Buffer) => {
      const { file } = await program.call(recogniseFile, { name: `${kind}.csv` }, { upload: bytes, as: cookie })
      const { batchId } = await program.call(importFile, { file, name: `${kind}.csv`, kind, department: MARKET }, { as: cookie })
      await program.xinheng.settled()
      return program.call(getBatch, { batchId }, { as: cookie })
    }
    assert.equal((await send('subject', Buffer.from(`统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,成立日期,法定代表人\n${SHOP},三亚天涯海鲜餐饮有限公司,企业,存续,6210,市场监管,2015-03-01,符海\n`))).accepted, 1)
    const headings = ['行政相对人名称', '行政相对人类别', '统一社会信用代码', '法定代表人', '行政处罚决定书文号', '违法行为类型', '违法事实', '处罚依据', '处罚类别', '处罚内容', '罚款金额（万元）', '处罚决定日期', '处罚有效期', '处罚机关', '处罚机关统一社会信用代码', '数据来源单位', '数据来源单位统一社会信用代码']
    const penalty = ['三亚天涯海鲜餐饮有限公司', '法人及非法人组织', SHOP, '符海', '天涯市监罚〔2026〕第1号', '经营超过保质期的食品', '货架上有超过保质期的食品', '《中华人民共和国食品安全法》第一百二十四条', '罚款', '罚款', '5', '2026-11-10', '2027-12-31', '天涯区市场监督管理局', MARKET, '天涯区市场监督管理局', MARKET]
    const batch = await send('penalty', Buffer.from(`${headings.join(',')}\n${penalty.join(',')}\n`))
    assert.deepEqual([batch.accepted, batch.rejected, batch.department], [1, 0, 'market'])
    const { rows: records } = await program.call(listRecords, {}, { as: cookie })
    assert.deepEqual(records.map(({ department, documentNumber }) => [department, documentNumber]), [['market', '天涯市监罚〔2026〕第1号']])
    assert.equal((await program.call(ledgerState, {}, { as: cookie })).origin, 'xinheng.cn/460204/ledger')
    const { rows: [appointed] } = await program.call(listEntries, { name: 'officer.appointed' }, { as: cookie })
    assert.equal(appointed!.basis, 'tianya-2024 第七条', 'the plan of this district, not of another')
  } finally {
    await program.close()
  }
})

test('the guide names every command that was used', () => {
  const guide = readFileSync('docs/operate/second-district.md', 'utf8')
  for (const said of ['policy check', 'organisation export organisation.xlsx --empty', 'organisation import organisation.xlsx --apply', 'departments.yaml', 'places.yaml', 'pack.yaml', 'plan.yaml', 'duties.yaml', ...LAYOUTS.map(({ name }) => `| ${name} |`)]) assert.ok(guide.includes(said), said)
})

type Program = Awaited<ReturnType<typeof startProgram>>

async function redeem(program: Program, given: object): Promise<string> {
  const answer = await program.server.inject({ method: 'POST', url: '/api/identity/redeem', payload: given })
  assert.equal(answer.statusCode, 200, answer.body)
  return String(answer.headers['set-cookie']).split(';')[0]!
}

/** A first administrator, with the second factor without which nothing else answers. */
async function administrator(program: Program, code: string, userName: string, name: string): Promise<string> {
  const cookie = await redeem(program, { code, userName, name, password: PASSWORD })
  const { secret } = await program.call(identity.beginSecondFactor, { password: PASSWORD }, { as: cookie })
  const bytes = Buffer.from([...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('').match(/.{8}/g)!.map((bits) => parseInt(bits, 2)))
  await program.call(identity.confirmSecondFactor, { code: codeAt(bytes, program.xinheng.world.clock.now()) }, { as: cookie })
  return cookie
}
