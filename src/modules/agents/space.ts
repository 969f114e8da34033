// @clause X.4, 4.3
import type { Asked } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { listLooks } from '../audit/index.ts'
import { explain, listScored } from '../evaluation/index.ts'
import { gradesOf } from '../grading/index.ts'
import { recordsOfSubject } from '../records/index.ts'
import { findRegistered } from '../subjects/index.ts'
import { notYours } from './claims.ts'

/**
 * 本企业的信用档案: everything that is held about the own subject, public or not. The own explanation of a score is always shown, whatever the result may be used
 * for (个人信息保护法第二十四条). Who looked is told by department, day and purpose, never by an officer's name.
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
      vetoes: said.vetoes.map(({ effect }) => effect), ahead: said.ahead.map(({ on, score, grade, why }) => ({ on, score, grade, why })),
    })
  }
  // The trail lies behind a wall of its own; only the lines about this subject are asked for, and no names.
  const looks = await listLooks(world.db, subjectId)
  return {
    subjectId, name, uscc, status, legalRepresentative, today,
    grades: present.map(({ model, modelTitle, grade, gradeTitle, score, origin, fromOn }) => ({ model, modelTitle, grade, gradeTitle, score, origin, fromOn })),
    records: (await recordsOfSubject(world, subjectId, today)).map((record) => ({
      recordId: record.recordId, kind: record.kind, documentNumber: record.documentNumber, title: record.title, department: record.department, decidedOn: record.decidedOn, amountFen: record.amountFen, class: record.class,
      withdrawn: record.withdrawn, objected: record.objected, public: record.publicity.on, publicUntil: record.publicity.endsOn, repairableOn: record.publicity.repairableOn, withheldReason: record.publicity.withheldReason,
    })),
    scores, looks,
  }
}
