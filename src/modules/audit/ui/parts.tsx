import { t } from '../../../ui/language.ts'
import { actorWords } from '../../../ui/surroundings.tsx'
import { Words } from '../../../ui/query-table/tools.tsx'

/** Whom the lines are of: one actor, or whoever is called so. */
export type WhoFilter = { readonly actor?: string | undefined; readonly find?: string | undefined }

/** Whoever did something, as people read it: an officer by the name of that day. */
export function whoWords(actor: string, name: string | null | undefined): string {
  return name ?? (actor === 'visitor' ? t('未登录', 'Nobody signed in') : actorWords(actor))
}

/** The same, with the account in small beside the name. */
export function Who({ actor, name }: { readonly actor: string; readonly name: string | null }) {
  return name === null ? <span title={actor}>{whoWords(actor, name)}</span> : <span title={actor}><span lang="zh-CN">{name}</span> <span className="x-small x-quiet">{actorWords(actor)}</span></span>
}

/** One person, by name or account; whoever is no officer is written out (`agent:12`, `system:audit`, `visitor`). */
export function ActorFilter({ actor, find, onWho }: WhoFilter & { onWho(who: WhoFilter): void }) {
  return <Words label={t('姓名或账号', 'Name, account')} value={find ?? actor?.replace(/^officer:/, '')} onWords={(words) => onWho(words?.includes(':') || words === 'visitor' ? { actor: words, find: undefined } : { actor: undefined, find: words })} />
}
