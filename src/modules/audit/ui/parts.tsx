import { t } from '../../../ui/language.ts'
import { Words } from '../../../ui/query-table/tools.tsx'

/** One person, by the account; whoever is no officer is written out (`agent:12`, `system:audit`, `visitor`). */
export function ActorFilter({ value, onActor }: { readonly value: string | undefined; onActor(actor: string | undefined): void }) {
  return <Words label={t('人员账号', 'Account')} value={value?.replace(/^officer:/, '')} onWords={(words) => onActor(words === undefined || words.includes(':') || words === 'visitor' ? words : `officer:${words}`)} />
}
