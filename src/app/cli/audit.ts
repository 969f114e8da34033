// @clause 4.3
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { downloadArchive, listArchives } from '../../modules/audit/contract.ts'
import { readArchive } from '../../modules/audit/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { archiveTrail } from '../operate/contract.ts'
import { answersFromData, wholeArgument } from './command.ts'
import { done, invalid } from './output.ts'

/** `xinheng audit archive|archives|fetch|verify` */
export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('the audit trail and its archives')
  answersFromData(audit.command('archive').description('put sealed stretches past their time into files, then take their lines out of the table'), async (client) => {
    const answer = await client.call(archiveTrail, {})
    await client.settled()
    return done({ ...answer, before: dayOf(answer.before) }, `${dayOf(answer.before)} 以前封存的审计日志：新归档 ${answer.archived} 段，移出 ${answer.removed} 行 · sealed before that day: ${answer.archived} stretches archived, ${answer.removed} lines taken out of the table`,
      ...(answer.archived > 0 ? ['  请用 audit fetch 另存到别的介质 · keep copies elsewhere: audit fetch'] : []))
  })
  answersFromData(audit.command('archives').description('the stretches that stand in files'), async (client) => {
    const { years, rows } = await client.call(listArchives, {})
    return done({ years, rows }, `在线保存 ${years} 年 · kept in the table for ${years} years`, ...rows.map((one) => `${one.sealId}\t${dayOf(one.fromAt)} – ${dayOf(one.untilAt)}\t${one.rows}\t${one.removed ? '已移出 taken out' : '仍在表中 still in the table'}\t${one.file}`))
  })
  answersFromData(audit.command('fetch').argument('<seal>', 'number of the seal, as archives prints it', wholeArgument).argument('<out>', 'where to write it').description('one archive as a file, to be kept elsewhere'), async (client, [seal, out]) => {
    await client.download(downloadArchive, { sealId: Number(seal) }, out!)
    return done({ sealId: Number(seal), file: out }, `归档已写入 ${out} · the archive is in ${out}`)
  })
  answersFromData(audit.command('verify').argument('<file>', 'the archive').description('recompute an archive line by line and compare it with what was sealed and entered into the ledger'), async (client, [file]) => {
    const bytes = readFileSync(file!)
    const says = await readArchive(bytes)
    const known = (await client.call(listArchives, {})).rows.find(({ sealId }) => sealId === says.sealId)
    const [lines, whole] = [known?.digest === says.digest && known.rows === says.rows, known?.file === createHash('sha256').update(bytes).digest('hex')]
    const answer = { ...says, sealed: known?.digest ?? null, lines, file: whole }
    const what = `第 ${says.fromId}–${says.toId} 行，${says.rows} 行，${dayOf(says.fromAt)} – ${dayOf(says.untilAt)} · lines ${says.fromId} to ${says.toId}`
    return lines ? done(answer, `✔ 与封存时一致 · as it was sealed: ${what}`, ...(whole ? [] : ['  文件经过重新压缩，内容一致 · compressed anew, the same content'])) : invalid(answer, known ? `✖ 与封存时不符 · not as it was sealed: ${what}` : `✖ 账本中没有这一段 · nothing of it was entered: ${what}`)
  })
}
