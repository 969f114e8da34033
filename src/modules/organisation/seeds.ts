// @clause 12.1
import type { PolicyBook } from '../../engines/policy/index.ts'
import { isUscc } from '../../kernel/codes/index.ts'
import type { Problem } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { departmentsOf, districtOf, dutiesOf, sectorsOf } from './organisation.ts'

/**
 * Mistakes in what a district begins with (机构初始数据): `places.yaml`, `departments.yaml`, `duties.yaml`. To be mended before the first start: what is adopted then stands in the ledger for good.
 * Departments that come with the workbook are not known here, so that a duty of one of them is to come with the workbook too.
 */
export function seedProblems(book: PolicyBook): Problem[] {
  const problems: Problem[] = []
  const add = (code: string, file: string, zh: string, en: string, fixZh: string, fixEn: string) => problems.push({ code, field: file, message: text(`${file}:${zh}`, `${file}: ${en}`), fix: text(fixZh, fixEn), severity: 'error' })
  const { code } = districtOf(book)
  if (!/^\d{6}$/.test(code)) add('seeds.district', 'places.yaml', `行政区划代码“${code}”不是六位数字`, `the division code "${code}" is not six digits`, '填写 GB/T 2260 代码，加引号。', 'Write the code of GB/T 2260, in quotes.')
  const departments = departmentsOf(book)
  const sectors = new Set(sectorsOf(book).map(({ key }) => key))
  const seen = new Set<string>()
  for (const { key, uscc, sector } of departments) {
    if (!/^[a-z][a-z0-9-]{1,39}$/.test(key)) add('seeds.key', 'departments.yaml', `“${key}”不能作为部门代号`, `"${key}" is no key`, '用小写字母、数字和连字符，以字母开头。', 'Use small letters, digits and hyphens, a letter first.')
    if (!isUscc(uscc)) add('seeds.uscc', 'departments.yaml', `${key} 的统一社会信用代码“${uscc}”不正确`, `the credit code "${uscc}" of ${key} is wrong`, '用 xinheng check 核对。', 'Look at it with xinheng check.')
    for (const one of [key, uscc]) if (seen.size === seen.add(one).size) add('seeds.twice', 'departments.yaml', `“${one}”出现两次`, `"${one}" stands twice`, '每个部门一行。', 'One line a department.')
    if (sector !== null && !sectors.has(sector)) add('seeds.sector', 'departments.yaml', `${key} 的领域“${sector}”不存在`, `${key} has the sector "${sector}", which is none`, '领域见 sectors.yaml；没有的写 ~。', 'sectors.yaml lists them; write ~ for none.')
  }
  if (!departments.some(({ role }) => role === 'credit-office')) add('seeds.no-office', 'departments.yaml', '没有信用办（role: credit-office）', 'no credit office (role: credit-office)', '补充一个。', 'Add one.')
  const unknown = new Set(dutiesOf(book).map(({ department }) => department).filter((key) => !departments.some((one) => one.key === key)))
  for (const key of unknown) add('seeds.duty', 'duties.yaml', `职责中的部门“${key}”不在 departments.yaml 中`, `it gives duties to "${key}", which departments.yaml does not have`, '补充该部门；部门随工作簿导入的，删去 duties.yaml，职责也写入工作簿。', 'Add the department; where departments come with the workbook, remove duties.yaml and put duties there too.')
  return problems
}
