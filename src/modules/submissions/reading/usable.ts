import { Refusal } from '../../../kernel/refusal.ts'
import { text } from '../../../kernel/text.ts'
import type { Recognition, Standard } from '../intake/index.ts'

/** Refuses a sheet without headings, or without a mandatory column. */
export function mustBeUsable({ kind, problems, missing }: Recognition, standard: Standard): void {
  if (kind === null) {
    const { severity: _, ...problem } = problems[0]!
    throw new Refusal(problem)
  }
  const lacking = missing.filter(({ required }) => required === 'M')
  if (lacking.length === 0) return
  throw new Refusal({
    code: 'heading.missing',
    message: text(`按“${standard.title.zh}”，缺少必填列：${lacking.map(({ zh }) => zh).join('、')}`, `Mandatory columns of "${standard.title.en}" are missing: ${lacking.map(({ en }) => en).join(', ')}`),
    fix: text('补上这些列及其内容后重新上传；也可以下载模板，把数据粘贴进去', 'Add these columns with their content and upload again, or paste the data into the template'),
  })
}
