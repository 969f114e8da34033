import type { ProblemDocument } from '../../platform/http/index.ts'

/** How a command answers: 0 success, 1 refusal or invalid rows, 2 wrong usage. */
export type Outcome = { readonly code: 0 | 1 | 2; readonly json: unknown; readonly lines: readonly string[]; readonly refused?: true }

/** Success, with what `--json` prints and what a person reads. */
export function done(json: unknown, ...lines: string[]): Outcome {
  return { code: 0, json, lines }
}

/** What was asked does not hold: invalid code, rejected rows, a proof that fails. */
export function invalid(json: unknown, ...lines: string[]): Outcome {
  return { code: 1, json, lines }
}

/** A refusal as its own outcome: cause, fix, basis. */
export function refused({ code, message, fix, field, basis }: Pick<ProblemDocument, 'code' | 'message' | 'fix' | 'field' | 'basis'>): Outcome {
  const lines = [`✖ ${message.zh} · ${message.en}`, `  → ${fix.zh} · ${fix.en}`]
  if (basis) lines.push(`  依据 basis: ${basis.text}${basis.article ? ` ${basis.article}` : ''}${basis.status === 'unconfirmed' ? '（未核实 unconfirmed）' : ''}`)
  return { code: 1, json: { error: { code, field, message, fix, basis } }, lines, refused: true }
}

/** Prints an outcome, what was found for standard output however bad it is, a refusal for standard error, and ends with its code once the output is written. */
export function print(outcome: Outcome, asJson: boolean): void {
  const text = asJson ? JSON.stringify(outcome.json, null, process.stdout.isTTY ? 2 : undefined) : outcome.lines.join('\n')
  const stream = !asJson && outcome.refused ? process.stderr : process.stdout
  if (text !== '') stream.write(`${text}\n`)
  process.exitCode = outcome.code
}
