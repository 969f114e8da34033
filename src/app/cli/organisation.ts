// @clause 12.1
import { createReadStream, existsSync } from 'node:fs'
import { basename } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import type { OutputOf } from '../../kernel/endpoint.ts'
import { applyImport, downloadImportProblems, downloadOrganisation, previewImport } from '../../modules/organisation/contract.ts'
import { answersFromData } from './command.ts'
import { done, invalid, type Outcome } from './output.ts'

type Preview = OutputOf<typeof previewImport>
type Options = { apply?: boolean; problems?: string; json?: boolean; empty?: boolean }

const SHOWN = 40
const WHAT = { new: '新增 new', changed: '变更 changed', same: '不变 same' } as const

/** `xinheng organisation import FILE [--apply] [--problems OUT.xlsx]` and `xinheng organisation export OUT [--empty]` */
export function addOrganisationCommands(program: Command): void {
  const organisation = program.command('organisation').description('the organisation as a workbook: departments, sections, posts, officers, duties')
  answersFromData<Options>(
    organisation.command('import').argument('<file>', 'XLSX in the layout of `organisation export --empty`', existing).option('--apply', 'do what the preview shows; without it nothing is stored')
      .option('--problems <xlsx>', 'where to write the rows with problems').description('show what a workbook would change, and change it'),
    async (client, [path], { apply, problems }) => {
      const name = basename(path!)
      const preview = await client.call(previewImport, { name }, createReadStream(path!))
      if (preview.problems.length > 0) {
        if (problems) await client.download(downloadImportProblems, { file: preview.file, sheet: preview.problems[0]!.sheet }, problems)
        return wrong(preview, problems)
      }
      if (!apply) return done(preview, ...linesOf(preview), preview.added + preview.changed === 0 ? '没有要导入的变更 · nothing to do' : '尚未导入；核对后加 --apply · nothing is stored yet; add --apply')
      const answer = await client.call(applyImport, { file: preview.file, name, plan: preview.plan })
      await client.settled()
      return done({ ...answer, rows: preview.rows }, ...linesOf(preview), `已导入：新增 ${answer.added}，变更 ${answer.changed}；${answer.roles} 个角色待安全管理员确认 · imported; ${answer.roles} roles wait for the security administrator`)
    },
  )
  answersFromData<Options>(
    organisation.command('export').argument('<file>', 'XLSX to write').option('--empty', 'the template without content').description('write the present organisation in the layout in which it is imported'),
    async (client, [path], { empty }) => {
      await client.download(downloadOrganisation, { empty: empty ? 'true' : 'false' }, path!)
      return done({ file: path }, `已写入 ${path} · written`)
    },
  )
}

function existing(path: string): string {
  if (!existsSync(path)) throw new InvalidArgumentError(`没有这个文件 · there is no file ${path}`)
  return path
}

function linesOf({ rows, added, changed, same }: Preview): string[] {
  const moving = rows.filter(({ what }) => what !== 'same')
  const lines = moving.slice(0, SHOWN).map(({ sheet, row, title, key, what, changes }) => `  ${WHAT[what]}  ${sheet} ${row}：${title}（${key}）${changes.map(({ field, from, to }) => ` ${field.zh} ${from ?? '空'} → ${to ?? '空'}`).join('；')}`)
  if (moving.length > SHOWN) lines.push(`  … 另有 ${moving.length - SHOWN} 行 more`)
  return [`新增 ${added}，变更 ${changed}，不变 ${same} · ${added} new, ${changed} changed, ${same} as they are`, ...lines]
}

function wrong(preview: Preview, written?: string): Outcome {
  const lines = preview.problems.slice(0, SHOWN).map(({ sheet, row, field, message, fix }) => `  ${sheet} 第 ${row} 行 ${field ?? ''}：${message.zh} → ${fix.zh}`)
  if (preview.problems.length > SHOWN) lines.push(`  … 另有 ${preview.problems.length - SHOWN} 处 more`)
  return invalid(preview, `有 ${preview.problems.length} 处问题，未导入任何内容 · ${preview.problems.length} problems; nothing was imported`, ...lines, ...(written ? [`问题行已写入 ${written} · the rows with problems are in ${written}`] : []))
}
