// @clause 12.1
import type { AnswerOf } from '../../../ui/client.ts'
import { Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { useDepartmentName, useSectorName, useSurroundings, useWhyNot } from '../../../ui/surroundings.tsx'
import { getOrganisation, setDuty } from '../contract.ts'
import { ActDialog, given, type Values } from './ActDialog.tsx'
import { partWords } from './words.ts'

type Organisation = AnswerOf<typeof getOrganisation>
type Duty = Organisation['duties'][number]
const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四']

/** 职责分工: which department leads or supports which clause, in which sector; what the plan does not say is marked. */
export function Duties({ of }: { readonly of: Organisation }) {
  const whyNot = useWhyNot('organisation.edit')
  const departmentName = useDepartmentName()
  const sectorName = useSectorName()
  const clauses = NUMERALS.map((_, at) => String(at + 1)).filter((clause) => of.duties.some((duty) => duty.clause === clause))
  return (
    <Section flush title={t('职责分工', 'Duties')} note={t('方案很少写明部门：没有写明的标为“未核实”，待区里的分工文件', 'The plan hardly names departments: what it does not say is unconfirmed until the district decides')} after={<DutyDialog of={of} whyNot={whyNot} />}>
      <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t('职责分工', 'Duties')}><table className="x-table">
        <thead><tr><th>{t('条款', 'Clause')}</th><th>{t('领域', 'Sector')}</th><th>{t('部门', 'Department')}</th><th>{t('分工', 'Part')}</th><th>{t('核实', 'Confirmed')}</th><th>{t('说明', 'Note')}</th><th><span className="x-hidden">{t('操作', 'Actions')}</span></th></tr></thead>
        <tbody>{clauses.flatMap((clause) => of.duties.filter((duty) => duty.clause === clause).map((duty, at) => (
          <tr key={`${clause}/${duty.sector}/${duty.department}`}>
            <td>{at === 0 ? t(`（${NUMERALS[Number(clause) - 1]}）`, `(${clause})`) : ''}</td><td>{duty.sector === null ? t('全部', 'all') : sectorName(duty.sector)}</td><td style={{ whiteSpace: 'normal' }}>{departmentName(duty.department)}</td><td>{tt(partWords[duty.part]!)}</td>
            <td>{duty.status === 'confirmed' ? <span className="x-tag x-tag-good">{t('已核实', 'confirmed')}</span> : <span className="x-tag x-tag-due">{t('未核实', 'unconfirmed')}</span>}</td><td className="x-small x-quiet" lang="zh-CN" style={{ whiteSpace: 'normal', minWidth: 160 }}>{duty.note ?? '—'}</td><td><DutyDialog of={of} duty={duty} whyNot={whyNot} /></td>
          </tr>)))}</tbody>
      </table></div>
    </Section>
  )
}

function DutyDialog({ of, duty, whyNot }: { readonly of: Organisation; readonly duty?: Duty; readonly whyNot: string | null }) {
  const { sectors } = useSurroundings()
  const initial: Values = duty ? { clause: duty.clause, sector: duty.sector ?? '', department: duty.department, part: duty.part, confirmed: duty.status === 'confirmed', note: duty.note ?? '' } : { part: 'support' }
  const fixed = duty ? [] : [
    { name: 'clause', label: t('条款', 'Clause'), kind: 'choice' as const, required: true, options: NUMERALS.map((numeral, at) => ({ value: String(at + 1), label: t(`（${numeral}）`, `(${at + 1})`) })) },
    { name: 'department', label: t('部门', 'Department'), kind: 'choice' as const, required: true, options: of.departments.filter(({ closedOn }) => closedOn === null).map((one) => ({ value: one.key, label: tt(one) })) },
    { name: 'sector', label: t('行业领域', 'Sector'), kind: 'choice' as const, options: sectors.map((one) => ({ value: one.key, label: tt(one) })), hint: t('不选为全部领域', 'None: all sectors') },
  ]
  return (
    <ActDialog endpoint={setDuty} button={duty ? t('修改', 'Change') : t('设职责', 'Set a duty')} title={t('设置职责', 'Set a duty')} stale={[getOrganisation]} whyNot={whyNot} initial={initial}
      fields={[...fixed, { name: 'part', label: t('分工', 'Part'), kind: 'choice', required: true, options: Object.entries(partWords).map(([value, word]) => ({ value, label: tt(word) })) }, { name: 'confirmed', label: t('有文件依据，已核实', 'Confirmed by a document'), kind: 'flag' }, { name: 'note', label: t('依据或说明', 'Document or note'), kind: 'area' }]}
      toInput={(values) => ({ clause: String(values.clause), department: String(values.department), sector: values.sector ? String(values.sector) : null, part: values.part as Duty['part'], status: values.confirmed === true ? ('confirmed' as const) : ('unconfirmed' as const), ...given(values, 'note') })} />
  )
}
