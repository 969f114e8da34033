import { cpus, totalmem, type as system, release } from 'node:os'

/** One line of the table: a work, our figure, what one would get otherwise, and the aim. Figures are texts with their unit. */
export type Row = {
  /** Key of the part, as `npm run bench -- <part>` takes it. */
  readonly part: string
  readonly work: string
  readonly ours: string
  readonly beside: string
  readonly aim: string
  /** Null where there is no aim: the row only informs. */
  readonly met: boolean | null
  /** Numbers behind the texts, for whoever compares runs. */
  readonly figures: Readonly<Record<string, number>>
}

/** One run of the bench. */
export type Report = {
  readonly at: string
  readonly commit: string
  readonly machine: { readonly processor: string; readonly cores: number; readonly memoryGb: number; readonly system: string }
  readonly versions: Readonly<Record<string, string>>
  readonly settings: Readonly<Record<string, string>>
  readonly sizes: Readonly<Record<string, number>>
  readonly rows: readonly Row[]
}

/** The machine on which this runs. */
export function machine(): Report['machine'] {
  return { processor: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), system: `${system()} ${release()}` }
}

/** A number with its thousands parted, at most two decimals. */
export function number(value: number): string {
  const places = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return value.toLocaleString('en-US', { maximumFractionDigits: places })
}

/** Seconds or milliseconds, whichever reads better. */
export function duration(ms: number): string {
  return ms >= 1000 ? `${number(ms / 1000)} s` : `${number(ms)} ms`
}

const verdict = ({ met }: Row): string => (met === null ? '—' : met ? 'met' : 'missed')

/** A row for the terminal. */
export function printed(row: Row): string {
  return [`${row.work}`, `  ours    ${row.ours}`, `  beside  ${row.beside}`, `  aim     ${row.aim}  →  ${verdict(row)}`].join('\n')
}

/** `docs/performance.md`: the table of a run, how to repeat each row, and the notes. */
export function markdown(report: Report, notes: string): string {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const command = (row: Row) => `\`npm run bench -- ${row.part}\``
  return [
    '# Performance', '',
    '<!-- Made by `npm run bench` from bench/results/latest.json and bench/notes.md: do not edit. -->', '',
    `One run of \`npm run bench\` on ${report.at.slice(0, 10)}, commit ${report.commit}: ${report.machine.cores} × ${report.machine.processor}, ${report.machine.memoryGb} GB, ${report.machine.system}; ${Object.entries(report.versions).map(([name, version]) => `${name} ${version}`).join(', ')}.`,
    `Sizes: ${Object.entries(report.sizes).map(([name, size]) => `${size.toLocaleString('en-US')} ${name}`).join(', ')}. The database server, the program and what is measured beside share the machine.`, '',
    '| work | Xinheng | beside, same machine, same run | aim | | repeat |', '|---|---|---|---|---|---|',
    ...report.rows.map((row) => `| ${cell(row.work)} | ${cell(row.ours)} | ${cell(row.beside)} | ${cell(row.aim)} | ${row.met === false ? '**missed**' : verdict(row)} | ${command(row)} |`), '',
    notes.trim(), '',
    '## Settings of the database', '',
    `The bench starts its own PostgreSQL: ${Object.entries(report.settings).map(([key, value]) => `\`${key}=${value}\``).join(', ')}. Everything is committed durably (\`fsync\`, \`synchronous_commit\` on). Autovacuum is off so that figures repeat; tables are vacuumed and analysed after they are filled.`, '',
  ].join('\n')
}
