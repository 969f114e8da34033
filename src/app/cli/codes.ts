import type { Command } from 'commander'
import { checkCode } from '../../kernel/codes/index.ts'
import { answers } from './command.ts'
import { done, invalid } from './output.ts'

/** `xinheng check CODE` */
export function addCodeCommands(program: Command): void {
  answers(program.command('check <code>').description('check a code: USCC, organisation code, registration number, resident id'), ([code]) => {
    const { kind, valid, problems } = checkCode(code!)
    const said = problems.flatMap(({ message, fix }) => [`  ${message.zh} · ${message.en}`, `  → ${fix.zh} · ${fix.en}`])
    const answer = { kind, valid, problems }
    return valid ? done(answer, `✔ ${kind}`) : invalid(answer, `✖ ${kind ?? '无法识别 unknown'}`, ...said)
  })
}
