// @clause 4.3
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { sizeOfCheckpoint } from '../../engines/ledger/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { downloadArchive, listArchives, proveArchive } from '../../modules/audit/contract.ts'
import { readArchive, verifyArchive, type ArchiveSays } from '../../modules/audit/index.ts'
import { archiveTrail } from '../operate/contract.ts'
import type { Client } from './client.ts'
import { answers, answersFromData, fromData, wholeArgument } from './command.ts'
import { done, invalid } from './output.ts'
import { heldOf, KEY, keysOf, trusting, type Trust } from './trust.ts'

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
  answersFromData<{ checkpoint?: string }>(
    audit.command('fetch').argument('<seal>', 'number of the seal, as archives prints it, or all', (text) => (text === 'all' ? text : wholeArgument(text))).argument('<out>', 'where to write it: a file, with all a folder').option('--checkpoint <file>', 'prove it by this checkpoint, not by the newest')
      .description('an archive and its proof as files, to be kept elsewhere and verified there without this server'),
    async (client, [seal, out], { checkpoint }) => {
      await client.settled()
      const size = checkpoint === undefined ? undefined : (sizeOfCheckpoint(heldOf({ checkpoint })!) ?? fail(noCheckpoint(checkpoint)))
      const wanted = seal === 'all' ? (await client.call(listArchives, {})).rows.map(({ sealId }) => sealId) : [Number(seal)]
      if (seal === 'all') mkdirSync(out!, { recursive: true })
      const files: string[] = []
      for (const sealId of wanted) {
        const file = seal === 'all' ? join(out!, `trail-${String(sealId).padStart(6, '0')}.jsonl.gz`) : out!
        const { proof } = await client.call(proveArchive, { sealId, size })
        await client.download(downloadArchive, { sealId }, file)
        writeFileSync(proofOf(file), `${JSON.stringify(proof)}\n`)
        files.push(file)
      }
      return done({ files }, ...(files.length === 0 ? ['还没有归档 · there are no archives'] : files.map((file) => `归档与证明已写入 ${file}、${proofOf(file)} · archive and proof are there`)))
    },
  )
  answers<Trust & { proof?: string }>(
    trusting(audit.command('verify').argument('<file...>', 'archives').option('--key <key>', `${KEY}; with it neither server nor database is asked`)).option('--proof <file>', 'the proof of the one archive; FILE.proof.json unless named')
      .description('recompute archives line by line: with --key by their proofs alone, else by the open database'),
    async (given, options) => {
      const files = given.flat()
      if (options.key === undefined && (options.checkpoint ?? options.rotations ?? options.proof) !== undefined) throw keyMissing()
      const judged = options.key === undefined ? await fromData(options, (client) => Promise.all(files.map((file) => byDatabase(client, file)))) : await Promise.all(files.map((file) => byProof(file, options)))
      const json = judged.map(({ answer }) => answer)
      const lines = [...judged.flatMap((one) => one.lines), ...gapsOf(judged)]
      return (judged.every(({ good }) => good) ? done : invalid)(json.length === 1 ? json[0] : json, ...lines)
    },
  )
}

type Judged = { readonly good: boolean; readonly answer: object; readonly lines: readonly string[]; readonly fromId: number; readonly toId: number }

const proofOf = (file: string): string => `${file}.proof.json`
const stretchOf = ({ fromId, toId, rows, fromAt, untilAt }: Omit<ArchiveSays, 'leaves'>): string => `第 ${fromId}–${toId} 行，${rows} 行，${dayOf(fromAt)} – ${dayOf(untilAt)} · lines ${fromId} to ${toId}`

async function byDatabase(client: Client, file: string): Promise<Judged> {
  const bytes = readFileSync(file)
  const { leaves: _, ...says } = await readArchive(bytes)
  const known = (await client.call(listArchives, {})).rows.find(({ sealId }) => sealId === says.sealId)
  const [lines, whole] = [known?.digest === says.digest && known.rows === says.rows, known?.file === createHash('sha256').update(bytes).digest('hex')]
  const answer = { ...says, sealed: known?.digest ?? null, lines, file: whole }
  const what = stretchOf(says)
  return {
    good: lines, answer, fromId: says.fromId, toId: says.toId,
    lines: lines ? [`✔ 与封存时一致 · as it was sealed: ${what}`, ...(whole ? [] : ['  文件经过重新压缩，内容一致 · compressed anew, the same content'])] : [known ? `✖ 与封存时不符 · not as it was sealed: ${what}` : `✖ 账本中没有这一段 · nothing of it was entered: ${what}`],
  }
}

async function byProof(file: string, trust: Trust & { readonly proof?: string }): Promise<Judged> {
  const { says: { leaves: _, ...says }, problems, checkpoint } = await verifyArchive(readFileSync(file), readFileSync(trust.proof ?? proofOf(file), 'utf8'), keysOf(trust), heldOf(trust))
  const [good, what] = [problems.length === 0, stretchOf(says)]
  return {
    good, answer: { ...says, valid: good, problems, checkpoint: checkpoint ?? null }, fromId: says.fromId, toId: says.toId,
    lines: good ? [`✔ 与封存时一致，封存在 ${checkpoint!.origin} 的 ${checkpoint!.size} 条账目之中 · as it was sealed, and the seal stands in the log: ${what}`] : [`✖ 不成立 · does not hold: ${file}，${what}`, ...problems.map(({ zh, en }) => `  ${zh} · ${en}`)],
  }
}

/** Seals join without a gap: what lies between archives was not handed over. */
function gapsOf(judged: readonly Judged[]): string[] {
  const inOrder = judged.toSorted((one, other) => one.fromId - other.fromId)
  return inOrder.slice(1).flatMap(({ fromId }, at) => (fromId > inOrder[at]!.toId + 1 ? [`  其间第 ${inOrder[at]!.toId + 1}–${fromId - 1} 行不在所给归档中 · lines ${inOrder[at]!.toId + 1} to ${fromId - 1} are in none of these archives`] : []))
}

function noCheckpoint(file: string): Refusal {
  return new Refusal({ code: 'checkpoint.unreadable', message: text(`${file} 中没有检查点`, `${file} holds no checkpoint`), fix: text('请用 xinheng ledger checkpoint --out FILE 取得', 'Get one by xinheng ledger checkpoint --out FILE') })
}

function keyMissing(): Refusal {
  return new Refusal({ code: 'key.missing', message: text('离线核验需要公钥', 'Verifying by a proof needs the verifier key'), fix: text('请加 --key；公钥见 xinheng ledger checkpoint，应从可信渠道取得', 'Add --key; xinheng ledger checkpoint prints it. Have it from where you trust it') })
}

function fail(refusal: Refusal): never {
  throw refusal
}
