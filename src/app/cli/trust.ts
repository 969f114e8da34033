// @clause 4.4
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { z } from 'zod'
import { keysAfter } from '../../engines/ledger/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'

/** What somebody without our server and database trusts: a verifier key, statements of later keys, a checkpoint that he has from elsewhere. */
export type Trust = { readonly key?: string; readonly rotations?: string; readonly checkpoint?: string }

/** What the option `--key` says. */
export const KEY = 'verifier key, as the checkpoint command prints it'

/** Adds the options beside the key. */
export function trusting(command: Command): Command {
  return command.option('--rotations <file>', 'statements of later keys, as `ledger keys --out` writes them').option('--checkpoint <file>', 'a signed checkpoint that you have from elsewhere: the proof has to lead to it')
}

/** The key that is trusted, and those that came after it by the statements. Refuses `rotations.unreadable`. */
export function keysOf({ key, rotations }: Trust): string[] {
  return rotations === undefined ? [key!] : keysAfter(key!, statementsIn(rotations))
}

/** The checkpoint that is trusted, as text. */
export function heldOf({ checkpoint }: Trust): string | undefined {
  return checkpoint === undefined ? undefined : readFileSync(checkpoint, 'utf8')
}

function statementsIn(file: string) {
  try {
    return z.array(z.object({ former: z.string(), verifierKey: z.string(), note: z.string() })).parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error
    throw new Refusal({ code: 'rotations.unreadable', message: text(`${file} 不是密钥更换声明`, `${file} holds no statements of changed keys`), fix: text('请用 xinheng ledger keys --out FILE 取得', 'Get it by xinheng ledger keys --out FILE') })
  }
}
