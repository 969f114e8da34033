import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InvalidArgumentError, type Command } from 'commander'
import type { Day } from '../../kernel/day.ts'
import { dayOf } from '../../kernel/day.ts'
import { answerDayAdd, answerPolicyGet, checkPolicy, loadPolicy } from '../../engines/policy/index.ts'
import { seedProblems } from '../../modules/organisation/index.ts'
import { systemClock } from '../../platform/clock.ts'
import { answers, dayArgument, type Common } from './command.ts'
import { done, invalid } from './output.ts'

const shipped = fileURLToPath(new URL('../../../policy', import.meta.url))
const bookOf = ({ policy }: Common) => loadPolicy(policy ?? shipped)
const count = (text: string): number => {
  if (!/^-?\d+$/.test(text)) throw new InvalidArgumentError('请给出整数 · a whole number is needed')
  return Number(text)
}

/** `xinheng day add`, `xinheng policy get|check` */
export function addLawCommands(program: Command): void {
  const days = program.command('day').description('working days')
  answers<{ knownOn?: Day }>(
    days.command('add').argument('<day>', 'the day from which is counted', dayArgument).argument('<count>', 'working days', count)
      .option('--known-on <day>', 'by the calendar known on that day', dayArgument).description('the day so many working days later'),
    ([from, number], options) => {
      const answer = answerDayAdd(bookOf(options), from as Day, Number(number), options.knownOn ? { knownOn: options.knownOn } : {})
      return done(answer, `${answer.day}${answer.provisional ? `（暂定 provisional：${answer.reason?.zh ?? ''}）` : ''}`)
    },
  )
  const law = program.command('policy').description('figures of law')
  answers<{ on?: Day }>(
    law.command('get <key>').option('--on <day>', 'on which day; today unless given', dayArgument).description('the value of a figure on a day, with its basis'),
    ([key], options) => {
      const answer = answerPolicyGet(bookOf(options), key!, options.on ?? dayOf(systemClock.now()))
      const title = answer.basisTitle?.zh ?? answer.basis.text
      return done(answer, `${JSON.stringify(answer.value)}  ${answer.unit.zh}`, `自 ${answer.inForceFrom} 起，依据《${title}》${answer.basis.article ?? ''}${answer.status === 'unconfirmed' ? '（未核实 unconfirmed）' : ''}`)
    },
  )
  answers(law.command('check').description('check the whole policy folder'), (_, options) => {
    const folder = options.policy ?? shipped
    const book = loadPolicy(folder)
    const problems = [...checkPolicy(book), ...seedProblems(book)]
    const lines = problems.flatMap(({ code, message, fix }) => [`✖ ${code}: ${message.zh} · ${message.en}`, `  → ${fix.zh} · ${fix.en}`])
    return problems.length === 0 ? done({ folder: join(folder), problems }, '✔ 政策库没有错误 · the policy folder is in order') : invalid({ folder, problems }, ...lines)
  })
}
