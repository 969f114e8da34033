import type { Problem } from '../../../kernel/refusal.ts'
import type { Field } from './standard.ts'

type Sentences = readonly [severity: Problem['severity'], zh: string, fixZh: string, en: string, fixEn: string]

/** Every problem that a row or a sheet can have: `%t` the field's title, `%v` the value as it was sent, `%x` what was expected. */
const SENTENCES = {
  'heading.none': ['error', '前20行中没有找到表头，认不出这是哪一种数据', '第一行（或标题下一行）写标准规定的列名或数据项代码；可先下载模板，把数据粘贴进去', 'No headings were found in the first 20 rows, so the kind of data is unknown', 'Write the headings or the field ids of the standard into the first row (or below the title); a template can be downloaded'],
  'heading.missing': ['error', '缺少必填列“%t”', '补上这一列及其内容后重新导入', 'The mandatory column "%t" is missing', 'Add the column with its content and import again'],
  'heading.twice': ['warning', '有多列都是“%t”，取第一个非空的内容', '只保留一列“%t”', 'Several columns are "%t"; the first that is not empty is taken', 'Keep one column "%t"'],
  'heading.unknown': ['warning', '不认识的列“%v”，其内容不会导入', '如属于标准数据项，请改用标准列名；否则可以忽略', 'The column "%v" is not known; its content is not imported', 'If it is an item of the standard, use its standard name; else ignore this'],
  'heading.yuan': ['warning', '“%v”列以元为单位，已按标准换算为万元', '今后请按标准以万元填写，并把列名写为“%t”', 'The column "%v" is in yuan; it was converted into 10,000 yuan as the standard asks', 'Write 10,000 yuan and name the column "%t" from now on'],
  'cell.lost-digits': ['error', '“%t”的内容“%v”是被表格软件改成数字的长代码，后面的位数已经丢失', '从原始资料重新录入：先把该列设为“文本”格式，再填写完整代码；不要在科学计数的单元格上修改格式', '"%t" holds "%v": a long code that the spreadsheet turned into a number; its last digits are lost', 'Enter it again from the source: format the column as Text first, then write the whole code; changing the format of the damaged cell does not bring the digits back'],
  'cell.became-date': ['error', '“%t”的内容被表格软件改成了日期“%v”', '把该列设为“文本”格式后，重新填写原来的内容', 'The spreadsheet turned the content of "%t" into the date "%v"', 'Format the column as Text and write the original content again'],
  'cell.formula': ['error', '“%t”是公式，文件中没有保存计算结果', '在 Excel 或 WPS 中打开并重新保存，或把公式粘贴为数值', '"%t" is a formula whose result was not saved', 'Open the file in Excel or WPS and save it, or paste the formulas as values'],
  'cell.error': ['error', '“%t”是错误值“%v”', '更正该单元格的公式，或直接填写内容', '"%t" is the error value "%v"', 'Correct the formula or write the content'],
  'field.required': ['error', '必填项“%t”为空', '填写“%t”；若是合并单元格，请取消合并并逐行填写', 'The mandatory field "%t" is empty', 'Fill in "%t"; if cells are merged, split them and fill each row'],
  'field.required-if': ['error', '“%t”为空：%x', '按要求填写“%t”', '"%t" is empty: %x', 'Fill in "%t"'],
  'field.too-long': ['error', '“%t”超过标准长度：%x', '缩短内容；详细情况可以写在备注或随附文书中', '"%t" is longer than the standard allows: %x', 'Shorten it; details belong into the remark or the attached document'],
  'field.not-in-table': ['error', '“%t”的内容“%v”不在代码表中', '改为以下之一：%x', '"%v" is no value of "%t"', 'Use one of: %x'],
  'field.ambiguous-kind': ['error', '“%t”的内容“%v”没有说明究竟是哪一种', '按处罚决定书写明其中一种：%x', '"%v" in "%t" does not say which of several it is', 'Write the one that the decision states: %x'],
  'date.unreadable': ['error', '“%t”的内容“%v”不是可以识别的日期', '写成 2026-03-05、2026年3月5日 或 20260305', '"%v" in "%t" is no date that can be read', 'Write 2026-03-05, 2026年3月5日 or 20260305'],
  'date.ambiguous': ['error', '“%t”的内容“%v”分不清年、月、日', '写成四位年份在前的 2026-03-05', 'In "%v" ("%t") year, month and day cannot be told apart', 'Write it with the four-digit year first, as 2026-03-05'],
  'date.no-day': ['error', '“%t”的内容“%v”没有写到日', '补上具体的日，写成 2026-03-05', '"%v" in "%t" names no day', 'Add the day, as 2026-03-05'],
  'amount.unreadable': ['error', '“%t”的内容“%v”不是金额', '以万元为单位填写数字，最多六位小数，如 0.5 表示5000元', '"%v" in "%t" is no amount', 'Write a number in units of 10,000 yuan with at most six decimals: 0.5 is 5,000 yuan'],
  'amount.negative': ['error', '“%t”为负数“%v”', '填写不小于零的金额；退还罚没款请通过更正或撤回办理', '"%t" is negative: "%v"', 'Write an amount of zero or more; refunds are corrections or withdrawals'],
  'amount.too-precise': ['error', '“%t”的内容“%v”超过六位小数（不足一分）', '核对金额，以万元为单位最多填写六位小数', '"%v" in "%t" has more than six decimals (less than one fen)', 'Check the amount: at most six decimals of 10,000 yuan'],
  'amount.in-yuan': ['warning', '“%t”填写为 %v 万元，而处罚内容写的是 %x：很可能误以元为单位', '核对后改为以万元为单位的金额', '"%t" says %v × 10,000 yuan while the content says %x: probably written in yuan', 'Check it and write the amount in units of 10,000 yuan'],
  'amount.differs': ['warning', '“%t”为 %v 万元，与处罚内容中的 %x 不一致', '核对处罚决定书，更正不对的一处', '"%t" is %v × 10,000 yuan and differs from %x in the content', 'Compare with the decision and correct the wrong one'],
  'amount.very-large': ['warning', '“%t”高达 %v 万元，可能误以元为单位', '核对单位是否为万元；无误可以忽略', '"%t" is as much as %v × 10,000 yuan: it may have been written in yuan', 'Check that the unit is 10,000 yuan; if it is right, ignore this'],
  'code.not-admitted': ['error', '“%t”不正确：%x', '对照证照逐位核对；证照上确为此代码的，由信用管理人员说明理由后准入', '"%t" is wrong: %x', 'Compare with the licence; if it really shows this code, a credit officer can admit it with a reason'],
  'code.admitted': ['warning', '“%t”“%v”校验不符，但已由信用管理人员核准', '无需处理', '"%t" "%v" fails its check but was admitted by a credit officer', 'Nothing to do'],
  'party.placeholder': ['error', '“%t”填了占位代码，但占位代码只用于没有统一社会信用代码的个体工商户', '填写行政相对人真实的统一社会信用代码', '"%t" holds the placeholder, which is only for individual businesses without a code', 'Write the real unified social credit code of the party'],
  'party.no-code': ['error', '个体工商户没有统一社会信用代码时，必须填写工商注册号', '填写15位工商注册号，或填写92开头的统一社会信用代码', 'An individual business without a credit code must give its registration number', 'Write the 15-digit registration number, or the credit code that begins with 92'],
  'party.code-left-empty': ['warning', '“%t”为空，按没有统一社会信用代码的个体工商户处理', '有统一社会信用代码的请填写；确无代码的填17个0加X', '"%t" is empty: taken as an individual business without a credit code', 'Write the code if there is one, else 17 zeros and X'],
  'party.category-mismatch': ['error', '行政相对人类别与代码不符：类别为“%v”，而代码“%x”', '92开头的代码选“个体工商户”，其他代码选“法人及非法人组织”，自然人不填统一社会信用代码', 'The category of the party does not fit its code: it says "%v", but the code %x', 'Codes that begin with 92 are individual businesses, all others organisations; natural persons have no credit code'],
  'party.id-in-code-column': ['error', '“%t”中填的是公民身份号码', '自然人的身份证号填在“证件号码”，本列留空', '"%t" holds a resident ID', 'Write the ID of a natural person into its own column and leave this empty'],
  'field.personal-number': ['error', '“%t”中有公民身份号码或手机号码，本行未入库', '从“%t”中删去该号码：自然人的身份证号只填在“证件号码”，手机号码不报送；证件以身份证号为编号的，该项不必填写', '"%t" holds a resident ID or a mobile number; the row was not taken in', 'Take the number out of "%t": the ID of a natural person belongs into its own column only, mobile numbers are not reported; where a certificate bears the ID as its number, leave that number out'],
  'party.id-of-representative': ['warning', '“%t”不应报送，已按最小必要原则删去，不会保存', '今后请将“%t”留空', '"%t" should not be reported; it was dropped and is not kept', 'Leave "%t" empty from now on'],
  'record.decided-after-receipt': ['error', '“%t”（%v）晚于收到日期（%x）', '核对日期：不能报送尚未作出的决定', '"%t" (%v) lies after the day of receipt (%x)', 'Check the date: a decision not yet made cannot be reported'],
  'record.decided-too-early': ['error', '“%t”（%v）早于可以收录的最早日期 %x', '核对年份；确属更早的决定，不收入本档案', '"%t" (%v) lies before %x, the earliest day that is taken', 'Check the year; earlier decisions are not taken into this archive'],
  'record.ends-before-start': ['error', '“%t”（%v）早于“%x”', '核对两个日期是否填反', '"%t" (%v) lies before "%x"', 'Check whether the two dates were swapped'],
  'record.fine-without-kind': ['warning', '填写了“%t”%v，但处罚类别中没有%x', '在处罚类别中补上%x，或删去金额', '"%t" is %v, but the kinds of penalty do not name it (%x)', 'Add it to the kinds, or remove the amount'],
  'record.kind-without-amount': ['error', '处罚类别含%x，但“%t”没有大于零的金额', '以万元为单位填写金额；没有该项处罚的，从处罚类别中删去', 'The kinds name %x, but "%t" holds no amount above zero', 'Write the amount in units of 10,000 yuan, or take the kind out'],
  'record.number-shape': ['warning', '“%t”“%v”不是常见的文号形式', '一般写作“机关代字〔年份〕序号号”，如 三海综执罚决字〔2026〕第12号', '"%t" "%v" does not look like a document number', 'Usually: abbreviation of the authority, year in brackets, serial number, as 三海综执罚决字〔2026〕第12号'],
  'record.number-year': ['warning', '“%t”“%v”中的年份晚于决定日期 %x', '核对文号和决定日期', 'The year in "%t" "%v" lies after the decision of %x', 'Check number and date'],
  'record.old-status': ['error', '该行的状态是“%v”，不是正常的决定', '已撤销或有异议的决定不要导入；已报送过的请办理撤回', 'The status of this row is "%v": it is no decision in force', 'Do not import revoked or disputed decisions; withdraw those already reported'],
  'record.source-filled': ['warning', '“%t”为空，已填为报送部门“%x”', '今后请填写“%t”', '"%t" is empty; it was filled with the sending department "%x"', 'Fill in "%t" from now on'],
  'subject.no-code': ['error', '既没有统一社会信用代码，也没有注册号，无法识别主体', '填写统一社会信用代码；确无代码的填写15位注册号。仅凭名称不能建档', 'There is neither a credit code nor a registration number: the subject cannot be identified', 'Write the credit code, or the 15-digit registration number. A name alone identifies nobody'],
  'subject.type-mismatch': ['error', '主体类型“%v”与代码前缀不符：代码%x', '核对代码和主体类型', 'The type "%v" does not fit the code, which %x', 'Check code and type'],
  'subject.founded-later': ['error', '“%t”（%v）晚于收到日期（%x）', '核对日期', '"%t" (%v) lies after the day of receipt (%x)', 'Check the date'],
  'subject.change-without-name': ['warning', '填写了“%t”，但没有曾用名', '补上曾用名，或删去变更日期', '"%t" is given without a former name', 'Add the former name, or remove the date'],
} as const satisfies Record<string, Sentences>

/** The stable code of a problem of a row or a sheet. Those of codes (`uscc.…`) come from the kernel. */
export type IntakeProblemCode = keyof typeof SENTENCES

/** All problem codes with their severity, for the documentation. */
export const INTAKE_PROBLEMS: readonly { readonly code: IntakeProblemCode; readonly severity: Problem['severity'] }[] =
  (Object.keys(SENTENCES) as IntakeProblemCode[]).map((code) => ({ code, severity: SENTENCES[code][0] }))

/** A problem of a field. `value` is never given for IDs of natural persons. */
export function problem(code: IntakeProblemCode, field: Field | null, parts: { value?: string; zh?: string; en?: string } = {}): Problem {
  const [severity, zh, fixZh, en, fixEn] = SENTENCES[code]
  const value = parts.value === undefined ? '' : shortened(parts.value)
  const fill = (sentence: string, title: string, expected: string) => sentence.replace(/%[tvx]/g, (sign) => (sign === '%t' ? title : sign === '%v' ? value : expected))
  return {
    code, severity, ...(field === null ? {} : { field: field.id }),
    message: { zh: fill(zh, field?.zh ?? '', parts.zh ?? ''), en: fill(en, field?.en ?? '', parts.en ?? parts.zh ?? '') },
    fix: { zh: fill(fixZh, field?.zh ?? '', parts.zh ?? ''), en: fill(fixEn, field?.en ?? '', parts.en ?? parts.zh ?? '') },
  }
}

function shortened(text: string): string {
  const points = [...text]
  return points.length > 60 ? `${points.slice(0, 60).join('')}…` : text
}
