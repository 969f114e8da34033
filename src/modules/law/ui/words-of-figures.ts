import type { Text } from '../../../kernel/text.ts'

/** What the names inside a figure's value mean, for people. A name that is not here is shown as it stands in the file. */
export const wordsOfFigures: Readonly<Record<string, Text>> = {
  many: { zh: '短时间大量查看', en: 'Many in minutes' }, subjects: { zh: '不同主体数', en: 'Different subjects' }, hours: { zh: '工作时间以外', en: 'Outside working hours' }, from: { zh: '自（时）', en: 'From (hour)' }, until: { zh: '至（时）', en: 'Until (hour)' }, duties: { zh: '职责以外且无目的', en: 'Outside the duties, no purpose' },
  minor: { zh: '轻微', en: 'minor' }, general: { zh: '一般', en: 'general' }, serious: { zh: '严重', en: 'serious' },
  published: { zh: '公示', en: 'Published' }, min_months: { zh: '最短公示期（月）', en: 'Shortest (months)' }, max_months: { zh: '最长公示期（月）', en: 'Longest (months)' },
  kept: { zh: '保存', en: 'Kept' }, special_report: { zh: '写入专项信用报告', en: 'In the special report' },
  class: { zh: '监管类别', en: 'Supervision class' }, green_channel: { zh: '绿色通道', en: 'Green channel' }, strict: { zh: '从严监管', en: 'Strict' }, key_attention: { zh: '重点关注', en: 'Key attention' },
  at_least: { zh: '不低于', en: 'At least' }, at_most: { zh: '不高于', en: 'At most' }, plan: { zh: '计划', en: 'Planned' }, below: { zh: '少于', en: 'Below' }, exactly: { zh: '等于', en: 'Exactly' }, as_needed: { zh: '按需', en: 'As needed' },
  keep_minutes: { zh: '有效时间（分钟）', en: 'Holds (minutes)' }, choices: { zh: '可选的目的', en: 'Purposes offered' },
  called: { zh: '称为', en: 'Called' }, 'internal-class': { zh: '内部监管分类', en: 'internal class' }, public: { zh: '公共', en: 'public' }, bidding: { zh: '用于招标投标', en: 'For bidding' },
  scale: { zh: '等级体系', en: 'Scale' }, grade: { zh: '等级', en: 'Grade' }, grades: { zh: '等级', en: 'Grades' }, best_rank: { zh: '行业等级最高为第几等', en: 'Best place allowed' }, rank: { zh: '位次', en: 'Place' }, of: { zh: '性质', en: 'Kind' }, text: { zh: '出处', en: 'Text' }, key: { zh: '代号', en: 'Key' },
  local: { zh: '本地', en: 'local' }, industry: { zh: '行业', en: 'industry' }, name: { zh: '名称', en: 'Name' },
  'public-2019': { zh: '公共信用综合评价（2019–2025）', en: 'Public evaluation 2019–2025' }, 'public-2026': { zh: '企业信用状况综合评价（2026 起）', en: 'Public grade since 2026' }, 'local-abcd': { zh: '本地监管分类（A–D）', en: 'Local class (A–D)' }, risk: { zh: '企业信用风险分类', en: 'Credit-risk class' }, 'aaa-c': { zh: 'AAA 至 C', en: 'AAA to C' },
  property: { zh: '物业服务', en: 'Property services' }, environment: { zh: '企业环境信用', en: 'Environmental credit' }, training: { zh: '校外培训', en: 'After-school training' }, hygiene: { zh: '公共场所卫生', en: 'Public hygiene' }, 'food-risk': { zh: '食品风险', en: 'Food risk' }, tax: { zh: '纳税信用', en: 'Tax credit' }, missing: { zh: '数据缺失', en: 'Missing data' },
  'decision-date': { zh: '按决定之日的规则', en: 'the rule of the day of decision' }, 'more-favourable': { zh: '取对主体更有利的规则', en: 'the rule more favourable to the subject' },
  procedure: { zh: '程序', en: 'procedure' }, simple: { zh: '简易程序', en: 'simple' }, kinds: { zh: '处罚种类', en: 'kind of penalty' }, field: { zh: '领域', en: 'field' }, sector: { zh: '行业领域', en: 'sector' },
  food: { zh: '食品', en: 'food' }, drug: { zh: '药品', en: 'drugs' }, 'special-equipment': { zh: '特种设备', en: 'special equipment' }, 'work-safety': { zh: '安全生产', en: 'work safety' }, fire: { zh: '消防', en: 'fire safety' }, emergency: { zh: '应急管理', en: 'emergency management' },
  warning: { zh: '警告', en: 'warning' }, criticism: { zh: '通报批评', en: 'public criticism' }, fine: { zh: '罚款', en: 'fine' }, 'confiscate-gains': { zh: '没收违法所得', en: 'confiscation of gains' }, 'confiscate-goods': { zh: '没收非法财物', en: 'confiscation of goods' },
  'suspend-licence': { zh: '暂扣许可证件', en: 'suspension of permit' }, 'lower-qualification': { zh: '降低资质等级', en: 'downgrading' }, 'revoke-licence': { zh: '吊销许可证件', en: 'revocation of permit' }, 'restrict-activity': { zh: '限制开展生产经营活动', en: 'restriction of business' },
  'suspend-business': { zh: '责令停产停业', en: 'suspension of business' }, close: { zh: '责令关闭', en: 'closing down' }, 'restrict-employment': { zh: '限制从业', en: 'restriction on practising' }, detention: { zh: '行政拘留', en: 'detention' },
}

/** The packs by name. */
export const packNames: Readonly<Record<string, Text>> = { national: { zh: '国家', en: 'National' }, hainan: { zh: '海南省', en: 'Hainan' }, sanya: { zh: '三亚市', en: 'Sanya' }, haitang: { zh: '海棠区', en: 'Haitang' } }

/** The modules that ask for figures, as the pages call them. */
export const moduleNames: Readonly<Record<string, Text>> = {
  audit: { zh: '审计日志与告警', en: 'audit trail and alarms' },
  submissions: { zh: '导入检查', en: 'checks at import' }, records: { zh: '信用记录（分类、公示、时限）', en: 'records (class, publicity, deadlines)' },
  objections: { zh: '异议', en: 'objections' },
  privacy: { zh: '个人信息保护', en: 'protection of persons' },
  agents: { zh: '认领与代办', en: 'claims and agents' },
  evaluation: { zh: '评价模型', en: 'evaluation models' }, grading: { zh: '等级与差异化监管', en: 'grades and supervision' },
}
