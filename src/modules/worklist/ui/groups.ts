import type { Text } from '../../../kernel/text.ts'

/** What a group of the list is headed by: all that is late, a day, or no limit. */
export type Group<Item> = { readonly key: string; readonly tone: 'late' | 'due' | null; readonly title: Text; readonly day: string | null; readonly items: readonly Item[] }

/** Items in their order, grouped by day due: late ones together, then day by day, then what has no limit. */
export function groupsOf<Item extends { readonly dueOn: string | null; readonly urgency: 'late' | 'due-soon' | 'open' }>(items: readonly Item[]): Group<Item>[] {
  const keyOf = ({ dueOn, urgency }: Item) => (urgency === 'late' ? 'late' : (dueOn ?? 'none'))
  return [...Map.groupBy(items, keyOf)].map(([key, group]) => ({
    key, items: group, day: key === 'late' || key === 'none' ? null : key, tone: key === 'late' ? 'late' : group[0]!.urgency === 'due-soon' ? 'due' : null,
    title: key === 'late' ? { zh: '已逾期', en: 'Late' } : key === 'none' ? { zh: '无时限', en: 'No time limit' } : { zh: '应于', en: 'Due' },
  }))
}
