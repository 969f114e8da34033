import type { Day } from '../../kernel/day.ts'
import { text, type Text } from '../../kernel/text.ts'
import type { World } from '../../engines/procedure/index.ts'
import { listAdoptions, modelInForce, rankOf, scalesOn, titleOf, type Adoption } from '../evaluation/index.ts'
import { shownName } from '../privacy/index.ts'
import { withMarks, type ObjectedOf } from '../subjects/index.ts'
import { PUBLIC_KEY } from './grading.ts'
import { listChanges, listGradesOf, type ChangesAsked, type GradeRow } from './queries/pages.ts'
import { supervisionsOf, type Say } from './supervision.ts'

/** What a grade that was received from above is called (上级评定). */
export const receivedTitle = text('公共信用等级（上级评定）', 'Public credit grade (from above)')

/** Titles and sectors of the models that grades are of. */
function namesOf(adoptions: readonly Adoption[], on: Day) {
  const byHash = new Map(adoptions.map((one) => [one.hash, one]))
  const find = (key: string, hash: string | null) => (hash === null ? undefined : byHash.get(hash)) ?? modelInForce(adoptions, key, on) ?? undefined
  return {
    title: (key: string, hash: string | null): Text => (key === PUBLIC_KEY && hash === null ? receivedTitle : (find(key, hash)?.model.title ?? text(key, key))),
    sector: (key: string, hash: string | null): string => find(key, hash)?.model.sector ?? 'all',
  }
}

/** The present grades of a subject, their history, and what follows from them on a day (等级与差异化监管). */
export async function gradesOf({ db, policy }: World, subjectId: number, on: Day) {
  const [rows, adoptions] = [await listGradesOf(db, subjectId), await listAdoptions(db)]
  const law = policy.on(on)
  const scales = scalesOn(law)
  const names = namesOf(adoptions, on)
  const shown = ({ hash, ...row }: GradeRow) => ({ ...row, modelTitle: names.title(row.model, hash), gradeTitle: titleOf(scales, row.scale, row.grade), rank: rankOf(scales, row.scale, row.grade) })
  const present = rows.filter(({ untilOn }) => untilOn === null)
  const say = ({ model, hash, scale, grade }: GradeRow): Say => ({ model, scale, grade, modelTitle: names.title(model, hash), sector: names.sector(model, hash) })
  const publicRow = present.find(({ model }) => model === PUBLIC_KEY) ?? null
  return {
    present: present.map(shown).sort((a, b) => (a.model === PUBLIC_KEY ? -1 : b.model === PUBLIC_KEY ? 1 : a.model < b.model ? -1 : 1)),
    history: rows.filter(({ untilOn }) => untilOn !== null).map(shown),
    supervision: supervisionsOf(law, scales, present.map(say), publicRow === null ? null : say(publicRow)),
    publicGrade: publicRow?.origin === 'received' ? shown(publicRow) : null,
  }
}

/** Who changed grade, when and why, and which of the grades that stand are under objection. */
export async function changesOf({ db, policy }: World, objectedOf: ObjectedOf, asked: ChangesAsked, on: Day) {
  const { rows, total } = await listChanges(db, asked)
  const names = namesOf(await listAdoptions(db), on)
  const scales = scalesOn(policy.on(on))
  const marked = await withMarks(db, objectedOf, rows, ({ model }, row) => row.stands && row.model === model)
  return {
    total,
    rows: marked.map(({ hash, fromScale, toScale, subjectType, stands: _, ...row }) => ({
      ...row, subjectName: shownName(policy, subjectType, row.subjectName), modelTitle: names.title(row.model, hash), fromTitle: row.from === null ? null : titleOf(scales, fromScale!, row.from), toTitle: titleOf(scales, toScale, row.to),
    })),
  }
}
