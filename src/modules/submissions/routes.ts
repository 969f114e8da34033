// @clause 4.2
import { setTimeout as wait } from 'node:timers/promises'
import { departmentsWithin, isReached, mustBeWithin, type Actor, type Asked, type World } from '../../engines/procedure/index.ts'
import { dayOf, day } from '../../kernel/day.ts'
import type { OutputOf } from '../../kernel/endpoint.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { route, type Route } from '../../platform/http/index.ts'
import { departmentClosed, listDepartments } from '../organisation/index.ts'
import { audienceOf, mustSayPurpose, nameFor, partyClassIn } from '../privacy/index.ts'
import { receiveBatch } from './acts.ts'
import type { Batch } from './batch.ts'
import * as contract from './contract.ts'
import type { ImportDesk } from './desk.ts'
import type { AnyKind } from './kind.ts'
import { batchMissing, getBatch, getLayout, listBatches } from './queries/batches.ts'
import { shownRow } from './persons.ts'
import { eachFlagged, listFlagged, listOpenRejections, type FlaggedRow } from './queries/flagged.ts'
import { standardOf } from './reading/law.ts'
import { deadlinesNow, kindsWithDeadline } from './report-due.ts'
import { layoutOf, recogniseSheet } from './reading/recognise.ts'
import { failedWorkbook, templateWorkbook } from './workbooks.ts'

const LARGEST_FILE = 512 * 1_048_576
const PATIENCE_MS = 250
const READ = 'submissions.read'

/** What the module answers over HTTP; the desk knows the kinds that later modules supply. */
export function submissionRoutes(desk: ImportDesk): readonly Route<Asked>[] {
  const kindOf = (name: string): AnyKind => desk.kinds.find(({ kind }) => kind === name) ?? refuseKind(name)

  return [
    route(contract.recogniseFile, async ({ world, upload }: Asked, { name }) => {
      if (!upload) throw new Refusal({ code: 'file.empty', message: text('没有收到文件', 'No file was received'), fix: text('请选择文件后重新上传', 'Choose a file and upload it again') })
      const { digest, size } = await world.files.keep(upload, largestFile(world))
      return { file: digest, name, size, recognition: await world.files.withCopy(digest, (path) => recogniseSheet(world.policy, desk.kinds, path, name)) }
    }),
    route(contract.importFile, async ({ world, actor, requestId }: Asked, { file, name, kind, department, receivedOn }) => {
      const { size } = await world.files.find(file)
      const today = dayOf(world.clock.now())
      const on = receivedOn === undefined ? today : day(receivedOn)
      if (on > today) throw receivedInFuture(on)
      const sender = await senderKey(world, department, today)
      mustBeWithin(actor, 'submissions.import', sender)
      const layout = await world.files.withCopy(file, (path) => layoutOf(world.policy, kindOf(kind), path, name))
      const { batchId } = await receiveBatch.perform(world, actor, { kind, fileName: name, fileDigest: file, fileSize: size, department: sender, receivedOn: on, layout }, { requestId, asked: { file, name, kind, department, receivedOn } })
      const running = desk.running(batchId)
      if (running) return running
      const batch = await getBatch(world.db, batchId)
      if (batch.state === 'received' || batch.state === 'reading') desk.enqueue(world.lasting ?? world, batch)
      return desk.running(batchId) ?? batch
    }),
    route(contract.listBatches, async ({ world, actor }: Asked, given) => {
      const filter = { ...given, within: departmentsWithin(actor, READ) }
      const { rows, total } = await orMeanwhile(listBatches(world.db, filter), () => pageOf(desk.listWhileStoring(), filter))
      return { rows: rows.map((batch) => desk.running(batch.batchId) ?? batch), total }
    }),
    route(contract.getBatch, async ({ world, actor }: Asked, { batchId }) =>
      visibleTo(actor, desk.running(batchId) ?? (await orMeanwhile(getBatch(world.db, batchId), () => desk.listWhileStoring()?.rows.find((batch) => batch.batchId === batchId) ?? null)))),
    route(contract.listFlaggedRows, async (asked: Asked, { batchId, ...page }) => {
      const { world, actor } = asked
      const { kind, department } = visibleTo(actor, await getBatch(world.db, batchId))
      const { rows, total } = await listFlagged(world.db, batchId, page)
      const titles = Object.fromEntries(standardOf(world.policy, kindOf(kind)).fields.map(({ id, zh, en }) => [id, { zh, en }]))
      const withheld = audienceOf(asked, department) === 'public'
      const shown = withheld ? [] : rows.map((row) => shownRow(world, { batchId, kind }, row, 'internal')).map((row) => ({ ...row, cells: { ...row.cells }, problems: [...row.problems] }))
      return { rows: shown, total, withheld, titles }
    }),
    route(contract.downloadFailedRows, async (asked: Asked, { batchId }) => {
      const { world, actor } = asked
      const batch = visibleTo(actor, await getBatch(world.db, batchId))
      mustSayPurpose(asked, batch.department)
      return failedWorkbook(standardOf(world.policy, kindOf(batch.kind)), await getLayout(world.db, batchId), batch, shownRows(world, actor, batch))
    }),
    route(contract.downloadTemplate, async ({ world }: Asked, { kind }) => templateWorkbook(standardOf(world.policy, kindOf(kind)))),
    route(contract.listOpenRejections, async (asked: Asked, { department, party, offset, limit }) =>
      openRejections(asked, desk, { department: department === undefined ? undefined : await departmentKey(asked.world, department), party, within: departmentsWithin(asked.actor, READ) }, { offset, limit })),
  ]
}

/** The rejected rows, whole for whoever may send for the department: they are corrected in the workbook and sent again. */
async function* shownRows(world: World, actor: Actor, batch: Pick<Batch, 'batchId' | 'kind' | 'department'>): AsyncGenerator<FlaggedRow> {
  const within = actor.may('submissions.import') ? departmentsWithin(actor, 'submissions.import') : []
  const how = within === null || within.includes(batch.department) ? 'whole' : 'internal'
  for await (const row of eachFlagged(world.db, batch.batchId, { rejected: true })) yield shownRow(world, batch, row, how)
}

async function openRejections(asked: Asked, desk: ImportDesk, of: { department: string | undefined; party: string | undefined; within: readonly string[] | null }, page: { offset: number; limit: number }): Promise<OutputOf<typeof contract.listOpenRejections>> {
  const { world } = asked
  const today = dayOf(world.clock.now())
  const warnBefore = world.policy.on(today).value<number>('records/warn-before')
  const soonUntil = world.policy.calendar.addWorkingDays(today, warnBefore).day
  const { rows, ...counts } = await listOpenRejections(world.db, { kinds: kindsWithDeadline(world.policy, desk.kinds), dueNow: await deadlinesNow(world), ...of, today, soonUntil, ...page })
  return {
    ...counts,
    rows: rows.map(({ problems, cells, partyCode: _, ...row }) => ({
      ...row, partyName: row.partyName && audienceOf(asked, row.department) === 'internal' ? nameFor(world.policy, 'internal', partyClassIn(cells), row.partyName) : null, kind: row.kind as Batch['kind'], state: row.dueOn === null || row.dueOn > soonUntil ? 'open' as const : row.dueOn < today ? 'late' as const : 'due-soon' as const,
      firstProblem: (problems.find(({ severity }) => severity === 'error') ?? problems[0])!.message,
    })),
  }
}

/** Whether someone may open batches of a department: what a page needs to know before it links to one. */
export function mayOpenBatches(actor: Actor, department: string): boolean {
  return actor.may(READ) && isReached(actor, READ, { department })
}

/** A batch of a department that the actor does not see is as if there were none: whoever tries numbers learns nothing. */
function visibleTo<One extends Pick<Batch, 'department'>>(actor: Actor, batch: One): One {
  if (mayOpenBatches(actor, batch.department)) return batch
  throw batchMissing()
}

/** A page of the remembered list; null when it does not reach so far back. */
function pageOf(known: ReturnType<ImportDesk['listWhileStoring']>, { kind, department, within, offset, limit }: { kind?: string; department?: string; within: readonly string[] | null; offset: number; limit: number }) {
  if (known === null || (known.rows.length < known.total && (kind !== undefined || department !== undefined || within !== null || offset + limit > known.rows.length))) return null
  const rows = known.rows.filter((batch) => (kind === undefined || batch.kind === kind) && (department === undefined || batch.department === department) && (within === null || within.includes(batch.department)))
  return { rows: rows.slice(offset, offset + limit), total: known.rows.length < known.total ? known.total : rows.length }
}

/** The answer of the database; but when it is held by the running import, what is known without it. */
async function orMeanwhile<T>(asked: Promise<T>, known: () => T | null): Promise<T> {
  const late = Symbol('late')
  const first = await Promise.race([asked, wait(PATIENCE_MS, late)])
  if (first !== late) return first as T
  const answer = known()
  if (answer === null) return asked
  asked.catch(() => undefined)
  return answer
}

async function departmentKey(world: World, given: string): Promise<string> {
  const standing = (await listDepartments(world.db)).filter(({ kind }) => kind === 'department' || kind === 'government')
  const department = standing.find(({ key, uscc }) => key === given || uscc === given)
  if (department) return department.key
  const some = standing.filter(({ closedOn }) => closedOn === null).slice(0, 3)
  throw new Refusal({
    code: 'department.unknown', field: 'department', message: text(`没有部门“${given}”`, `There is no department "${given}"`),
    fix: text(`填写部门代号或统一社会信用代码，如 ${some.map(({ key, zh }) => `${key}（${zh}）`).join('、')}`, `Give the key or the credit code of a department, such as ${some.map(({ key }) => key).join(', ')}`),
  })
}

/** The department that sends a file in: one that is no more sends nothing. Refuses `department.closed`. */
async function senderKey(world: World, given: string, today: string): Promise<string> {
  const key = await departmentKey(world, given)
  const department = (await listDepartments(world.db)).find((one) => one.key === key)!
  if (department.closedOn !== null && department.closedOn <= today) throw departmentClosed(department)
  return key
}

function largestFile(world: World): number {
  const found = world.policy.on(dayOf(world.clock.now())).find('submissions/largest-file')?.value
  return typeof found === 'number' ? found : LARGEST_FILE
}

function receivedInFuture(on: string): Refusal {
  return new Refusal({ code: 'batch.received-in-future', field: 'receivedOn', message: text(`收到日期 ${on} 还没有到`, `The day of receipt, ${on}, lies in the future`), fix: text('填写实际收到文件的日期，不能晚于今天', 'Give the day on which the file arrived, today at the latest') })
}

function refuseKind(kind: string): never {
  throw new Refusal({ code: 'batch.unknown-kind', field: 'kind', message: text(`不能导入“${kind}”`, `"${kind}" cannot be imported`), fix: text('请选择主体、行政许可或行政处罚', 'Choose subjects, licences or penalties') })
}
