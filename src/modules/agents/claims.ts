// @clause X.4
import type { Day } from '../../kernel/day.ts'
import type { PolicyBook } from '../../engines/policy/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { Capacity, Mandate } from '../identity/index.ts'
import { endsSoon, stands } from '../identity/index.ts'
import { normaliseName } from '../subjects/index.ts'
import type { Claim } from './queries/claims.ts'

/** How much may be uploaded and claimed: files with one claim, megabytes of one file, files and claims of a person in a day. */
export type ClaimRules = { readonly most_files: number; readonly most_megabytes: number; readonly files_a_day: number; readonly claims_a_day: number }

/** Whether the name given is the registered legal representative's. Null when it says nothing: none is registered, or another capacity is claimed. A name alone never confirms. */
export function nameFits(capacity: Capacity, name: string, registered: string | null): boolean | null {
  if (capacity !== 'legal-representative' || registered === null || registered.trim() === '') return null
  return normaliseName(name) === normaliseName(registered)
}

/** Refuses `claim.subject-gone`, `claim.waiting-already`, `claim.granted-already`: what makes a claim pointless. `own` are the claims and mandates of whoever claims, for that subject. */
export function mayClaim(subject: { readonly name: string; readonly status: string }, own: { readonly claims: readonly Pick<Claim, 'outcome'>[]; readonly mandates: readonly Mandate[] }, capacity: Capacity, policy: PolicyBook, today: Day): void {
  if (subject.status === 'deregistered') throw subjectGone(subject.name)
  if (own.claims.some(({ outcome }) => outcome === null)) throw waitingAlready()
  if (own.mandates.some((one) => one.capacity === capacity && stands(one, today) && !endsSoon(one, policy, today))) throw grantedAlready()
}

/** Refuses `claim.other-representative` when another person stands as the legal representative and is not ended with it. */
export function mayConfirm(claim: Pick<Claim, 'capacity' | 'accountId'>, standing: readonly Mandate[], endOthers: boolean): readonly Mandate[] {
  const others = claim.capacity === 'legal-representative' ? standing.filter((one) => one.capacity === 'legal-representative' && one.accountId !== claim.accountId) : []
  if (others.length > 0 && !endOthers) throw otherRepresentative(others[0]!.name)
  return others
}

const subjectGone = (name: string) => new Refusal({ code: 'claim.subject-gone', status: 409, field: 'uscc', message: text(`“${name}”已注销，不能认领`, `"${name}" is deregistered and cannot be claimed`), fix: text('清算组或承继人请到信用主管部门窗口办理', 'Liquidators and successors go to the window of the credit office') })
const waitingAlready = () => new Refusal({ code: 'claim.waiting-already', status: 409, field: 'uscc', message: text('您对该主体的认领正在等待核对', 'Your claim of this subject is waiting already'), fix: text('请等待答复，或先撤回再重新提交', 'Wait for the answer, or withdraw it and file again') })
const grantedAlready = () => new Refusal({ code: 'claim.granted-already', status: 409, field: 'uscc', message: text('您已可代该主体办理', 'You may act for this subject already'), fix: text('无需再次认领；需要续期的，请在临近到期时重新认领', 'Nothing to do; to go on, claim again when its end is near') })
const otherRepresentative = (name: string) => new Refusal({ code: 'claim.other-representative', status: 409, field: 'endOthers', message: text(`已有另一位法定代表人“${name}”的授权`, `Another legal representative, "${name}", stands`), fix: text('确认已变更的，请勾选“同时终止原法定代表人的授权”', 'If it has changed, tick that the earlier mandate ends with this') })
/** No subject of the register has this code. */
export const subjectUnknown = (): Refusal => new Refusal({ code: 'claim.subject-unknown', status: 404, field: 'uscc', message: text('登记库中没有这个统一社会信用代码', 'The register holds no subject with this code'), fix: text('请对照营业执照逐位核对 18 位代码', 'Compare the 18 characters with the business licence') })
/** No file came with the claim, or not the claimant's own. */
export const evidenceMissing = (): Refusal => new Refusal({ code: 'claim.evidence-missing', field: 'uploadIds', message: text('没有上传证明材料', 'There is no evidence'), fix: text('请上传营业执照照片；经办人还需上传盖章的授权书', 'Upload a photo of the business licence; an agent also the sealed authorisation') })
/** Too many files. */
export const tooManyFiles = (most: number): Refusal => new Refusal({ code: 'claim.too-many-files', field: 'uploadIds', message: text(`一次最多 ${most} 个文件`, `At most ${most} files at a time`), fix: text('请合并或减少文件', 'Join the files, or choose fewer') })
/** Too many uploads or claims in a day. */
export const tooOften = (): Refusal => new Refusal({ code: 'claim.too-often', status: 429, message: text('今天提交过多', 'Too much was filed today'), fix: text('请明天再试，或到政务服务窗口办理', 'Try again tomorrow, or go to the service window') })
/** No such claim, or not one's own. */
export const claimMissing = (): Refusal => new Refusal({ code: 'claim.missing', status: 404, message: text('没有这项认领', 'There is no such claim'), fix: text('请返回列表刷新', 'Go back to the list and reload') })
/** It was answered or withdrawn. */
export const answeredAlready = (): Refusal => new Refusal({ code: 'claim.answered-already', status: 409, message: text('这项认领已经答复或撤回', 'This claim was answered or withdrawn already'), fix: text('请刷新页面查看结果', 'Reload the page to see what came of it') })
/** A refusal needs its reason. */
export const reasonMissing = (): Refusal => new Refusal({ code: 'claim.reason-missing', field: 'reason', message: text('不予核准须说明理由', 'A refusal needs its reason'), fix: text('请写明缺什么、如何补正', 'Say what is missing and how to mend it') })
/** User name and name do not belong to a registered person. */
export const personUnknown = (): Refusal => new Refusal({ code: 'agent.person-unknown', status: 404, field: 'userName', message: text('没有用户名与姓名都相符的注册个人', 'No registered person has this user name and this name'), fix: text('请对方先在企业空间注册，并告知用户名和注册姓名', 'Let the person register in the space first, and tell you the user name and name') })
/** Not one of the businesses that the caller acts for: told as if there were none. */
export const notYours = (): Refusal => new Refusal({ code: 'my.subject-missing', status: 404, message: text('您没有代办这个主体的授权', 'You do not act for this subject'), fix: text('请先认领，或请法定代表人授权', 'Claim it first, or ask its legal representative') })
