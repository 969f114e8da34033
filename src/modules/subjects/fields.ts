import type { PolicyBook } from '../../engines/policy/index.ts'
import type { Problem } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { SubjectFields as SentFields } from '../submissions/index.ts'
import type { Identifier, SubjectFields, SubjectStatus, SubjectType } from './subjects.ts'
import { titlesOf } from './titles.ts'

/** What a row of the import says of a subject, in the register's own terms: places and departments by their codes and keys where they are known. */
export function fieldsOfRow(policy: PolicyBook, sent: SentFields): { readonly fields: SubjectFields; readonly warnings: readonly Problem[] } {
  const titles = titlesOf(policy)
  const place = sent.place === null ? null : titles.placeNamed(sent.place)
  const codes: Identifier[] = []
  if (sent.uscc !== null) codes.push({ kind: 'uscc', value: sent.uscc })
  if (sent.registrationNumber !== null) codes.push({ kind: 'registration-number', value: sent.registrationNumber })
  return {
    fields: {
      name: sent.name, type: sent.type as SubjectType, codes, status: sent.status as SubjectStatus, industry: sent.industry, sectors: sent.sectors, place: place ?? sent.place,
      department: sent.department === null ? null : titles.departmentNamed(sent.department) ?? sent.department, foundedOn: sent.foundedOn, legalRepresentative: sent.legalRepresentative,
      formerNames: sent.formerNames, nameChangedOn: sent.nameChangedOn,
    },
    warnings: sent.place !== null && place === null ? [placeUnknown(sent.place)] : [],
  }
}

function placeUnknown(name: string): Problem {
  return { code: 'subject.place-unknown', severity: 'warning', field: 'ZT_JC', message: text(`“${name}”不是本区的居（村）委会，按原文记录`, `"${name}" is no residents' or villagers' committee of the district; it is kept as written`),
    fix: text('填写居（村）委会的全称，如“林旺居委会”；区外主体可以留空', 'Write the full name of the committee; leave it empty for subjects outside the district') }
}
