import { tidyCode } from '../../../kernel/codes/index.ts'
import { reachOf, type Actor, type Reach, type World } from '../../../engines/procedure/index.ts'
import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable } from '../../../platform/db/index.ts'
import type { Sealing } from '../../../platform/sealing/index.ts'
import { gramsOf, normaliseName } from '../names.ts'
import { PERSONAL_KINDS } from '../persons.ts'
import { subjectWithin } from './reach.ts'
import type { SubjectStatus, SubjectType } from '../subjects.ts'

/** A row of the list of subjects, without the titles that the law's data files give. */
export type ListedSubject = {
  readonly subjectId: number; readonly name: string; readonly uscc: string | null; readonly type: SubjectType; readonly status: SubjectStatus; readonly industry: string | null; readonly sectors: readonly string[]
  readonly place: string | null; readonly department: string | null; readonly foundedOn: Day | null; readonly legalRepresentative: string | null; readonly foundBy: string | null
}
/** What is looked for. `find`: part of a present or former name, of a natural person a whole one, or the beginning of any code. */
export type SubjectFilter = {
  readonly find?: string; readonly type?: SubjectType; readonly sector?: string; readonly place?: string; readonly status?: SubjectStatus
  /** Only legal persons and other organisations: neither natural persons nor individual businesses, whose name often is a person's. */
  readonly organisations?: boolean
  /** Only those that a limited permission reaches; null: all. */
  readonly within?: Reach | null
  /** By whom a person is found by the whole id, too, and how far; null: not at all. */
  readonly ids?: { readonly sealing: Sealing; readonly within: Reach | null } | null
}

/** Whoever may see ids of persons may look for one (按证件号码查找), written out: whoever types the beginning of one learns nothing. */
export function idsFor({ sealing }: Pick<World, 'sealing'>, actor: Actor): SubjectFilter['ids'] {
  return actor.may('persons.read') ? { sealing, within: reachOf(actor, 'persons.read') } : null
}

// Beyond so many hits nobody looks for the best one: they come in the order of the register, which needs no sorting.
const RANKED = 5_000

/** A page of subjects and how many there are. The best hits come first: the whole name, then names that begin so. */
export async function listSubjects(db: Queryable, filter: SubjectFilter, { offset, limit }: { offset: number; limit: number }): Promise<{ rows: ListedSubject[]; total: number }> {
  const name = normaliseName(filter.find ?? '')
  const where = conditions(filter, name)
  const total = await countSubjects(db, JSON.stringify([name, filter.type, filter.sector, filter.place, filter.status, filter.within, filter.organisations, filter.ids && [filter.ids.within]]), where)
  if (offset >= total) return { rows: [], total }
  const page = name !== '' && total <= RANKED
    ? sql`order by name_lines = ${name} desc, starts_with(name_lines, ${name}) desc, length(name), subject_id limit ${limit} offset ${offset}`
    : sql`order by subject_id limit ${limit} offset ${offset}`
  const { rows } = await sql<Omit<ListedSubject, 'foundBy'> & { formerNames: string[] | null }>`
    select subject_id as "subjectId", name, uscc, type, status, industry, sectors, place, department, founded_on as "foundedOn", legal_representative as "legalRepresentative",
      (select array_agg(name.name) from subjects.name where name.subject_id = subject.subject_id and until_on is not null) as "formerNames"
    from subjects.subject where ${where} ${page}`.execute(db)
  return { rows: rows.map(({ formerNames, ...row }) => ({ ...row, foundBy: name === '' || normaliseName(row.name).includes(name) ? null : (formerNames ?? []).find((former) => normaliseName(former).includes(name)) ?? null })), total }
}

type Counted = { readonly total: number; readonly registrations: number; readonly atMs: number }
const counted = new WeakMap<Queryable, Map<string, Counted>>()
const KEPT_MS = 30_000
const KEPT_COUNTS = 100

/** Counting a million hits takes a second: while someone turns the pages, the count stands as long as nothing was registered. Few hits are always counted anew. */
async function countSubjects(db: Queryable, key: string, where: ReturnType<typeof conditions>): Promise<number> {
  const known = counted.get(db) ?? counted.set(db, new Map()).get(db)!
  const earlier = known.get(key)
  const { rows: [last] } = await sql<{ registrations: number }>`select last_value as registrations from subjects.registration_id`.execute(db)
  if (earlier && earlier.registrations === last!.registrations && performance.now() - earlier.atMs < KEPT_MS) return earlier.total
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from subjects.subject where ${where}`.execute(db)
  if (count!.total > RANKED) known.set(key, { total: count!.total, registrations: last!.registrations, atMs: performance.now() })
  if (known.size > KEPT_COUNTS) known.delete(known.keys().next().value!)
  return count!.total
}

function conditions({ find, organisations, type, sector, place, status, within, ids }: SubjectFilter, name: string) {
  const parts = [sql`true`]
  if (within) parts.push(subjectWithin(within))
  if (organisations) parts.push(sql`type not in ('natural-person', 'individual-business')`)
  if (type !== undefined) parts.push(sql`type = ${type}`)
  if (status !== undefined) parts.push(sql`status = ${status}`)
  if (sector !== undefined) parts.push(sql`${sector} = any(sectors)`)
  if (place !== undefined) parts.push(sql`starts_with(place, ${place})`)
  if (name !== '') {
    const grams = gramsOf(name)
    // The pairs of characters find candidates by index; only containment of the whole is a hit. Of two characters the pair is the whole: no row need be looked at to count.
    const byName = grams.length === 1 && [...name].length === 2 ? sql`name_grams @> ${grams}::text[]`
      : sql`(name_grams @> ${grams}::text[] and position(${name} in name_lines) > 0 and type <> 'natural-person' or name_grams @> array[${name}::text])`
    const code = tidyCode(find ?? '')
    if (!looksLikeCode(code)) parts.push(byName)
    else {
      const byId = ids ? sql`union all select subject_id from subjects.identifier_owner join subjects.subject using (subject_id)
        where kind = any(${PERSONAL_KINDS}::text[]) and value = any(${ids.sealing.lookUpsOf(code)}::text[]) and ${ids.within ? subjectWithin(ids.within) : sql`true`}` : sql``
      parts.push(sql`subject_id in (select subject_id from subjects.identifier_owner where value like ${`${code}%`} and kind <> all(${PERSONAL_KINDS}::text[]) ${byId} union all select subject_id from subjects.subject where ${byName})`)
    }
  }
  return sql.join(parts, sql` and `)
}

/** Three or more letters and digits, a digit among them: it may begin a code. */
function looksLikeCode(code: string): boolean {
  return /^[0-9A-Z]{3,}$/.test(code) && /\d/.test(code)
}
