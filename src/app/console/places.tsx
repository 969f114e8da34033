import type { ReactNode } from 'react'
import { AlertOutlined, UserDeleteOutlined, EyeOutlined, SolutionOutlined, MessageOutlined, ApartmentOutlined, CheckSquareOutlined, IdcardOutlined, KeyOutlined, TeamOutlined, BankOutlined, FileTextOutlined, HomeOutlined, ImportOutlined, OrderedListOutlined, SafetyCertificateOutlined, SwapOutlined, CalculatorOutlined } from '@ant-design/icons'
import type { Text } from '../../kernel/text.ts'

/** A place in the left navigation and in the palette. */
export type Place = { readonly to: '/' | '/work' | '/imports' | '/subjects' | '/records' | '/changes' | '/league' | '/claims' | '/objections' | '/removals' | '/models' | '/policy' | '/ledger' | '/audit' | '/alarms' | '/organisation' | '/rights' | '/accounts'; readonly permission: string; readonly title: Text; readonly icon: ReactNode; readonly words: string }

/** The console's places, in the order of the work. `words` are further terms by which the palette finds them. */
export const places: readonly Place[] = [
  { to: '/', permission: 'console.open', title: { zh: '工作台', en: 'Desk' }, icon: <HomeOutlined />, words: 'home desk 首页 工作台' },
  { to: '/work', permission: 'work.read', title: { zh: '待办', en: 'Work' }, icon: <CheckSquareOutlined />, words: 'work todo task 待办 认领 指派 逾期 督办' },
  { to: '/imports', permission: 'submissions.read', title: { zh: '导入', en: 'Imports' }, icon: <ImportOutlined />, words: 'import upload 报送 批次 上传 双公示' },
  { to: '/subjects', permission: 'subjects.read', title: { zh: '主体', en: 'Subjects' }, icon: <BankOutlined />, words: 'subject business 企业 信用主体 个体工商户' },
  { to: '/records', permission: 'records.read', title: { zh: '记录', en: 'Records' }, icon: <FileTextOutlined />, words: 'record penalty licence 处罚 许可 信用记录' },
  { to: '/changes', permission: 'grading.read', title: { zh: '等级变动', en: 'Grade changes' }, icon: <SwapOutlined />, words: 'grade change 升级 降级' },
  { to: '/league', permission: 'records.read', title: { zh: '排名', en: 'League table' }, icon: <OrderedListOutlined />, words: 'league 归集 及时率 合规率 迟报 部门' },
  { to: '/objections', permission: 'objections.read', title: { zh: '异议', en: 'Objections' }, icon: <MessageOutlined />, words: 'objection statement 异议 申诉 说明' },
  { to: '/claims', permission: 'agents.read', title: { zh: '企业认领', en: 'Claims' }, icon: <SolutionOutlined />, words: 'claim agent 认领 经办人 法定代表人 代办' },
  { to: '/removals', permission: 'removals.read', title: { zh: '个人信息删除', en: 'Removals' }, icon: <UserDeleteOutlined />, words: 'removal personal data privacy 个人信息 删除 注销 隐私' },
  { to: '/models', permission: 'evaluation.read', title: { zh: '模型', en: 'Models' }, icon: <CalculatorOutlined />, words: 'model score 评价 指标 评分' },
  { to: '/policy', permission: 'law.read', title: { zh: '政策', en: 'Policy' }, icon: <ApartmentOutlined />, words: 'policy law figure 参数 法规 依据' },
  { to: '/ledger', permission: 'ledger.read', title: { zh: '账本', en: 'Ledger' }, icon: <SafetyCertificateOutlined />, words: 'ledger proof audit 存证 核验' },
  { to: '/audit', permission: 'audit.read', title: { zh: '审计日志', en: 'Audit trail' }, icon: <EyeOutlined />, words: 'audit trail log 审计 日志 查看 谁看过' },
  { to: '/alarms', permission: 'audit.read', title: { zh: '异常查看', en: 'Unusual reading' }, icon: <AlertOutlined />, words: 'alarm unusual reading 告警 异常 核查' },
  { to: '/organisation', permission: 'organisation.read', title: { zh: '组织机构', en: 'Organisation' }, icon: <TeamOutlined />, words: 'organisation department officer duty 部门 科室 岗位 人员 职责 导入' },
  { to: '/rights', permission: 'organisation.read', title: { zh: '角色与权限', en: 'Rights' }, icon: <KeyOutlined />, words: 'rights role permission grant delegation 角色 权限 授权 代理 待确认' },
  { to: '/accounts', permission: 'accounts.read', title: { zh: '账号', en: 'Accounts' }, icon: <IdcardOutlined />, words: 'accounts sign-in lock session 账号 解锁 会话 动态口令 一次性代码' },
]

/** Whether one place may be shown to whoever has these permissions. */
export function mayOpen({ permission }: Place, permissions: readonly string[]): boolean {
  return permissions.includes(permission)
}
