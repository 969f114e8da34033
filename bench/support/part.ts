import type { BenchServer } from './server.ts'
import type { Row } from './report.ts'

/** What a part is given. `scale` is 1 at full size; parts that know no subjects make their own sizes smaller by it. */
export type BenchContext = {
  readonly server: BenchServer
  readonly subjects: number
  readonly quick: boolean
  readonly scale: number
  note(line: string): void
}

/** One part of the bench. */
export type Part = { readonly key: string; run(context: BenchContext): Promise<readonly Omit<Row, 'part'>[]> }
