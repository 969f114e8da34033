import { EmptyState } from '../../ui/Layout.tsx'
import { t } from '../../ui/language.ts'

/** Stands where a page is being built. */
export function ComingPage() {
  return <EmptyState title={t('这个页面正在建设', 'This page is being built')} how={t('数据已经可以通过接口和命令行取得。', 'Its data can be had by the API and the command line.')} />
}
