// @clause X.4
import { held, type PersonPlace } from '../../engines/procedure/index.ts'
import { REMOVED } from '../../kernel/masking/index.ts'
import { text } from '../../kernel/text.ts'
import { sameness } from '../../platform/sealing/index.ts'
import { keptFieldsOf } from '../privacy/index.ts'
import { contentDigest } from './fact.ts'
import { countAttachments, countInUse, emptyAttachments, listAttached, listMentions, listOwnFacts, replaceFields } from './queries/person.ts'

type Fields = Readonly<Record<string, string>>

/**
 * What is left of the fields of another's record that names the person (法定代表人等): the number goes, and with it what stands beside it in the standard, the kind of document and the name
 * (`CF_FR_ZJHM`, `CF_FR_ZJLX`, `CF_FRDB`). The party's own name stays: it is the business's.
 */
export function withoutMention(fields: Fields, idDigests: readonly string[]): Fields {
  const gone = Object.keys(fields).filter((id) => idDigests.some((digest) => sameness(fields[id]!).endsWith(`:${digest}`)))
    .flatMap((id) => [id, id.replace(/ZJHM$/, 'ZJLX'), ...(id.endsWith('_FR_ZJHM') ? [id.replace(/_FR_ZJHM$/, '_FRDB')] : [])])
  return Object.fromEntries(Object.entries(fields).filter(([id]) => !gone.includes(id)))
}

/** What is left of the fields of a person's own record: what the table of views keeps, which tells no one, and a word in the place of the name. */
export function withoutPerson(fields: Fields, kept: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).flatMap(([id, value]) => (kept.includes(id) ? [[id, value]] : id.endsWith('_MC') ? [[id, REMOVED]] : [])))
}

/** A person in records (信用记录): as the party, and as someone named in another's. */
export const personsInRecords: PersonPlace = {
  name: 'records.fact',
  async list(db, { idDigests, subjectIds }, { today }) {
    const own = await listOwnFacts(db, subjectIds)
    const inUse = await countInUse(db, subjectIds, today)
    return [
      ...held(text('仍在使用的信用记录', 'Records still in use'), inUse.count, 'bars', inUse.lastOn === null
        ? text('使用期限没有届满：记录有误的，请先由来源部门撤回', 'Their use has not ended: where one is wrong, its department withdraws it first') : text(`使用到 ${inUse.lastOn} 止，届满后再办理`, `In use until ${inUse.lastOn}; come back then`)),
      ...held(text('本人信用记录的全部版本：除类别、日期、金额、机关外的内容', 'All versions of the own records: all but kind, days, amounts and authority'), own.length, 'goes'),
      ...held(text('记录所附文书', 'Documents attached to them'), await countAttachments(db, subjectIds), 'goes'),
      ...held(text('他人记录中的姓名与证件号码（法定代表人等）', 'Name and number in records about others (legal representative and the like)'), (await listMentions(db, idDigests, subjectIds)).length, 'goes'),
      ...held(text('本人记录的文书号', 'Document numbers of the own records'), new Set(own.map(({ record_id }) => record_id)).size, 'stays', text('机关文书的编号，用于核对漏报，不含个人信息', 'Numbers of the authority’s documents, by which gaps are found; they tell no one')),
    ]
  },
  async remove(tx, { idDigests, subjectIds }, { policy }) {
    const own = (await listOwnFacts(tx, subjectIds)).map((fact) => ({ fact, fields: withoutPerson(fact.fields, keptFieldsOf(policy, fact.kind)), words: true }))
    const mentions = (await listMentions(tx, idDigests, subjectIds)).map((fact) => ({ fact, fields: withoutMention(fact.fields, idDigests), words: false }))
    const rows = [...own, ...mentions]
    await replaceFields(tx, rows.map((row) => ({ ...row, digest: contentDigest(row.fields) })))
    const documents = await emptyAttachments(tx, subjectIds)
    return {
      changed: [{ relation: 'records.fact', ids: rows.map(({ fact }) => fact.fact_id) }, { relation: 'records.attachment', ids: documents.map(({ id }) => id) }],
      files: documents.map(({ digest }) => digest),
    }
  },
  needs: listAttached,
}
