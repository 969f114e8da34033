// @clause X.4, 4.3
import type { Asked } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { text } from '../../kernel/text.ts'
import { listLooks } from '../audit/index.ts'
import { explain, listScored } from '../evaluation/index.ts'
import { gradesOf } from '../grading/index.ts'
import { purposesOn } from '../privacy/index.ts'
import { recordsOfSubject } from '../records/index.ts'
import { findRegistered } from '../subjects/index.ts'
import { notYours } from './claims.ts'

const OTHER_PURPOSE = text('其他目的', 'Another purpose')
type Window = { readonly offset: number; readonly limit: number }

/**
 * 本企业的信用档案: everything that is held about the own subject, public or not. The own explanation of a score is always shown, whatever the result may be used
 * for (个人信息保护法第二十四条).
 */
export async function ownRecord(asked: Asked, subjectId: number) {
  const { world } = asked
  const today = dayOf(world.clock.now())
  const registered = (await findRegistered(world.db, world.sealing, [subjectId])).get(subjectId)
  if (!registered) throw notYours()
  const { name, uscc, status, legalRepresentative } = registered.content
  const { present } = await gradesOf(world, subjectId, today)
  const scores = []
  for (const { key } of await listScored(world.db, subjectId)) {
    const said = await explain(world.db, world.policy, { subjectId, key, on: today, knownAt: null, today })
    scores.push({
      model: key, title: said.modelTitle, score: said.score, grade: said.grade, gradeTitle: said.gradeTitle, standing: said.standing, holdsUntil: said.holdsUntil,
      lines: said.lines.filter(({ points }) => Number(points) !== 0).map(({ title, words, points, fallsAwayOn, records }) => ({ title, words, points, fallsAwayOn, recordIds: records.map(({ recordId }) => recordId) })),
      vetoes: said.vetoes.map(({ title, effect }) => text(`${title.zh}：${effect.zh}`, `${title.en}: ${effect.en}`)), ahead: said.ahead.map(({ on, score, grade, why }) => ({ on, score, grade, why })),
    })
  }
  return {
    subjectId, name, uscc, status, legalRepresentative, today, scores,
    grades: present.map(({ model, modelTitle, grade, gradeTitle, score, origin, fromOn }) => ({ model, modelTitle, grade, gradeTitle, score, origin, fromOn })),
  }
}

/** A page of the own records, public or not. */
export async function ownRecords({ world }: Asked, subjectId: number, kind: string | null, window: Window) {
  const { rows, total } = await recordsOfSubject(world, subjectId, kind, window)
  return {
    total, rows: rows.map((record) => ({
      recordId: record.recordId, kind: record.kind, documentNumber: record.documentNumber, title: record.title, department: record.department, decidedOn: record.decidedOn, amountFen: record.amountFen, class: record.class,
      withdrawn: record.withdrawn, objected: record.objected, public: record.publicity.on, publicUntil: record.publicity.endsOn, repairableOn: record.publicity.repairableOn, withheldReason: record.publicity.withheldReason,
    })),
  }
}

/**
 * A page of who looked (查看情况): by department, day and class of purpose, never by an officer's name nor in the officer's words, which may name others.
 * The trail lies behind a wall of its own; only the lines about this subject are asked for.
 */
export async function ownLooks({ world }: Asked, subjectId: number, window: Window) {
  const { choices } = purposesOn(world.policy, dayOf(world.clock.now()))
  const { rows, total } = await listLooks(world.db, subjectId, choices.map(({ zh, en }) => [zh, en]), window)
  return { total, rows: rows.map(({ purposeClass, ...look }) => ({ ...look, purpose: purposeClass === null ? null : (choices[purposeClass] ?? OTHER_PURPOSE) })) }
}
