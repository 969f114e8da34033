// @clause X.5
/** Levels of a line, as words. */
export type Level = 'info' | 'warn' | 'error'
/** What a line says beside its sentence. `err` is described by {@link describeFault}; personal data never belongs here. */
export type LogParts = Readonly<Record<string, unknown>>
/** The log (日志): one line each, for a machine or for a person. */
export type Log = {
  info(parts: LogParts, sentence: string): void
  warn(parts: LogParts, sentence: string): void
  error(parts: LogParts, sentence: string): void
  /** Takes finished JSON lines, e.g. those of the HTTP server's own logger. */
  readonly lines: { write(line: string): void }
}

/** `json`: one JSON object a line; `text`: for a person at a terminal. */
export type LogForm = 'json' | 'text'

type Out = { write(text: string): unknown; readonly isTTY?: boolean }

/** Opens the log on a stream. Without `form` a terminal gets text and everything else JSON. */
export function openLog(out: Out, now: () => Date, form: LogForm = out.isTTY ? 'text' : 'json'): Log {
  const lines = { write: (line: string) => void out.write(form === 'json' ? line : readable(JSON.parse(line) as LogParts)) }
  const say = (level: Level) => (parts: LogParts, sentence: string) => lines.write(`${JSON.stringify({ level, time: now().toISOString(), ...parts, ...('err' in parts ? { err: describeFault(parts['err']) } : {}), msg: sentence })}\n`)
  return { info: say('info'), warn: say('warn'), error: say('error'), lines }
}

/**
 * A fault as the log tells it: kind, message, code, where. Not the values that a database error quotes (`Key (uscc)=(…)`), nor anything else that
 * hangs on the error: they may be personal data or secrets.
 */
export function describeFault(error: unknown): { type: string; message: string; code?: string; constraint?: string; stack?: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutValues(String(error)) }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  const cause = error.cause instanceof Error ? `\ncaused by ${withoutValues(error.cause.stack ?? error.cause.message)}` : ''
  return {
    type: error.name, message: withoutValues(error.message), code: typeof code === 'string' ? code : undefined, constraint: typeof constraint === 'string' ? constraint : undefined,
    stack: withoutValues(error.stack ?? '') + cause,
  }
}

/** Makes what others print with `console.error` lines of the log. For the program as a server; commands print to the terminal. */
export function takeConsole(log: Log): void {
  console.error = (...said: unknown[]) => {
    const err = said.find((one) => one instanceof Error)
    log.error(err ? { err } : {}, said.filter((one) => one !== err).map(String).join(' '))
  }
}

function withoutValues(text: string): string {
  return text.replace(/\b(Key|Failing row contains) ?(\([^)]*\))?[= ]*\(.*\)/g, '$1 $2 (…)').replace(/(:\/\/[^:/@\s]+:)[^@\s]+@/g, '$1…@')
}

function readable(parts: LogParts): string {
  const { level, time, msg, method, route, status, ms, actor, err, reqId, fault, ...rest } = parts as Record<string, string | undefined> & { err?: { stack?: string; message?: string } }
  const request = method === undefined ? '' : ` ${method} ${route} ${status} ${ms} ms ${actor ?? ''}`
  const mark = { info: ' ', warn: '!', error: '✖' }[level as Level] ?? ' '
  const further = Object.entries(rest).filter(([name]) => name !== 'pid' && name !== 'hostname').map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join('')
  return `${new Date(String(time)).toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai' })} ${mark} ${method === undefined ? msg : request.trim()}${fault === undefined ? '' : ` 编号 reference ${fault}`}${further}\n${err === undefined ? '' : `${err.stack ?? err.message}\n`}`
}
