import { InvalidArgumentError, Option, type Command } from 'commander'
import type { Day } from '../../kernel/day.ts'
import { isResidentId } from '../../kernel/codes/index.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { explainScore, listScores } from '../../modules/evaluation/contract.ts'
import { getSubject, listSubjects } from '../../modules/subjects/contract.ts'
import type { Client } from './client.ts'
import { answersFromData, dayArgument, saysPurpose } from './command.ts'
import { done } from './output.ts'

const PAGE = 500

type Asked = { model: string; on?: Day; full?: boolean }

/** `xinheng score`, `xinheng explain` */
export function addScoreCommands(program: Command): void {
  const model = () => new Option('--model <key>', 'which model').makeOptionMandatory()
  answersFromData<Asked>(
    saysPurpose(program.command('score [uscc]')).addOption(model()).option('--on <day>', 'records and law of that day; today unless given', dayArgument).description('score one subject, or all of a model'),
    async (client, [uscc], { model: key, on, full }) => {
      if (uscc) {
        const { subjectId, name } = await subjectOf(client, uscc, full)
        const { score, grade, holdsUntil, ...explained } = await client.call(explainScore, { subjectId, model: key, on })
        return done({ uscc, name, model: key, on: explained.on, score, grade, holdsUntil }, `${name}  ${score}  ${grade}${holdsUntil ? `  至 ${holdsUntil} 前有效 holds until ${holdsUntil}` : ''}`)
      }
      const rows = []
      for (let offset = 0; ; offset += PAGE) {
        const page = await client.call(listScores, { key, offset, limit: PAGE, on })
        rows.push(...page.rows)
        if (rows.length >= page.total || page.rows.length === 0) break
      }
      return done({ model: key, on: on ?? null, subjects: rows.length, rows }, ...rows.map(({ uscc: code, name, score, grade }) => `${code ?? '—'}\t${score}\t${grade}\t${name}`))
    },
  )
  answersFromData<Asked & { knownAt?: string }>(
    saysPurpose(program.command('explain <uscc>')).addOption(model()).option('--on <day>', 'records and law of that day; today unless given', dayArgument)
      .option('--known-at <instant>', 'only what was known then, e.g. 2026-06-30T12:00:00+08:00', instant).description('a score line by line'),
    async (client, [uscc], { model: key, on, knownAt, full }) => {
      const { subjectId, name } = await subjectOf(client, uscc!, full)
      const answer = { ...(await client.call(explainScore, { subjectId, model: key, on, knownAt })), subjectName: name }
      const lines = answer.lines.map(({ points, title, words, records, fallsAwayOn }) => `  ${points.padStart(9)}  ${title.zh}：${words.zh}${records.length ? `（${records.slice(0, 3).map(({ documentNumber }) => documentNumber).join('、')}${records.length > 3 ? ` 等 ${records.length} 条` : ''}）` : ''}${fallsAwayOn ? `，${fallsAwayOn} 起变动` : ''}`)
      return done(answer, `${answer.subjectName}  ${answer.modelTitle.zh}  ${answer.on}`, ...lines, `  ${answer.score.padStart(9)}  合计 total → ${answer.grade} ${answer.gradeTitle.zh}`, answer.standing.zh)
    },
  )
}

function instant(given: string): string {
  if (Number.isNaN(Date.parse(given)) || !/(Z|[+-]\d\d:\d\d)$/.test(given)) throw new InvalidArgumentError('时刻写作 2026-06-30T12:00:00+08:00 · write an instant with its offset')
  return given
}

/** The subject with a credit code, or the person with an id that is written out; in full where asked, which the API refuses without a purpose. */
async function subjectOf(client: Client, code: string, full = false): Promise<{ readonly subjectId: number; readonly name: string }> {
  const { rows } = await client.call(listSubjects, { find: code, limit: 2 })
  const exact = rows.filter(({ uscc, type }) => uscc === code.toUpperCase() || (type === 'natural-person' && isResidentId(code.toUpperCase())))
  if (exact.length === 1) return full ? client.call(getSubject, { subjectId: exact[0]!.subjectId, full: 'true' }) : exact[0]!
  throw new Refusal({
    code: 'subject.unknown', status: 404, message: text(`登记库中没有代码为 ${code} 的主体`, `The register has no subject with the code ${code}`),
    fix: text('请核对代码；确属本区主体的，先导入主体登记', 'Check the code; if it is right, import the subject first'),
  })
}
