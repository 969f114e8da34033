import { ZodError } from 'zod'
import { Refusal, type RefusalParts } from '../../kernel/refusal.ts'
import { text, type Text } from '../../kernel/text.ts'

/** A refusal on the wire: problem+json (RFC 9457) with our code, cause, fix and basis. */
export type ProblemDocument = Omit<RefusalParts, 'status'> & {
  readonly type: string
  readonly title: string
  readonly status: number
  /** All fields that are wrong, when there are several. */
  readonly fields?: readonly { readonly field: string; readonly message: string; readonly says?: Text; readonly fix?: Text }[]
}

/** The problem document of a refusal or of an input that does not fit its schema; null for a fault. */
export function problemOf(error: unknown): ProblemDocument | null {
  if (error instanceof Refusal) {
    const { status = 422, problems, ...parts } = error.parts
    const fields = problems?.map(({ field = '', message, fix }) => ({ field, message: message.en, says: message, fix }))
    return { type: `urn:xinheng:problem:${error.code}`, title: parts.message.en, status, ...parts, ...(fields && { fields }) }
  }
  if (error instanceof ZodError) {
    const fields = error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
    return {
      type: 'urn:xinheng:problem:input.invalid', title: 'The input does not fit', status: 400, code: 'input.invalid', field: fields[0]?.field, fields,
      message: text(`输入不符合要求：${fields.map(({ field }) => field).join('、')}`, `The input does not fit: ${fields.map(({ field, message }) => `${field} (${message})`).join('; ')}`),
      fix: text('请按接口说明改正后重试', 'Correct the fields as the API description says'),
    }
  }
  return null
}

/** The problem document of a fault: it tells where to look, never what failed inside. */
export function faultOf(reference: string): ProblemDocument {
  return {
    type: 'urn:xinheng:problem:fault', title: 'Something failed on the server', status: 500, code: 'fault',
    message: text('系统内部出错，您的数据没有丢失', 'The server failed; nothing of yours was lost'),
    fix: text(`请稍后重试；如仍不行，请把编号 ${reference} 告诉系统管理员`, `Try again later; if it stays, give the reference ${reference} to the administrator`),
  }
}
