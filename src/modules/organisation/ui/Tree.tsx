// @clause 12.1
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { Section } from '../../../ui/Layout.tsx'
import { t, tt } from '../../../ui/language.ts'
import { useSectorName, useSurroundings, useWhyNot } from '../../../ui/surroundings.tsx'
import { Uscc } from '../../../ui/Uscc.tsx'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { closeDepartment, getOrganisation, listOfficers, setDepartment, setPost, setSection, whoAmI } from '../contract.ts'
import { ActDialog, given, type Values } from './ActDialog.tsx'
import { kindWords } from './words.ts'

type Organisation = AnswerOf<typeof getOrganisation>
type Department = Organisation['departments'][number]
const STALE = [getOrganisation, listOfficers, whoAmI]

/** The tree: departments below those above them, each with sections, posts and how many people; what is no more stands at the end. */
export function Tree({ of }: { readonly of: Organisation }) {
  const officers = useEndpoint(listOfficers, { limit: 500 })
  const whyNot = useWhyNot('organisation.edit')
  const { today } = useSurroundings()
  const isClosed = ({ closedOn }: Department) => closedOn !== null && closedOn <= today
  const open = of.departments.filter((one) => !isClosed(one))
  const ordered = below(open, null).concat(open.filter(({ parent }) => parent !== null && !open.some(({ key }) => key === parent)))
  const count = (department: string, section?: string) => officers.data?.rows.filter((one) => one.leftOn === null && one.department === department && (section === undefined || one.section === section)).length ?? 0
  return (
    <div className="x-stack">
      <div className="x-row"><DepartmentDialog of={of} whyNot={whyNot} /><span className="x-small x-quiet">{t('改名、改码都另存一版，原来的保留；记录始终保留当时的部门。', 'Another name or code is another version; earlier ones stay, and records keep the department of their time.')}</span></div>
      {ordered.map((one) => <DepartmentSection key={one.key} one={one} of={of} count={count} whyNot={whyNot} />)}
      {of.departments.some(isClosed) && (
        <Section title={t('已撤销、合并', 'Closed and merged')}>
          <ul>{of.departments.filter(isClosed).map((one) => <li key={one.key}>{tt(one)}：<DayText on={one.closedOn} />{one.mergedInto && <> → {tt(of.departments.find(({ key }) => key === one.mergedInto) ?? { zh: one.mergedInto, en: one.mergedInto })}</>}</li>)}</ul>
        </Section>
      )}
    </div>
  )
}

/** Departments below one, each followed by those below it. */
function below(all: readonly Department[], parent: string | null, seen: ReadonlySet<string> = new Set()): Department[] {
  return all.filter((one) => one.parent === parent && !seen.has(one.key)).toSorted((one, other) => Number(other.kind === 'government') - Number(one.kind === 'government')).flatMap((one) => [one, ...below(all, one.key, new Set([...seen, one.key]))])
}

function DepartmentSection({ one, of, count, whyNot }: { readonly one: Department; readonly of: Organisation; count(department: string, section?: string): number; readonly whyNot: string | null }) {
  const sectorName = useSectorName()
  const sections = of.sections.filter((section) => section.department === one.key && section.closedOn === null)
  const posts = of.posts.filter((post) => post.department === one.key && post.closedOn === null)
  const roleName = (key: string) => tt(of.roles.find((role) => role.key === key) ?? { zh: key, en: key })
  const parent = of.departments.find(({ key }) => key === one.parent)
  return (
    <Section title={<>{tt(one)} <span className="x-tag">{tt(kindWords[one.kind]!)}</span></>} note={<span className="x-row"><Uscc code={one.uscc} />{one.sector && <span>{sectorName(one.sector)}</span>}{parent && <span>{t('上级：', 'below ')}{tt(parent)}</span>}</span>}
      after={<span className="x-row"><Link to="/organisation" search={{ tab: 'people', department: one.key }}>{t(`${count(one.key)} 人`, `${count(one.key)} people`)}</Link><DepartmentDialog of={of} one={one} whyNot={whyNot} /><CloseDialog of={of} one={one} whyNot={whyNot} /></span>}>
      <div className="x-stack">
        {sections.length + posts.length === 0 && <span className="x-quiet">{t('没有设科室和岗位', 'No sections or posts')}</span>}
        {sections.length > 0 && <div className="x-row">{sections.map((section) => <span key={section.key} className="x-tag" title={section.key}>{tt(section)} · {count(one.key, section.key)}</span>)}</div>}
        {posts.length > 0 && (
          <div className="x-table-wrap" tabIndex={0} role="region" aria-label={t(`${one.zh}的岗位`, `Posts of ${one.en}`)}><table className="x-table">
            <thead><tr><th>{t('岗位', 'Post')}</th><th>{t('科室', 'Section')}</th><th>{t('负责人', 'Leads')}</th><th>{t('需要的角色', 'Roles asked for')}</th><th><span className="x-hidden">{t('操作', 'Actions')}</span></th></tr></thead>
            <tbody>{posts.map((post) => (
              <tr key={`${post.section}/${post.zh}`}><td>{tt(post)}</td><td>{post.section === null ? t('全部门', 'whole department') : tt(sections.find(({ key }) => key === post.section) ?? { zh: post.section, en: post.section })}</td><td>{post.leads ? t('是', 'yes') : '—'}</td><td>{post.roles.map(roleName).join(t('、', ', ')) || '—'}</td>
                <td><PostDialog of={of} department={one.key} post={post} whyNot={whyNot} /></td></tr>))}</tbody>
          </table></div>
        )}
        <div className="x-row">
          <ActDialog endpoint={setSection} button={t('设科室', 'Set a section')} title={t(`${one.zh}：设科室`, `A section of ${one.en}`)} stale={STALE} whyNot={whyNot}
            fields={[{ name: 'key', label: t('代号', 'Key'), required: true, hint: t('小写字母、数字、连字符；已有的代号即改名', 'Small letters, digits, hyphens; an existing key renames') }, { name: 'zh', label: t('名称', 'Name in Chinese'), required: true }, { name: 'en', label: t('英文名称', 'Name in English'), required: true }, { name: 'closed', label: t('撤销该科室', 'Close it'), kind: 'flag' }]}
            toInput={(values) => ({ department: one.key, key: String(values.key).trim(), zh: String(values.zh), en: String(values.en), ...(values.closed ? { closed: true } : {}) })} />
          <PostDialog of={of} department={one.key} whyNot={whyNot} />
        </div>
      </div>
    </Section>
  )
}

function PostDialog({ of, department, post, whyNot }: { readonly of: Organisation; readonly department: string; readonly post?: Organisation['posts'][number]; readonly whyNot: string | null }) {
  const sections = of.sections.filter((one) => one.department === department && one.closedOn === null).map(({ key, zh, en }) => ({ value: key, label: t(zh, en) }))
  const roles = of.roles.filter(({ kind }) => kind !== 'base').map((role) => ({ value: role.key, label: tt(role) }))
  return (
    <ActDialog endpoint={setPost} button={post ? t('修改', 'Change') : t('设岗位', 'Set a post')} title={t('设置岗位', 'Set a post')} stale={STALE} whyNot={whyNot} explain={t('岗位需要的角色会提请安全管理员确认，不会直接授予。', 'Roles that a post asks for wait for the security administrator; nothing is granted here.')}
      fields={[{ name: 'zh', label: t('岗位', 'Post in Chinese'), required: true }, { name: 'en', label: t('英文名称', 'Name in English'), required: true }, { name: 'section', label: t('科室', 'Section'), kind: 'choice', options: sections, hint: t('不选为全部门', 'None: the whole department') },
        { name: 'leads', label: t('负责人岗位', 'Leads the section or department'), kind: 'flag' }, { name: 'roles', label: t('需要的角色', 'Roles asked for'), kind: 'choices', options: roles }, { name: 'closed', label: t('撤销该岗位', 'Close it'), kind: 'flag' }]}
      initial={post ? { zh: post.zh, en: post.en, section: post.section ?? '', leads: post.leads, roles: post.roles } : {}}
      toInput={(values) => ({ department, zh: String(values.zh), en: String(values.en), section: values.section ? String(values.section) : null, leads: values.leads === true, roles: [...((values.roles ?? []) as readonly string[])], ...(values.closed ? { closed: true } : {}) })} />
  )
}

function DepartmentDialog({ of, one, whyNot }: { readonly of: Organisation; readonly one?: Department; readonly whyNot: string | null }) {
  const { sectors } = useSurroundings()
  const initial: Values = one ? { key: one.key, zh: one.zh, en: one.en, uscc: one.uscc, kind: one.kind, parent: one.parent ?? '', sector: one.sector ?? '' } : { kind: 'department' }
  return (
    <ActDialog endpoint={setDepartment} button={one ? t('修改', 'Change') : t('设部门', 'Set a department')} title={one ? tt(one) : t('新的部门、协会或服务机构', 'A new department, association or agency')} stale={STALE} whyNot={whyNot} initial={initial} small={one !== undefined}
      fields={[...(one ? [] : [{ name: 'key', label: t('代号', 'Key'), required: true, hint: t('小写字母、数字、连字符，不再改变', 'Small letters, digits, hyphens; it never changes') }]), { name: 'zh', label: t('名称', 'Name in Chinese'), required: true }, { name: 'en', label: t('英文名称', 'Name in English'), required: true }, { name: 'uscc', label: t('统一社会信用代码', 'Credit code'), required: true },
        { name: 'kind', label: t('类别', 'Kind'), kind: 'choice', required: true, options: Object.entries(kindWords).map(([value, word]) => ({ value, label: tt(word) })) }, { name: 'parent', label: t('上级', 'Above it'), kind: 'choice', options: of.departments.filter(({ key, closedOn }) => key !== one?.key && closedOn === null).map((other) => ({ value: other.key, label: tt(other) })) },
        { name: 'sector', label: t('主管行业领域', 'Sector'), kind: 'choice', options: sectors.map((sector) => ({ value: sector.key, label: tt(sector) })) }, { name: 'reason', label: t('依据或说明', 'Reason') }]}
      toInput={(values) => ({ key: String(values.key).trim(), zh: String(values.zh), en: String(values.en), uscc: String(values.uscc), kind: values.kind as Department['kind'], parent: values.parent ? String(values.parent) : null, sector: values.sector ? String(values.sector) : null, ...given(values, 'reason') })} />
  )
}

function CloseDialog({ of, one, whyNot }: { readonly of: Organisation; readonly one: Department; readonly whyNot: string | null }) {
  return (
    <ActDialog endpoint={closeDepartment} danger button={t('撤并', 'Close')} title={t(`提请撤销或合并${one.zh}`, `Propose to close or merge ${one.en}`)} stale={STALE} whyNot={whyNot}
      explain={t('提请后由安全管理员确认，确认前一切照旧。并入后，人员随之调动，原角色终止并重新提请确认；承接的部门可以办理原部门报送的记录，记录仍保留原部门。', 'The security administrator confirms it; until then nothing changes. Its people then move; their roles end and are proposed anew. The successor may handle what it filed; records keep its key.')}
      fields={[{ name: 'into', label: t('并入', 'Merge into'), kind: 'choice', options: of.departments.filter(({ key, closedOn }) => key !== one.key && closedOn === null).map((other) => ({ value: other.key, label: tt(other) })), hint: t('没有在职人员时可以不填', 'Not needed where nobody works') }, { name: 'reason', label: t('依据', 'Reason'), required: true }]}
      toInput={(values) => ({ key: one.key, ...given(values, 'into'), reason: String(values.reason) })} />
  )
}
