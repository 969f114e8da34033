import type { ReactNode } from 'react'
import type { AnswerOf } from '../../../ui/client.ts'
import { DayText } from '../../../ui/DayText.tsx'
import { t, tt } from '../../../ui/language.ts'
import { useDepartmentName, useSectorName } from '../../../ui/surroundings.tsx'
import { Uscc } from '../../../ui/Uscc.tsx'
import type { getSubject } from '../contract.ts'
import { StatusTag } from './StatusTag.tsx'
import { typeTitles } from './words.ts'
import './subjects.css'

type Subject = AnswerOf<typeof getSubject>

/** The head of a subject's page: name, former names, code, status, sector, place; `marks` stand beside the name, `standing` is its grade, shown large at the right. */
export function SubjectHead({ subject, marks, standing }: { readonly subject: Subject; readonly marks: ReactNode; readonly standing: ReactNode }) {
  const sectorName = useSectorName()
  const departmentName = useDepartmentName()
  const former = subject.names.filter(({ name, untilOn }) => untilOn !== null && name !== subject.name)
  const facts: (readonly [string, ReactNode] | null)[] = [
    [t('类型', 'Type'), tt(typeTitles[subject.type]!)],
    subject.sectors.length > 0 ? [t('领域', 'Sector'), subject.sectors.map(sectorName).join(t('、', ', '))] : null,
    subject.placeTitle ? [t('所在地', 'Place'), subject.placeTitle] : null,
    subject.industryTitle ? [t('行业', 'Industry'), subject.industryTitle] : null,
    subject.department ? [t('主管部门', 'Department'), departmentName(subject.department)] : null,
    subject.foundedOn ? [t('成立', 'Founded'), <DayText on={subject.foundedOn} />] : null,
    subject.legalRepresentative ? [t('法定代表人', 'Legal rep.'), subject.legalRepresentative] : null,
  ]
  return (
    <header className="u-head">
      <div className="u-who">
        <div className="x-row"><h1>{subject.name}</h1><StatusTag status={subject.status} />{marks}</div>
        {former.length > 0 && <p className="x-quiet">{t('曾用名：', 'Formerly: ')}{former.map(({ name, untilOn }) => `${name}${untilOn ? t(`（至 ${untilOn}）`, ` (until ${untilOn})`) : ''}`).join(t('、', ', '))}</p>}
        <p className="x-row"><Uscc code={subject.uscc} />{subject.codeNote && <span className="x-tag x-tag-due" title={subject.codeNote}>{t('校验位不符，经核准', 'check digit wrong, admitted')}</span>}</p>
        <dl className="u-facts">{facts.map((fact) => fact && <div key={fact[0]}><dt>{fact[0]}</dt><dd>{fact[1]}</dd></div>)}</dl>
      </div>
      <div className="u-standing">{standing}</div>
    </header>
  )
}
