// @clause X.4, 4.8
import type { PolicyBook } from '../../engines/policy/index.ts'
import { addDays, startOf, type Day } from '../../kernel/day.ts'
import { text, type Text } from '../../kernel/text.ts'
import type { Claim } from '../agents/index.ts'
import { stands, warnsFrom, type Mandate } from '../identity/index.ts'
import { objectionProcedure, whatOf } from '../objections/index.ts'
import { titleOf } from '../records/index.ts'
import type { Arrival, Move } from './queries.ts'

/** Something that happened, in words for whom it concerns; `subjectName` is added where it is shown. */
export type Notice = { readonly notice: string; readonly kind: 'claim' | 'objection' | 'mandate' | 'record'; readonly at: Date; readonly subjectId: number; readonly title: Text; readonly words: Text | null }

const OPERATIONS: Readonly<Record<Arrival['operation'], Text>> = { filed: text('新增', 'New'), corrected: text('更正', 'Corrected'), withdrawn: text('撤回', 'Withdrawn'), ended: text('终止公示', 'Display ended') }
const KINDS: Readonly<Record<string, Text>> = { penalty: text('行政处罚', 'penalty'), licence: text('行政许可', 'licence'), 'public-grade': text('公共信用等级', 'public grade') }
const same = (words: string): Text => ({ zh: words, en: words })

/** What an answer to one's own claim says. A claim that waits, or was taken back, says nothing. */
export function noticesOfClaims(claims: readonly Claim[]): Notice[] {
  return claims.flatMap(({ claimId, subjectId, outcome, reason, answeredAt, untilOn }) => (outcome === null || outcome === 'withdrawn' ? [] : [{
    notice: `claim:${claimId}`, kind: 'claim' as const, at: answeredAt!, subjectId, words: reason === null ? null : same(reason),
    title: outcome === 'confirmed' ? text(`认领已核准，可代办至 ${untilOn}`, `Your claim was confirmed; you may act until ${untilOn}`) : text('认领未核准', 'Your claim was refused'),
  }]))
}

/** What one's own mandates say on a day: granted by others, ending soon, over, ended by others. What a claim's answer says already, or a renewal, is not said twice. */
export function noticesOfMandates(mandates: readonly Mandate[], claims: readonly Claim[], actor: string, policy: PolicyBook, today: Day): Notice[] {
  return mandates.flatMap((one): Notice[] => {
    const { mandateId, subjectId, untilOn, grantedAt, grantedBy, endedAt, endedBy } = one
    const others = mandates.filter((other) => other.subjectId === subjectId && other.mandateId !== mandateId)
    const made: Notice[] = []
    const add = (what: string, at: Date, title: Text, words: Text | null = null) => made.push({ notice: `mandate:${what}:${mandateId}`, kind: 'mandate', at, subjectId, title, words })
    if (grantedBy !== actor && !claims.some((claim) => claim.mandateId === mandateId)) add('granted', grantedAt, text(`您可代办至 ${untilOn}`, `You may act until ${untilOn}`))
    if (stands(one, today) && warnsFrom(one, policy, today) <= today) {
      add('ends', startOf(warnsFrom(one, policy, today)), text(`授权将于 ${untilOn} 到期`, `Your mandate ends on ${untilOn}`), one.capacity === 'agent'
        ? text('请法定代表人在“经办人”页续期，或重新认领', 'Ask the legal representative to renew it on the page Agents, or claim anew') : text('请重新认领，核准后接续', 'Claim anew; it goes on once confirmed'))
    }
    if (endedAt !== null && endedBy !== actor && !others.some((other) => other.grantedAt.getTime() === endedAt.getTime())) add('ended', endedAt, text('授权已被终止，您不再能代办', 'Your mandate was ended; you may act no longer'))
    if (endedAt === null && untilOn < today && !others.some((other) => stands(other, today))) add('over', startOf(addDays(untilOn, 1)), text(`授权已于 ${untilOn} 到期`, `Your mandate was over after ${untilOn}`), text('需要继续代办的，请重新认领', 'To act further, claim anew'))
    return made
  })
}

/** A record that came in or changed, its fields opened; `said` masks the ids of persons that its words repeat. */
export function noticeOfArrival({ notice, at, subjectId, operation, kind, documentNumber, department, fields }: Arrival, departmentName: (key: string) => Text, said: (words: string) => string): Notice {
  const [done, what, by] = [OPERATIONS[operation], KINDS[kind] ?? same(kind), departmentName(department)]
  const about = said(titleOf(kind, fields) ?? documentNumber)
  return { notice, kind: 'record', at, subjectId, title: text(`${done.zh}${what.zh}：${about}`, `${done.en} ${what.en}: ${about}`), words: text(`${documentNumber} · ${by.zh}`, `${documentNumber} · ${by.en}`) }
}

/** A step of an objection, with its words. */
export function noticeOfMove(move: Move, departmentName: (key: string) => Text): Notice {
  const [what, done, by] = [whatOf(move), objectionProcedure[move.act].title, departmentName(move.department)]
  const due = move.dueOn === null ? text('', '') : text(`（期限 ${move.dueOn}）`, ` (due ${move.dueOn})`)
  return { notice: move.notice, kind: 'objection', at: move.at, subjectId: move.subjectId, title: text(`异议（${what.zh}）：${done.zh}`, `Objection (${what.en}): ${done.en}`), words: text(`${by.zh}：${move.words}${due.zh}`, `${by.en}: ${move.words}${due.en}`) }
}
