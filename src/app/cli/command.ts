import { InvalidArgumentError, type Command } from 'commander'
import { Refusal } from '../../kernel/refusal.ts'
import { day, isDay, type Day } from '../../kernel/day.ts'
import { problemOf } from '../../platform/http/index.ts'
import { openClient, Refused, type Client, type Place } from './client.ts'
import { mustBeGuarded } from './database-url.ts'
import { print, refused, type Outcome } from './output.ts'
import { refusalOfSurroundings } from './surroundings.ts'

/** Options that every command has. */
export type Common = { readonly json?: boolean; readonly data: string; readonly policy?: string; readonly purpose?: string }

/** Options of the program and of the command together; `--json` and `--data` may stand before or behind the command's name. */
export function commonOf(command: Command): Common {
  return command.optsWithGlobals<Common>()
}

/** Where the commands find the program: `DATABASE_URL` names a PostgreSQL, `XINHENG_OWNER_URL` the login that owns its schema, where that is another. Refuses `database.without-tls`. */
export function placeOf({ data, policy }: Common): Place {
  const { DATABASE_URL, XINHENG_OWNER_URL, XINHENG_DATABASE_WITHOUT_TLS, PGSSLMODE, PGHOST } = process.env
  for (const url of [DATABASE_URL, XINHENG_OWNER_URL]) if (url) mustBeGuarded(url, { plain: XINHENG_DATABASE_WITHOUT_TLS === '1', sslMode: PGSSLMODE, host: PGHOST })
  return { data, databaseUrl: DATABASE_URL || undefined, ownerUrl: XINHENG_OWNER_URL || undefined, policy }
}

/** The options of a command that shows subjects, records, scores or what an entry says: for what purpose, and whether all of it is shown. */
export function saysPurpose(command: Command, full = 'name a person in full; needs --purpose'): Command {
  return command.option('--purpose <words>', 'for what purpose, four characters at least; stands in the audit trail').option('--full', full)
}

/** Adds a command whose work is a pure answer. A Refusal becomes its outcome. */
export function answers<Options>(command: Command, work: (positional: string[], options: Options & Common) => Promise<Outcome> | Outcome): Command {
  return command.option('--json', 'print JSON only').option('--data <dir>', 'data folder').action(async (...given: unknown[]) => {
    const options = commonOf(command) as Options & Common
    const outcome = await settle(async () => work(given.slice(0, command.registeredArguments.length) as string[], options))
    print(outcome, options.json === true)
  })
}

/** Adds a command that needs the database: it goes through the server that holds the data folder, or opens it. */
export function answersFromData<Options>(command: Command, work: (client: Client, positional: string[], options: Options & Common) => Promise<Outcome>): Command {
  return answers<Options>(command, (positional, options) => fromData(options, (client) => work(client, positional, options)))
}

/** Opens the API for a piece of work, says so where it goes through a server, and closes it. */
export async function fromData<Result>(options: Common, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = await openClient(placeOf(options), options.purpose)
  if (client.server && !options.json) process.stderr.write(`（数据目录由运行中的服务使用，经由 ${client.server} 办理 · going through the running server）\n`)
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}

async function settle(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refused) return refused(error.problem)
    const problem = problemOf(error instanceof Refusal ? error : refusalOfSurroundings(error))
    if (problem) return refused(problem)
    throw error
  }
}

/** A day given as an argument; anything else is wrong usage. */
export function dayArgument(text: string): Day {
  if (!isDay(text)) throw new InvalidArgumentError('日期写作 2026-11-22 · write a day as 2026-11-22')
  return day(text)
}

/** A whole number given as an argument, still as text; anything else is wrong usage. */
export function wholeArgument(text: string): string {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('请给出整数 · a whole number is needed')
  return text
}
