import type { Text } from '../../../kernel/text.ts'

/** Whose work is shown. */
export const viewWords: Readonly<Record<'mine' | 'section' | 'department' | 'all', Text>> = {
  mine: { zh: '我的', en: 'Mine' }, section: { zh: '本科室', en: 'My section' }, department: { zh: '本部门', en: 'My department' }, all: { zh: '全部可见', en: 'All that I see' },
}
