// @clause X.4
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { systemActor } from '../../src/engines/procedure/index.ts'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import { setDepartment } from '../../src/modules/organisation/index.ts'
import { getPartner, listPublicSubjects } from '../../src/modules/partners/contract.ts'
import { listRecords } from '../../src/modules/records/contract.ts'
import { getSubject, listSubjects } from '../../src/modules/subjects/contract.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const program = await startProgram()
after(() => program.close())
let hotels = ''
let agency = ''
const register = [
  '统一社会信用代码,名称,主体类型,状态,行业代码,所属行业领域,成立日期,法定代表人',
  `${usccFrom('91460202', 'XHPP0001')},海棠湾酒店有限公司,企业,存续,6110,旅游和文化,2015-03-01,符海`, `${usccFrom('91460202', 'XHPP0002')},海棠水务有限公司,企业,存续,4610,水务,2015-03-01,王芳`,
  `${usccFrom('92460202', 'XHPP0003')},三亚海棠区麦冬花民宿,个体工商户,存续,6110,旅游和文化,2015-03-01,麦冬花`,
]

before(async () => {
  await program.import('subject', Buffer.from(`${register.join('\n')}\n`), 'credit-office')
  const set = (key: string, more: object) => setDepartment.perform(program.xinheng.keeper, systemActor('test'), { key, zh: `测试${key}`, en: key, ...more } as never)
  await set('hotels', { uscc: usccFrom('51460202', 'XHAA0001'), kind: 'association', sector: 'tourism' })
  await set('scores', { uscc: usccFrom('91460202', 'XHAG0001'), kind: 'credit-agency' })
  hotels = (await program.officer(['association-clerk'], 'hotels')).cookie
  agency = (await program.officer(['agency-clerk'], 'scores')).cookie
})

test('an association sees what is public of the organisations of its sector, and nothing of others', async () => {
  assert.equal((await program.call(listSubjects, {})).total, 3)
  const partner = await program.call(getPartner, {}, { as: hotels })
  assert.deepEqual([partner.kind, partner.sector?.zh, partner.mayRead], ['association', '旅游和文化', true])
  const { rows, total } = await program.call(listPublicSubjects, {}, { as: hotels })
  assert.deepEqual([total, rows.map(({ name, legalRepresentative }) => [name, legalRepresentative])], [1, [['海棠湾酒店有限公司', '符海']]])
  for (const find of ['水务', '麦冬花', usccFrom('92460202', 'XHPP0003')]) assert.deepEqual((await program.call(listPublicSubjects, { find }, { as: hotels })).rows, [], `${find} is not found by searching either`)
})

test('without a sector there is nothing to show, and nothing internal is answered to either', async () => {
  await assert.rejects(program.call(listPublicSubjects, {}, { as: agency }), (error: unknown) => error instanceof HttpRefusal && error.problem.code === 'act.out-of-reach')
  assert.equal((await program.call(getPartner, {}, { as: agency })).sector, null)
  const { subjectId } = (await program.call(listSubjects, {})).rows[0]!
  const refused = (error: unknown) => error instanceof HttpRefusal && error.problem.code === 'act.not-allowed'
  for (const as of [hotels, agency]) {
    await assert.rejects(program.call(listSubjects, {}, { as }), refused)
    await assert.rejects(program.call(getSubject, { subjectId }, { as }), refused)
    await assert.rejects(program.call(listRecords, {}, { as }), refused)
  }
})
