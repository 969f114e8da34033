import { t } from '../../../ui/language.ts'

/** What became of a claim, in words. */
export function outcomeOf(outcome: 'confirmed' | 'refused' | 'withdrawn' | null): string {
  if (outcome === null) return t('等待核对', 'waits')
  return outcome === 'confirmed' ? t('已核准', 'confirmed') : outcome === 'refused' ? t('不予核准', 'refused') : t('已撤回', 'withdrawn')
}

/** In what capacity someone acts. */
export function capacityOf(capacity: 'legal-representative' | 'agent'): string {
  return capacity === 'agent' ? t('经办人', 'Agent') : t('法定代表人', 'Legal representative')
}
