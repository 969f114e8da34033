// @clause X.4
import { held, type PersonPlace } from '../../engines/procedure/index.ts'
import { REMOVED } from '../../kernel/masking/index.ts'
import { text } from '../../kernel/text.ts'
import { isSealed, sameness, type Sealing } from '../../platform/sealing/index.ts'
import type { PolicyBook } from '../../engines/policy/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { isSealedField, keptFieldsOf, withoutIdOf } from '../privacy/index.ts'
import { listFileDigests } from '../submissions/index.ts'
import { contentDigest, placeOfField } from './fact.ts'
import { countAttachments, countInUse, eachWithRunningText, emptyAttachments, listAttached, listMentions, listOwnFacts, replaceFields, type PersonsFact } from './queries/person.ts'

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

/** Fields whose running text says the person's number no more; a text that was sealed for it is sealed again. */
function withoutNumber({ policy, sealing }: Keys, { kind, subject_id }: PersonsFact, fields: Fields, idDigests: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).map(([id, value]) => {
    if (isSealedField(policy, kind, id)) return [id, value]
    const place = placeOfField(id, subject_id)
    const [before, after] = [sealing.open(value, place), withoutIdOf(sealing, sealing.open(value, place), idDigests)]
    return [id, after === before ? value : isSealed(value) ? sealing.seal(after, place) : after]
  }))
}

type Keys = { readonly policy: PolicyBook; readonly sealing: Sealing }
type Emptied = { readonly fact: PersonsFact; readonly fields: Fields; readonly reason: string | null }

/** Versions about others in whose running text or reason the person's number stands, and what is left of them. */
async function listNamed(db: Queryable, keys: Keys, idDigests: readonly string[], besides: readonly number[]): Promise<Emptied[]> {
  const named: Emptied[] = []
  if (idDigests.length === 0) return named
  for await (const facts of eachWithRunningText(db)) {
    for (const fact of facts.filter(({ subject_id }) => !besides.includes(subject_id))) {
      const fields = withoutNumber(keys, fact, fact.fields, idDigests)
      const reason = fact.reason && withoutIdOf(keys.sealing, fact.reason, idDigests)
      if (reason !== fact.reason || Object.keys(fields).some((id) => fields[id] !== fact.fields[id])) named.push({ fact, fields, reason })
    }
  }
  return named
}

const filesOf = (db: Queryable, named: readonly Emptied[]) => listFileDigests(db, named.flatMap(({ fact }) => fact.batch_id ?? []))

/** A person in records (信用记录): as the party, and as someone named in another's. */
export const personsInRecords: PersonPlace = {
  name: 'records.fact',
  async list(db, { idDigests, subjectIds }, { today, ...keys }) {
    const own = await listOwnFacts(db, subjectIds)
    const inUse = await countInUse(db, subjectIds, today)
    const named = await listNamed(db, keys, idDigests, subjectIds)
    return [
      ...held(text('仍在使用的信用记录', 'Records still in use'), inUse.count, 'bars', inUse.lastOn === null
        ? text('使用期限没有届满：记录有误的，请先由来源部门撤回', 'Their use has not ended: where one is wrong, its department withdraws it first') : text(`使用到 ${inUse.lastOn} 止，届满后再办理`, `In use until ${inUse.lastOn}; come back then`)),
      ...held(text('本人信用记录的全部版本：除类别、日期、金额、机关外的内容', 'All versions of the own records: all but kind, days, amounts and authority'), own.length, 'goes'),
      ...held(text('记录所附文书', 'Documents attached to them'), await countAttachments(db, subjectIds), 'goes'),
      ...held(text('他人记录中的姓名与证件号码（法定代表人等）', 'Name and number in records about others (legal representative and the like)'), (await listMentions(db, idDigests, subjectIds)).length, 'goes'),
      ...held(text('他人记录的叙述文字（违法事实、处罚内容、备注等）中的证件号码', 'The number in the running text of records about others (facts, content, remarks)'), named.length, 'goes', text('只删号码，其余文字属于该记录；文字中的姓名不能据以确定是谁，不删', 'The number only: the rest belongs to the record, and a name in it does not tell who it is')),
      ...held(text('送来这些文字的原始报送文件', 'Files, as they came, with such text'), (await filesOf(db, named)).length, 'goes', text('整个文件一并删除；其他行已入库，内容不受影响', 'The whole file goes; what else stood in it was taken in and stays')),
      ...held(text('本人记录的文书号', 'Document numbers of the own records'), new Set(own.map(({ record_id }) => record_id)).size, 'stays', text('机关文书的编号，用于核对漏报，不含个人信息', 'Numbers of the authority’s documents, by which gaps are found; they tell no one')),
    ]
  },
  async remove(tx, { idDigests, subjectIds }, { policy, sealing }) {
    const keys = { policy, sealing }
    const own = (await listOwnFacts(tx, subjectIds)).map((fact): Emptied => ({ fact, fields: withoutNumber(keys, fact, withoutPerson(fact.fields, keptFieldsOf(policy, fact.kind)), idDigests), reason: fact.reason && REMOVED }))
    const named = await listNamed(tx, keys, idDigests, subjectIds)
    const others = new Map(named.map((one) => [one.fact.fact_id, one]))
    for (const fact of await listMentions(tx, idDigests, subjectIds)) {
      const { fields, reason } = others.get(fact.fact_id) ?? fact
      others.set(fact.fact_id, { fact, fields: withoutMention(fields, idDigests), reason })
    }
    const rows = [...own, ...others.values()]
    await replaceFields(tx, rows.map((row) => ({ ...row, digest: contentDigest(row.fields) })))
    const documents = await emptyAttachments(tx, subjectIds)
    return {
      changed: [{ relation: 'records.fact', ids: rows.map(({ fact }) => fact.fact_id) }, { relation: 'records.attachment', ids: documents.map(({ id }) => id) }],
      files: [...documents.map(({ digest }) => digest), ...(await filesOf(tx, named))],
    }
  },
  needs: listAttached,
}
