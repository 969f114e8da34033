// @clause X.4
import type { Command } from 'commander'
import { carryOutRemoval, listRemovals } from '../../modules/removals/contract.ts'
import { answersFromData, wholeArgument } from './command.ts'
import { done } from './output.ts'

/** `xinheng removals list|carry-out` */
export function addRemovalsCommands(program: Command): void {
  const removals = program.command('removals').description('removals of persons\' data: carried out here where the server\'s login does not own the tables')
  answersFromData(removals.command('list').description('those that were approved and wait to be carried out'), async (client) => {
    const { rows, total } = await client.call(listRemovals, { state: 'approved' })
    return done({ rows, total }, ...(total === 0 ? ['没有待执行的删除 · none waits'] : rows.map(({ removalId, who, dueOn }) => `${removalId}\t${who.zh}\t${dueOn}`)))
  })
  answersFromData<{ words: string }>(
    removals.command('carry-out').argument('<number>', 'number of the removal', wholeArgument).requiredOption('--words <text>', 'by which decision; neither name nor number').description('remove the data of an approved removal, for good'),
    async (client, [number], { words }) => {
      const answer = await client.call(carryOutRemoval, { removalId: Number(number), words, requestId: `carry-out-${number}` })
      await client.settled()
      return done(answer, `已删除，涉及 ${answer.entries} 条账目、${answer.files} 个文件 · removed: ${answer.entries} entries, ${answer.files} files`)
    },
  )
}
