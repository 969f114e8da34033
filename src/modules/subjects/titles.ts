import type { PolicyBook } from '../../engines/policy/index.ts'
import { normaliseName } from './names.ts'

type Industries = { sections: { code: string; zh: string; divisions: { code: string; zh: string }[] }[] }
type Places = { district: { code: string; zh: string }; places: { code: string; zh: string }[] }
type Departments = { departments: { key: string; uscc: string; zh: string }[] }

/** Names and codes of industries, places and departments, from the law's data files. */
export type Titles = {
  /** Chinese name of a section or division of GB/T 4754 (行业门类、大类): `H`, `H61`, `61` or `6110`; null when unknown. */
  industry(code: string | null): string | null
  /** Chinese name of a place by its statistics-bureau code; a text that is no code stands for itself. */
  place(code: string | null): string | null
  /** Code of a residents' or villagers' committee (居/村) by its name, with or without its ending; null when there is none, or several. */
  placeNamed(name: string): string | null
  /** Key of a department by its name, key or credit code; null when there is none. */
  departmentNamed(name: string): string | null
}

const made = new WeakMap<PolicyBook, Titles>()

/** The titles of a book; made once. */
export function titlesOf(policy: PolicyBook): Titles {
  return made.get(policy) ?? made.set(policy, makeTitles(policy)).get(policy)!
}

function makeTitles(policy: PolicyBook): Titles {
  const { sections } = policy.file<Industries>('industries')
  const { places, district } = policy.file<Places>('places')
  const { departments } = policy.file<Departments>('departments')
  const industries = new Map(sections.flatMap(({ code, zh, divisions }) => [[code, zh] as const, ...divisions.map((division) => [division.code, division.zh] as const)]))
  const placeTitles = new Map([district, ...places].map(({ code, zh }) => [code, zh]))
  const placeCodes = new Map<string, string | null>()
  for (const { code, zh } of places) {
    for (const name of new Set([zh, bare(zh)])) placeCodes.set(normaliseName(name), placeCodes.has(normaliseName(name)) ? null : code)
  }
  const departmentKeys = new Map(departments.flatMap(({ key, uscc, zh }) => [[normaliseName(key), key], [uscc, key], [normaliseName(zh), key]] as const))
  return {
    industry(code) {
      if (code === null) return null
      return industries.get(code.replace(/^[A-Z](?=\d)/, '').slice(0, 2)) ?? industries.get(code.slice(0, 1)) ?? null
    },
    place: (code) => (code === null ? null : placeTitles.get(code) ?? code),
    placeNamed: (name) => placeCodes.get(normaliseName(name)) ?? placeCodes.get(normaliseName(bare(name))) ?? (placeTitles.has(name) ? name : null),
    departmentNamed: (name) => departmentKeys.get(normaliseName(name)) ?? null,
  }
}

function bare(name: string): string {
  return name.replace(/(村民委员会|居民委员会|村委会|居委会|社区居委会|社区|村|居)$/, '')
}
