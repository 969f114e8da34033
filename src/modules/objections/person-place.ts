// @clause X.4
import { held, type PersonPlace } from '../../engines/procedure/index.ts'
import { text } from '../../kernel/text.ts'
import { namedInWords } from '../privacy/index.ts'
import { countPersonsObjections, emptyNames, listEvidenceOfObjections } from './queries/person.ts'

/** A person in objections (异议): the name of whoever filed one for a business. What was said and handed in is the business's own and stays. */
export const personsInObjections: PersonPlace = {
  name: 'objections.objection',
  async list(db, { actors }) {
    const { all, open } = await countPersonsObjections(db, actors)
    return [
      ...held(text('没有办结的异议', 'Objections under way'), open, 'bars', text('请先办结，或由企业的其他经办人撤回', 'Settle them, or let another agent of the business withdraw them, first')),
      ...held(text('异议上的申请人姓名', 'The name on objections'), all, 'goes'),
      ...held(text('异议的理由与材料', 'Grounds and evidence of objections'), all, 'stays', text('属于企业的异议档案', 'They belong to the business’s objection')),
    ]
  },
  async remove(tx, { actors }) {
    await emptyNames(tx, actors)
    return { changed: [], files: [] }
  },
  needs: listEvidenceOfObjections,
}

/** Persons named by number in what others wrote about an objection (异议文字中的证件号码). */
export const namedInObjections: PersonPlace = namedInWords(text('异议、答复和信用说明的文字中的证件号码', 'The number in the words of objections, answers and statements'), [
  { relation: 'objections.objection', key: 'objection_id', columns: ['grounds', 'wish'] }, { relation: 'objections.step', key: 'step_id', columns: ['words', 'remedy'] },
  { relation: 'objections.statement', key: 'statement_id', columns: ['words'] },
])
