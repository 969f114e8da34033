import { createReadStream, existsSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Argument, InvalidArgumentError, Option, type Command } from 'commander'
import type { Day } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/endpoint.ts'
import { downloadFailedRows, getBatch, importFile, listFlaggedRows, recogniseFile } from '../../modules/submissions/contract.ts'
import type { Client } from './client.ts'
import { answersFromData, dayArgument } from './command.ts'
import { done, invalid, refused, type Outcome } from './output.ts'

const KINDS = { subjects: 'subject', licences: 'licence', penalties: 'penalty', 'public-grades': 'public-grade' } as const
const PAGE = 500
const LOOK_EVERY_MS = 100

type Options = { department: string; receivedOn?: Day; failed?: string; json?: boolean }
type Batch = OutputOf<typeof getBatch>

/** `xinheng import subjects|licences|penalties|public-grades FILE --department CODE` */
export function addImportCommand(program: Command): void {
  answersFromData<Options>(
    program.command('import').addArgument(new Argument('<kind>').choices(Object.keys(KINDS))).argument('<file>', 'XLSX or CSV', existing)
      .addOption(new Option('--department <code>', 'key or USCC of the department that sends it').makeOptionMandatory())
      .option('--received-on <day>', 'day of receipt; today unless given', dayArgument)
      .option('--failed <xlsx>', 'where to write the workbook of failed rows').description('import a file that a department sends in'),
    async (client, [kind, path], options) => {
      const name = basename(path!)
      const { file } = await client.call(recogniseFile, { name }, createReadStream(path!))
      const { batchId } = await client.call(importFile, { file, name, kind: KINDS[kind as keyof typeof KINDS], department: options.department, receivedOn: options.receivedOn })
      const batch = await finished(client, batchId, options.json === true)
      if (batch.refusal) return refused(batch.refusal)
      await client.settled()
      if (options.failed && batch.rejected > 0) await client.download(downloadFailedRows, { batchId }, options.failed)
      return report(batch, await problemsOf(client, batchId, true), options.failed)
    },
  )
}

function existing(path: string): string {
  if (!existsSync(path)) throw new InvalidArgumentError(`没有这个文件 · there is no file ${path}`)
  return path
}

async function finished(client: Client, batchId: number, quiet: boolean): Promise<Batch> {
  for (;;) {
    const batch = await client.call(getBatch, { batchId })
    if (!quiet && process.stderr.isTTY && batch.progress) process.stderr.write(`\r${batch.read} 行 rows, ${Math.round(batch.progress.rowsPerSecond)}/s   `)
    if (batch.state === 'done' || batch.state === 'refused') return batch
    await setTimeout(LOOK_EVERY_MS)
  }
}

async function problemsOf(client: Client, batchId: number, rejected: boolean) {
  const errors = []
  for (let offset = 0; ; offset += PAGE) {
    const { rows, total } = await client.call(listFlaggedRows, { batchId, offset, limit: PAGE, rejected: String(rejected) })
    for (const { rowNumber, problems } of rows) {
      for (const { severity, field, code, message, fix } of problems) if (severity === 'error') errors.push({ row: rowNumber, field: field ?? null, code, message, fix })
    }
    if (offset + PAGE >= total) return errors
  }
}

function report({ batchId, read, accepted, unchanged, corrected, rejected, warned }: Batch, errors: Awaited<ReturnType<typeof problemsOf>>, failed?: string): Outcome {
  const answer = { batch: batchId, read, accepted, unchanged, corrected, rejected, warned, errors }
  const summary = `读取 ${read} 行：新增 ${accepted}，未变 ${unchanged}，更正 ${corrected}，退回 ${rejected} · read ${read}: ${accepted} accepted, ${unchanged} unchanged, ${corrected} corrected, ${rejected} rejected`
  if (rejected === 0) return done(answer, summary)
  const lines = errors.slice(0, 20).map(({ row, field, message, fix }) => `  第 ${row} 行 ${field ?? ''}：${message.zh} → ${fix.zh}`)
  if (errors.length > 20) lines.push(`  … 另有 ${errors.length - 20} 处 more`)
  return invalid(answer, summary, ...lines, failed ? `失败行已写入 ${failed} · failed rows are in ${failed}` : '用 --failed OUT.xlsx 取得失败行 · get the failed rows with --failed OUT.xlsx')
}
