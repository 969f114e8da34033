import { Refusal } from '../../kernel/refusal.ts'
import type { RefusalParts } from '../../kernel/refusal.ts'
import type { Text } from '../../kernel/text.ts'

const SAVE_AS: Text = {
  zh: '用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”或 CSV 后重新上传',
  en: 'Open it in Excel or WPS, save it as "Excel Workbook (.xlsx)" or CSV, and upload that',
}

const KINDS = {
  'sheet.empty': [415, '文件“%n”是空的，没有任何内容', 'The file "%n" is empty', '检查导出是否完成，重新导出后上传', 'Check that the export had finished, export again and upload'],
  'sheet.old-xls': [415, '文件“%n”是旧格式 .xls 工作簿，不能读取', 'The file "%n" is an old .xls workbook, which cannot be read', SAVE_AS.zh, SAVE_AS.en],
  'sheet.password': [415, '文件“%n”有打开密码，不能读取', 'The file "%n" is protected by a password and cannot be read', '在 Excel 或 WPS 中打开，取消密码（文件→信息→保护工作簿→用密码进行加密，清空密码）后保存并重新上传', 'Open it in Excel or WPS, remove the password (File, Info, Protect Workbook, Encrypt with Password, clear it), save and upload again'],
  'sheet.binary-workbook': [415, '文件“%n”是二进制工作簿（.xlsb），不能读取', 'The file "%n" is a binary workbook (.xlsb), which cannot be read', SAVE_AS.zh, SAVE_AS.en],
  'sheet.opendocument': [415, '文件“%n”是 OpenDocument 表格（.ods），不能读取', 'The file "%n" is an OpenDocument spreadsheet (.ods), which cannot be read', SAVE_AS.zh, SAVE_AS.en],
  'sheet.web-page': [415, '文件“%n”其实是网页或 XML，只是取了表格的文件名', 'The file "%n" is really a web page or XML with the name of a spreadsheet', SAVE_AS.zh, SAVE_AS.en],
  'sheet.wrong-kind': [415, '文件“%n”不是表格：看起来是%d', 'The file "%n" is no spreadsheet: it looks like %d', '上传 Excel 工作簿（.xlsx）或 CSV 文件；文书原件请作为附件上传', 'Upload an Excel workbook (.xlsx) or a CSV file; attach documents to their record instead'],
  'sheet.broken': [422, '工作簿“%n”已损坏，不能读取：%d', 'The workbook "%n" is damaged and cannot be read: %d', '文件可能没有下载或复制完整：从原处重新取得，或用 Excel 打开并修复后另存，再上传', 'It may not have been downloaded or copied completely: fetch it again, or open it in Excel, let it repair and save, then upload'],
  'sheet.inflates': [413, '文件“%n”解压后过大（%d），已停止读取', 'The file "%n" grows too large when decompressed (%d); reading was stopped', '删除表中多余的空行、空列和图片，或拆成几个文件后上传', 'Delete surplus empty rows, columns and pictures, or split it into several files'],
  'sheet.too-many-columns': [422, '表“%n”的列数超过上限：%d', 'The sheet "%n" has too many columns: %d', '只保留标准规定的列，删除右侧多余的列后上传', 'Keep the columns of the standard, delete the surplus ones on the right and upload again'],
  'sheet.too-many-rows': [413, '表“%n”的行数超过上限：%d', 'The sheet "%n" has too many rows: %d', '拆成几个文件后分别上传', 'Split it into several files'],
  'sheet.no-rows': [422, '表“%n”中没有任何数据行%d', 'The sheet "%n" holds no rows%d', '确认数据在要导入的工作表中，并且已经保存', 'Make sure that the data is on the sheet to be imported and was saved'],
  'sheet.no-such-sheet': [422, '工作簿“%n”中没有这个工作表：%d', 'The workbook "%n" has no such sheet: %d', '从工作簿现有的工作表中选择', 'Choose one of the sheets of the workbook'],
  'sheet.encoding': [422, '文本文件“%n”的编码不能识别：既不是 UTF-8，也不是 GB18030', 'The encoding of the text file "%n" is not recognised: neither UTF-8 nor GB18030', '用 Excel 打开，另存为“CSV UTF-8”或 .xlsx 后上传', 'Open it in Excel and save it as "CSV UTF-8" or .xlsx'],
  'sheet.csv-quotes': [422, 'CSV 文件“%n”的引号不成对：%d', 'The quotes of the CSV file "%n" do not match: %d', '检查该处单元格中的英文双引号（应写成两个），或另存为 .xlsx 后上传', 'Check the double quotes in the cells there (they must be doubled), or save it as .xlsx'],
} as const satisfies Record<string, readonly [NonNullable<RefusalParts['status']>, string, string, string, string]>

/** The codes with which a file is refused as a whole. */
export type SheetRefusalCode = keyof typeof KINDS

/** The refusal of a whole file: `name` is what the sender called it; `detail` is put into both sentences. */
export function unreadable(code: SheetRefusalCode, name: string, detail: Text = { zh: '', en: '' }): Refusal {
  const [status, zh, en, fixZh, fixEn] = KINDS[code]
  return new Refusal({
    code, status,
    message: { zh: zh.replace('%n', () => name).replace('%d', () => detail.zh), en: en.replace('%n', () => name).replace('%d', () => detail.en) },
    fix: { zh: fixZh, en: fixEn },
  })
}
