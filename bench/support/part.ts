import type { BenchServer } from './server.ts'
import type { Row } from './report.ts'

/** What a part is given. `scale` is 1 at full size; parts that know no subjects make their own sizes smaller by it. */
export type BenchContext = {
  readonly server: BenchServer
  readonly subjects: number
  readonly quick: boolean
  readonly scale: number
  /** What parts before this one measured, for rows that compare with it. */
  readonly measured: Map<string, number>
  note(line: string): void
}

/** A row as its part gives it. */
export type Result = Omit<Row, 'part'>

/** One part of the bench. */
export type Part = { readonly key: string; run(context: BenchContext): Promise<readonly Result[]> }
