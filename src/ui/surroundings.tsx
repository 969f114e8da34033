import { createContext, use, type ReactNode } from 'react'
import type { Day } from '../kernel/day.ts'
import type { Text } from '../kernel/text.ts'
import { t, tt } from './language.ts'

/** A legal text as a citation shows it. */
export type CitedText = { readonly title: Text; readonly number: string | null; readonly issuer: string | null; readonly source: string | null; readonly url: string | null; readonly articles: Readonly<Record<string, Text>> }

/** What every page needs to know of the place it is used in: the kit itself knows no district and no law. */
export type Surroundings = {
  readonly today: Day
  readonly departments: readonly ({ readonly key: string } & Text)[]
  readonly sectors: readonly ({ readonly key: string } & Text)[]
  /** Who is signed in. */
  readonly actor: { readonly id: string; readonly name: string }
  /** What the signed-in officer may do: the same table that the server goes by. */
  readonly permissions: readonly string[]
  /** Legal texts by key; empty until they are loaded. */
  readonly texts: Readonly<Record<string, CitedText>>
  /** The name of an officer by the actor (`officer:` and the user name); null while it is not known. A hook. */
  useOfficerName(actor: string): string | null
  /** Tells the server that a list is about to leave as a file, before it does; when that fails, nothing leaves. */
  exported(list: ExportedList): Promise<unknown>
}
/** A list that leaves as a file: its name, how many rows, and by what it was narrowed. */
export type ExportedList = { readonly table: string; readonly rows: number; readonly filter: Record<string, string> }

const Context = createContext<Surroundings>({ today: '1970-01-01' as Day, departments: [], sectors: [], actor: { id: '', name: '' }, permissions: [], texts: {}, useOfficerName: () => null, exported: () => Promise.reject(new Error('no server to tell')) })

/** Hands the surroundings to all pages below. */
export function SurroundingsProvider({ value, children }: { readonly value: Surroundings; readonly children: ReactNode }) {
  return <Context value={value}>{children}</Context>
}

/** Today, the departments, the sectors and the legal texts. */
export function useSurroundings(): Surroundings {
  return use(Context)
}

/** Whether the signed-in officer may do something: pages show what can be done, the server decides. */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useSurroundings()
  return (permission) => permissions.includes(permission)
}

/** Why the signed-in officer may not do something, as a button says it; null when it is allowed. */
export function useWhyNot(permission: string): string | null {
  return useMay()(permission) ? null : t('您的岗位没有这项权限', 'Your role does not carry this permission')
}

/** The name of a department by its key; the key itself when nobody has that name. */
export function useDepartmentName(): (key: string | null | undefined) => string {
  const { departments } = useSurroundings()
  return (key) => nameIn(departments, key)
}

/** The name of a sector by its key. */
export function useSectorName(): (key: string | null | undefined) => string {
  const { sectors } = useSurroundings()
  return (key) => nameIn(sectors, key)
}

/** An actor as people read it: an officer by name, whoever else by what it is. */
export function ActorName({ id }: { readonly id: string }) {
  const { useOfficerName } = useSurroundings()
  const name = useOfficerName(id)
  return <span title={id} {...(name === null ? {} : { lang: 'zh-CN' })}>{name ?? actorWords(id)}</span>
}

const parts: Readonly<Record<string, Text>> = { evaluation: { zh: '评价', en: 'evaluation' }, grading: { zh: '等级', en: 'grading' }, calendar: { zh: '日历', en: 'calendar' } }

/** An actor in words, without knowing who is signed in: officers and departments by their id, parts of the system by what they do. */
export function actorWords(id: string): string {
  if (id === 'officer:demo') return t('演示数据', 'demo data')
  const part = /^system:(.+)$/.exec(id)?.[1]
  if (part) return t('系统 · ', 'system · ') + (parts[part] ? tt(parts[part]) : part)
  const person = /^agent:(\d+)$/.exec(id)?.[1]
  if (person) return t(`个人账号 ${person}`, `person ${person}`)
  return id.replace(/^(officer|department):/, '')
}

function nameIn(list: readonly ({ readonly key: string } & Text)[], key: string | null | undefined): string {
  if (!key) return '—'
  const found = list.find((entry) => entry.key === key)
  return found ? tt(found) : key
}
