// @clause X.4
import { reachOf, type Asked } from '../../engines/procedure/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { districtOf, listDepartments, sectorsOf } from '../organisation/index.ts'
import { partyClassOf, viewOf } from '../privacy/index.ts'
import { listSubjects, titlesOf } from '../subjects/index.ts'
import * as contract from './contract.ts'

const READ = 'partners.read'

/** What people of associations and credit agencies see. */
export const partnerRoutes: readonly Route<Asked>[] = [
  route(contract.getPartner, async ({ world, actor }: Asked) => {
    const own = (await listDepartments(world.db)).find(({ key }) => key === actor.department)
    if (!own) throw noOrganisation()
    const sector = sectorsOf(world.policy).find(({ key }) => key === own.sector)
    const { zh, en } = districtOf(world.policy)
    return {
      name: actor.name, district: { zh, en }, organisation: { zh: own.zh, en: own.en }, kind: own.kind === 'association' ? 'association' as const : 'credit-agency' as const,
      sector: sector ? { zh: sector.zh, en: sector.en } : null, mayRead: actor.may(READ),
    }
  }),
  route(contract.listPublicSubjects, async ({ world, actor }: Asked, { find, ...window }) => {
    const { rows, total } = await listSubjects(world.db, { ...(find ? { find } : {}), organisations: true, within: reachOf(actor, READ) }, window)
    const titles = titlesOf(world.policy)
    return {
      total, rows: rows.map((row) => {
        const seen = viewOf(world.policy, 'subject', 'public', partyClassOf(row.type))
        const shown = (field: string, value: string | null) => (value === null ? null : seen(field, value))
        return {
          subjectId: row.subjectId, name: seen('ZT_MC', row.name) ?? '', uscc: shown('ZT_TYSHXYDM', row.uscc), status: seen('ZT_ZT', row.status) ?? '', industry: shown('ZT_HYDM', titles.industry(row.industry)),
          place: shown('ZT_JC', titles.place(row.place)), foundedOn: shown('ZT_CLRQ', row.foundedOn), legalRepresentative: shown('ZT_FDDBR', row.legalRepresentative),
        }
      }),
    }
  }),
]

function noOrganisation(): Refusal {
  return new Refusal({ code: 'partners.no-organisation', status: 403, message: text('您不属于任何协会或服务机构', 'You belong to no association or agency'), fix: text('请用协会或服务机构工作人员的账号登录', 'Sign in as one of its people') })
}
