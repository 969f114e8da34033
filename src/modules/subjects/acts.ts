// @clause 4.1
import { act } from '../../engines/procedure/index.ts'
import { basis } from '../../kernel/basis.ts'
import { isPersonalNumber, PLACEHOLDER_USCC, tidyCode, usccProblems } from '../../kernel/codes/index.ts'
import { day } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { shownName } from '../privacy/index.ts'
import { admitSubject as contract } from './contract.ts'
import { findOwners, findRegistered } from './queries/codes.ts'
import { holdRegister, newSubjectIds } from './queries/write.ts'
import { writeRegistrations } from './register.ts'
import { registerRow } from './subjects.ts'

/**
 * 核准校验不符的代码. Registers a subject under a real code that fails its check (they exist), with the officer's reason; the subject is
 * marked, and files that name the code are accepted from then on. Refuses codes that are in order, the placeholder, other lengths and taken codes, and a name that holds a number of a person.
 */
export const admitSubject = act({
  name: 'subjects.admit', permission: 'subjects.admit', basis: basis('practice', 'practice'),
  input: contract.input,
  async run(context, { uscc: sent, name, type, reason, sectors, foundedOn, place }) {
    const { tx, today, policy, world: { sealing } } = context
    const uscc = tidyCode(sent)
    mayAdmit(uscc)
    if (isPersonalNumber(name)) throw numberInName()
    await holdRegister(tx)
    const code = { kind: 'uscc' as const, value: uscc }
    const owner = [...(await findRegistered(tx, sealing, [...(await findOwners(tx, sealing, [code])).values()])).values()][0]
    if (owner) throw taken(uscc, shownName(policy, owner.content.type, owner.content.name))
    const [subjectId] = await newSubjectIds(tx, 1)
    const done = registerRow({
      name: name.trim(), type, codes: [code], status: null, industry: null, sectors, place: place ?? null, department: null, foundedOn: foundedOn === undefined ? null : day(foundedOn),
      legalRepresentative: null, formerNames: [], nameChangedOn: null,
    }, () => undefined, () => subjectId!, today)
    if (done.outcome === 'rejected') {
      const { severity: _, field, ...problem } = done.problems[0]!
      throw new Refusal({ ...problem, field: field === 'ZT_LX' ? 'type' : 'uscc' })
    }
    if (done.outcome === 'unchanged') throw new Error('a new subject is never unchanged')
    const next = { ...done.next, content: { ...done.next.content, codeNote: reason } }
    await writeRegistrations(context, [{ next, first: true, effectiveOn: today, rowNumber: null, reason }], null, 'subject.admitted')
    return { subjectId: subjectId! }
  },
})

function mayAdmit(uscc: string): void {
  const problems = usccProblems(uscc).filter(({ severity }) => severity === 'error')
  if (problems.length === 0) {
    throw new Refusal({ code: 'subject.code-in-order', field: 'uscc', message: text(`代码“${uscc}”校验正确，无需核准`, `The code "${uscc}" passes its check and needs no admission`),
      fix: text('请用主体信息导入登记', 'Register the subject by importing it') })
  }
  const hopeless = uscc === PLACEHOLDER_USCC ? problems[0] : problems.find(({ code }) => code !== 'uscc.check-digit' && code !== 'uscc.organisation-part')
  if (!hopeless) return
  const { severity: _, ...problem } = hopeless
  throw new Refusal({ ...problem, field: 'uscc' })
}

function numberInName(): Refusal {
  return new Refusal({ code: 'field.personal-number', field: 'name', message: text('名称中有公民身份号码或手机号码', 'The name holds a resident ID or is a mobile number'), fix: text('请从名称中删去该号码', 'Take the number out of the name') })
}

function taken(uscc: string, name: string): Refusal {
  return new Refusal({ code: 'subject.code-taken', status: 409, field: 'uscc', message: text(`代码“${uscc}”已登记在“${name}”名下`, `The code "${uscc}" is registered already, for "${name}"`),
    fix: text('请核对代码；该主体已可接收记录', 'Check the code; records of that subject are accepted already') })
}
