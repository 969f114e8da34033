import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'

/** There is no such subject, or none that the caller may know of. */
export function subjectMissing(): Refusal {
  return new Refusal({
    code: 'subject.missing', status: 404, message: text('登记库中没有这个主体', 'The register holds no such subject'),
    fix: text('请核对代码；主体尚未登记的，先导入主体信息', 'Check the code; if the subject is not registered yet, import it first'),
  })
}
