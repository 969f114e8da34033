import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { addDays, type Day, isDay } from '../../kernel/day.ts'
import type { Json, JsonObject } from '../../kernel/json.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import type { CalendarNotice, DataFile, LegalText, Pack, Parameter, PolicyParts } from './types.ts'

const day = z.custom<Day>((value) => typeof value === 'string' && isDay(value), 'must be a day, written YYYY-MM-DD')
const words = z.string().trim().min(1)
const json = z.json() as z.ZodType<Json>
const bothLanguages = z.strictObject({ zh: words, en: words })
const certainty = z.enum(['confirmed', 'unconfirmed'])

const packFile = z.strictObject({ name: words, name_en: words, rank: z.int().positive(), parent: words.nullable() })
const textFile = z.strictObject({
  title: words, title_en: words, number: words.nullish(), issuer: words, kind: z.enum(['law', 'policy', 'practice']),
  in_force: z.strictObject({ from: day.nullish(), until: day.nullish() }),
  status: z.enum(['in-force', 'repealed', 'not-yet', 'draft', 'practice']),
  checked: certainty, articles: z.record(words, bothLanguages).default({}), source: words, url: words.nullish(),
})
const basisOfFile = z.strictObject({ kind: z.enum(['law', 'policy', 'practice']), text: words, article: words.optional(), status: certainty, note: words.optional() })
const parameterFile = z.strictObject({
  description: words, description_en: words, unit: words, unit_en: words, introduces: z.boolean().default(false),
  reachable_from: day, values: z.record(z.string(), json), basis: z.record(z.string(), basisOfFile),
  checked_on: day, legal_review: bothLanguages.nullish(),
  examples: z.array(z.strictObject({ name: words, on: day, given: z.record(words, json).optional(), expect: json })).default([]),
})
const daysText = z.string().transform((written, context) => {
  const days = daysOf(written)
  if (days === null) context.addIssue({ code: 'custom', message: `"${written}" is neither a day nor a span of days written FIRST..LAST` })
  return days ?? []
})
const noticeOfFile = z.strictObject({
  title: words, number: words.nullish(), announced_on: day, status: certainty, source: words, place: words.optional(),
  off: z.record(words, daysText).default({}), make_up: z.array(day).default([]),
})
const calendarFile = z.strictObject({ year: z.int().optional(), notices: z.array(noticeOfFile).min(1) })

/** The days of `2026-10-01..2026-10-07` or of one day; null for anything else. */
function daysOf(written: string): Day[] | null {
  const [first, last = first] = written.split('..').map((part) => part.trim())
  if (first === undefined || last === undefined || !isDay(first) || !isDay(last) || last < first) return null
  const days: Day[] = []
  for (let on = first; on <= last; on = addDays(on, 1)) days.push(on)
  return days
}

type Mistake = { readonly file: string; readonly cause: string }

/**
 * Reads the policy folder, all of it, at once. Refuses (`policy.unreadable`) with every mistake of form in it: file, key, cause, fix.
 * What the files mean together is the matter of `checkPolicy`.
 */
export function readPolicyFolder(folder: string): PolicyParts {
  const mistakes: Mistake[] = []
  const load = <T>(file: string, schema: z.ZodType<T>): T | null => {
    try {
      const read = schema.safeParse(parse(readFileSync(join(folder, file), 'utf8')))
      if (read.success) return read.data
      for (const issue of read.error.issues) mistakes.push({ file, cause: `${issue.path.join(' → ') || 'the file'}: ${issue.message}` })
    } catch (fault) {
      mistakes.push({ file, cause: (fault as Error).message.split('\n')[0]! })
    }
    return null
  }
  if (!existsSync(folder)) mistakes.push({ file: folder, cause: 'there is no such folder' })
  const top = existsSync(folder) ? namesIn(folder, '') : []
  const packKeys = top.filter((name) => existsSync(join(folder, name, 'pack.yaml')))
  if (packKeys.length === 0) mistakes.push({ file: folder, cause: 'no pack (a folder with pack.yaml) in it' })
  const packs: Pack[] = packKeys.flatMap((key) => {
    const read = load(`${key}/pack.yaml`, packFile)
    return read ? [{ key, name: text(read.name, read.name_en), rank: read.rank, parent: read.parent }] : []
  })
  const parameters: Parameter[] = []
  const data: DataFile[] = []
  for (const pack of packs) {
    for (const path of filesBelow(folder, pack.key)) {
      const inPack = path.slice(pack.key.length + 1)
      if (inPack === 'pack.yaml') continue
      const [module, name, ...deeper] = inPack.replace(/\.yaml$/, '').split('/') as [string, string?, ...string[]]
      if (name === undefined || deeper.length > 0 || plainFolders.has(module)) {
        const content = load(path, json)
        if (content !== null) data.push({ pack: pack.key, name: inPack.replace(/\.yaml$/, ''), file: path, content })
        continue
      }
      const read = load(path, parameterFile)
      if (read === null) continue
      for (const on of [...Object.keys(read.values), ...Object.keys(read.basis)]) if (!isDay(on)) mistakes.push({ file: path, cause: `"${on}" is not a day` })
      parameters.push(parameterOf(`${module}/${name}`, pack.key, path, read))
    }
  }
  const texts: LegalText[] = filesBelow(folder, 'texts').flatMap((path) => {
    const read = load(path, textFile)
    if (!read) return []
    return [{
      key: path.slice('texts/'.length).replace(/\.yaml$/, ''), title: text(read.title, read.title_en), number: read.number ?? null, issuer: read.issuer, kind: read.kind,
      inForce: { from: read.in_force.from ?? null, until: read.in_force.until ?? null }, status: read.status, checked: read.checked, articles: read.articles,
      source: read.source, url: read.url ?? null,
    }]
  })
  const notices = (['national', 'local', 'closures'] as const).flatMap((layer) => filesBelow(folder, `calendar/${layer}`).flatMap((path): CalendarNotice[] => {
    const read = load(path, calendarFile)
    if (!read) return []
    if (layer === 'national' && read.year === undefined) mistakes.push({ file: path, cause: 'year is missing: a national notice arranges one year' })
    return read.notices.map((notice) => ({
      layer: layer === 'closures' ? 'closure' : layer, file: path, year: layer === 'national' ? (read.year ?? null) : null, title: notice.title, number: notice.number ?? null,
      announcedOn: notice.announced_on, status: notice.status, source: notice.source, place: notice.place ?? null,
      off: Object.entries(notice.off).map(([name, days]) => ({ name, days })), makeUp: notice.make_up,
    }))
  }))
  if (mistakes.length > 0) throw unreadable(mistakes)
  return { packs: packs.sort((a, b) => a.rank - b.rank), texts, parameters, data, notices }
}

/** Folders inside a pack that hold no parameters: modules read them by `book.folder`. */
const plainFolders = new Set(['models', 'standards'])

function parameterOf(key: string, pack: string, file: string, read: z.output<typeof parameterFile>): Parameter {
  const days = Object.keys(read.values).sort() as Day[]
  return {
    key, pack, file, description: text(read.description, read.description_en), unit: text(read.unit, read.unit_en), introduces: read.introduces, reachableFrom: read.reachable_from,
    values: days.map((from) => ({ from, value: read.values[from]!, basis: read.basis[from] ?? null })),
    strayBases: (Object.keys(read.basis) as Day[]).filter((on) => !(on in read.values)),
    checkedOn: read.checked_on, legalReview: read.legal_review ?? null,
    examples: read.examples.map(({ name, on, given, expect }) => ({ name, on, given: (given as JsonObject | undefined) ?? null, expect })),
  }
}

function unreadable(mistakes: readonly Mistake[]): Refusal {
  const list = mistakes.map(({ file, cause }) => `${file}: ${cause}`).join('; ')
  return new Refusal({
    code: 'policy.unreadable', message: text(`政策文件无法读取:${list}`, `The policy folder cannot be read: ${list}`),
    fix: text('按 src/engines/policy/README.md 的格式改正所列文件。', 'Correct the named files; src/engines/policy/README.md shows their form.'),
  })
}

function namesIn(folder: string, below: string): string[] {
  const path = join(folder, below)
  return existsSync(path) ? readdirSync(path).filter((name) => !name.startsWith('.')).sort() : []
}

function filesBelow(folder: string, below: string): string[] {
  return namesIn(folder, below).flatMap((name) => {
    const path = `${below}/${name}`
    if (statSync(join(folder, path)).isDirectory()) return filesBelow(folder, path)
    return name.endsWith('.yaml') ? [path] : []
  })
}
