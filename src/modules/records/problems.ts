import { basis, type Basis } from '../../kernel/basis.ts'
import { Refusal, type Problem } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { Day } from '../../kernel/day.ts'

const rule1001 = basis('practice', 'dual-publicity-qa-2021')

/** The party's code is not in the register (上级平台“规则1001”). */
export function subjectUnknown(field: string, codes: readonly string[]): Problem {
  const shown = codes.join('、')
  return {
    code: 'record.subject-unknown', severity: 'error', field, basis: rule1001,
    message: text(`登记库中没有代码为“${shown}”的主体（上级平台以“规则1001”退回此类行）`, `The register has no subject with the code "${codes.join('", "')}" (the upper platform returns such rows as rule 1001)`),
    fix: text('先核对代码；代码无误的，先用“信用主体”模板导入该主体，再重新报送本行', 'Check the code; if it is right, import the subject with the subject template first, then send this row again'),
  }
}

/** The row carries no code that identifies anybody: names never join. */
export function partyWithoutCode(field: string): Problem {
  return {
    code: 'record.party-without-code', severity: 'error', field,
    message: text('本行没有可以识别相对人的代码；仅凭名称不能归集', 'The row has no code that identifies the party; a name alone never joins'),
    fix: text('填写统一社会信用代码；确无代码的个体工商户填写工商注册号，自然人填写证件号码', 'Write the credit code; for an individual business without one its registration number; for a natural person the number of the identity document'),
  }
}

/** The codes of one row belong to different subjects. */
export function codesDisagree(field: string, owners: readonly { readonly name: string; readonly uscc: string | null }[]): Problem {
  const zh = owners.map(({ name, uscc }) => `“${name}”${uscc === null ? '' : `（${uscc}）`}`).join('、')
  const en = owners.map(({ name, uscc }) => `"${name}"${uscc === null ? '' : ` (${uscc})`}`).join(', ')
  return {
    code: 'record.codes-disagree', severity: 'error', field, message: text(`本行的代码分属不同主体：${zh}`, `The codes of this row belong to different subjects: ${en}`),
    fix: text('对照营业执照核对各个代码，删去不属于相对人的代码', 'Check each code with the business licence; remove the ones that are not the party\'s'),
  }
}

/** The name is neither the present nor a former one of the subject that the code names. */
export function nameDiffers(field: string, sent: string, registered: { readonly name: string; readonly formerNames: readonly string[]; readonly uscc: string | null }): Problem {
  const former = registered.formerNames.length === 0 ? '' : `，曾用名：${registered.formerNames.join('、')}`
  const formerEn = registered.formerNames.length === 0 ? '' : `, formerly ${registered.formerNames.map((name) => `"${name}"`).join(', ')}`
  return {
    code: 'record.name-differs', severity: 'error', field, basis: rule1001,
    message: text(`名称“${sent}”与代码不符：登记名称为“${registered.name}”${former}（上级平台以“规则1001”退回此类行）`, `The name "${sent}" does not fit the code: registered as "${registered.name}"${formerEn} (the upper platform returns such rows as rule 1001)`),
    fix: text('名称写错的改为登记名称；代码写错的改正代码；主体已更名的，先更新主体登记', 'Correct the name or the code; if the subject was renamed, update the register first'),
  }
}

/** The category of the party contradicts the type in the register. */
export function categoryDiffers(field: string, sent: string, registered: { readonly zh: string; readonly en: string }, name: string): Problem {
  return {
    code: 'record.category-differs', severity: 'error', field,
    message: text(`相对人类别“${sent}”与登记不符：“${name}”登记为${registered.zh}`, `The category "${sent}" does not fit the register: "${name}" is registered as ${registered.en}`),
    fix: text(`将相对人类别改为“${registered.zh}”，或核对代码是否填错`, `Change the category to "${registered.zh}", or check whether the code is wrong`),
  }
}

/** The row was taken for a simple-procedure penalty by its words: no column of the standard says so. */
export function simpleProcedureRead(field: string, words: string, basis: Basis): Problem {
  return {
    code: 'record.simple-procedure-read', severity: 'warning', field, basis,
    message: text(`按“${words}”认定为简易程序处罚：保存但不公示`, `Taken for a simple-procedure penalty by the words "${words}": kept, not published`),
    fix: text('如适用普通程序，请改正该处文字后重新报送', 'If it was an ordinary procedure, correct these words and send the row again'),
  }
}

/** The end of publicity that the department wrote is not the one of the rules; the rules hold. */
export function publicityEndDiffers(field: string, sent: Day, ours: Day): Problem {
  return {
    code: 'record.publicity-end-differs', severity: 'warning', field,
    message: text(`填报的公示截止期 ${sent} 晚于按规则计算的最长公示期，系统自 ${ours} 起自动停止公示`, `The end of publicity that was written, ${sent}, lies beyond the maximum: publication ends by itself from ${ours} on`),
    fix: text('无需处理；如认为规则取值有误，请告知信用主管部门', 'Nothing to do; if you think the rule is wrong, tell the credit office'),
  }
}

/** The record had been withdrawn and came again. */
export function filedAfterWithdrawal(field: string): Problem {
  return {
    code: 'record.filed-after-withdrawal', severity: 'warning', field,
    message: text('该记录曾被撤回，本次报送使其重新生效，撤回前的版本仍保留', 'This record had been withdrawn; it stands again now, and the earlier versions are kept'),
    fix: text('如属误报，请再次撤回', 'If it was sent by mistake, withdraw it again'),
  }
}

/** The subject is known by another code than the credit code of the row. */
export function creditCodeUnregistered(field: string, uscc: string, name: string): Problem {
  return {
    code: 'record.credit-code-unregistered', severity: 'warning', field,
    message: text(`已按其他代码归入“${name}”，但登记库中该主体尚无统一社会信用代码 ${uscc}`, `Joined to "${name}" by another code; the register does not have its credit code ${uscc} yet`),
    fix: text('请更新主体登记，补上统一社会信用代码', 'Update the register with the credit code'),
  }
}

/** There is no such record. */
export function recordMissing(): Refusal {
  return new Refusal({
    code: 'record.not-found', status: 404, message: text('没有这条信用记录', 'There is no such record'),
    fix: text('请从记录列表或主体页重新进入', 'Open it again from the list of records or the page of the subject'),
  })
}

/** The record is withdrawn already. */
export function alreadyWithdrawn(): Refusal {
  return new Refusal({
    code: 'record.already-withdrawn', status: 409, message: text('这条记录已经撤回', 'This record is withdrawn already'),
    fix: text('无需再次办理；如需恢复，请由原部门重新报送', 'Nothing to do; to restore it, the department sends it in again'),
  })
}

/** The day of change or revocation lies in the future, or before the decision. */
export function occasionImpossible(decidedOn: Day, today: Day): Refusal {
  return new Refusal({
    code: 'record.occasion-impossible', field: 'occasionOn', message: text(`变更或撤销之日应在决定日期 ${decidedOn} 与今天 ${today} 之间`, `The day of the change lies between the decision, ${decidedOn}, and today, ${today}`),
    fix: text('请核对变更、撤销或确认无效的日期', 'Check the day on which the decision was changed, revoked or found invalid'),
  })
}

/** The bytes are no PDF, PNG or JPEG. */
export function documentKindRefused(): Refusal {
  return new Refusal({
    code: 'record.document-kind', status: 415, message: text('文书只接受 PDF、PNG 或 JPEG；该文件的内容不是其中任何一种', 'A document is a PDF, PNG or JPEG; the content of this file is none of them'),
    fix: text('请将文书另存为 PDF，或扫描、拍照后上传图片', 'Save the document as PDF, or scan it and upload the image'),
  })
}

/** There is no such document with this record. */
export function documentMissing(): Refusal {
  return new Refusal({
    code: 'record.document-not-found', status: 404, message: text('这条记录没有该文书', 'The record has no such document'),
    fix: text('请在记录页核对文书列表', 'Look at the list of documents on the page of the record'),
  })
}
