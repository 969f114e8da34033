import { isUscc, PLACEHOLDER_USCC, usccProblems } from '../../../kernel/codes/index.ts'
import type { Day } from '../../../kernel/day.ts'
import type { Fen } from '../../../kernel/money.ts'
import type { Problem } from '../../../kernel/refusal.ts'
import type { CellRead } from './cell.ts'
import { problem } from './problems.ts'
import type { IntakeProblemCode } from './problems.ts'
import type { Field, KindTable, Standard } from './standard.ts'

/** What the rules of a row are told from outside; they know neither database nor clock. */
export type IntakeContext = {
  /** The day on which the file was received: no decision can be later. */
  readonly receivedOn: Day
  /** Decisions before this day are not taken. */
  readonly earliestDecision: Day
  readonly penaltyKinds: KindTable
  readonly licenceKinds: KindTable
  readonly sectors?: KindTable
  /** Codes that fail their check and were admitted by an officer. */
  readonly admitted?: ReadonlySet<string>
  /** The department that sends: fills the source unit where the row leaves it empty. */
  readonly source?: { readonly name: string; readonly uscc: string }
}

/** A row while it is being judged: cells that were read, and problems collected. A field with an error is judged no further. */
export type Draft = {
  readonly context: IntakeContext
  text(id: string): string
  day(id: string): Day | null
  fen(id: string): Fen | null
  keys(id: string): readonly string[]
  /** Writes another canonical text; empty drops the field. */
  set(id: string, text: string): void
  has(id: string): boolean
  /** True when the field has no error so far. */
  sound(id: string): boolean
  add(code: IntakeProblemCode, id: string, parts?: { value?: string; zh?: string; en?: string }): void
  /** Adds problems of the kernel to a field. */
  addAll(id: string, problems: readonly Problem[]): void
  title(id: string): { zh: string; en: string }
  readonly problems: readonly Problem[]
  values(): Record<string, string>
}

const byId = new WeakMap<Standard, ReadonlyMap<string, Field>>()

function fieldsById(standard: Standard): ReadonlyMap<string, Field> {
  const fields = byId.get(standard) ?? new Map(standard.fields.map((field) => [field.id, field]))
  byId.set(standard, fields)
  return fields
}

/** Begins to judge a row. */
export function draftOf(standard: Standard, read: ReadonlyMap<string, CellRead>, context: IntakeContext): Draft {
  return new RowDraft(standard, read, context)
}

class RowDraft implements Draft {
  readonly context: IntakeContext
  readonly problems: Problem[] = []
  readonly #standard: Standard
  readonly #read: ReadonlyMap<string, CellRead>
  /** Texts that a rule wrote in place of what was read; of most rows there are none. */
  readonly #written = new Map<string, string>()

  constructor(standard: Standard, read: ReadonlyMap<string, CellRead>, context: IntakeContext) {
    this.#standard = standard
    this.#read = read
    this.context = context
    for (const { problems } of read.values()) for (const one of problems) this.problems.push(one)
  }

  text(id: string): string {
    return this.#written.get(id) ?? this.#read.get(id)?.text ?? ''
  }

  day(id: string): Day | null {
    return this.has(id) ? (this.#read.get(id)?.day ?? null) : null
  }

  fen(id: string): Fen | null {
    return this.has(id) ? (this.#read.get(id)?.fen ?? null) : null
  }

  keys(id: string): readonly string[] {
    return this.#read.get(id)?.keys ?? []
  }

  set(id: string, text: string): void {
    this.#written.set(id, text)
  }

  has(id: string): boolean {
    return this.text(id) !== ''
  }

  sound(id: string): boolean {
    return !this.problems.some((known) => known.field === id && known.severity === 'error')
  }

  add(code: IntakeProblemCode, id: string, parts?: { value?: string; zh?: string; en?: string }): void {
    this.problems.push(problem(code, fieldsById(this.#standard).get(id) ?? null, parts))
  }

  addAll(id: string, problems: readonly Problem[]): void {
    for (const one of problems) this.problems.push({ ...one, field: id })
  }

  title(id: string): { zh: string; en: string } {
    const field = fieldsById(this.#standard).get(id)
    return { zh: field?.zh ?? id, en: field?.en ?? id }
  }

  values(): Record<string, string> {
    const values: Record<string, string> = {}
    for (const { id } of this.#standard.fields) {
      const text = this.text(id)
      if (text !== '') values[id] = text
    }
    return values
  }
}

/** Mandatory fields that are empty. */
export function checkRequired(draft: Draft, standard: Standard): void {
  for (const field of standard.fields) if (field.required === 'M' && !draft.has(field.id)) draft.add('field.required', field.id)
}

/** Checks the code of a field; answers whether it identifies somebody, and whether only because an officer admitted it. */
export function checkUscc(draft: Draft, id: string): 'valid' | 'admitted' | 'wrong' | 'empty' {
  const code = draft.text(id)
  if (code === '') return 'empty'
  if (!draft.sound(id)) return 'wrong'
  if (code !== PLACEHOLDER_USCC && !isUscc(code) && draft.context.admitted?.has(code)) {
    draft.add('code.admitted', id, { value: code })
    return 'admitted'
  }
  const problems = usccProblems(code)
  draft.addAll(id, problems)
  return problems.some(({ severity }) => severity === 'error') ? 'wrong' : 'valid'
}
