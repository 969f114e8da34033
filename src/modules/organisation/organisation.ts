import type { PolicyBook } from '../../engines/policy/index.ts'

/** A department (部门) of the district. `sector` is the one of the eight sectors that it supervises, if any. */
export type Department = { readonly key: string; readonly zh: string; readonly en: string; readonly uscc: string; readonly sector: string | null; readonly role: 'department' | 'credit-office' }
/** One of the sectors (行业领域) in which grades steer supervision. */
export type Sector = { readonly key: string; readonly zh: string; readonly en: string }
/** The district (辖区) that runs the system, by its GB/T 2260 code. */
export type District = { readonly code: string; readonly zh: string; readonly en: string }

/** The departments of the district, from `departments.yaml`. */
export function departmentsOf(book: PolicyBook): readonly Department[] {
  return book.file<{ departments: Department[] }>('departments').departments
}

/** The eight sectors of clause (六), from `sectors.yaml`. */
export function sectorsOf(book: PolicyBook): readonly Sector[] {
  return book.file<{ sectors: Sector[] }>('sectors').sectors
}

/** The district, from `places.yaml`. */
export function districtOf(book: PolicyBook): District {
  return book.file<{ district: District }>('places').district
}
