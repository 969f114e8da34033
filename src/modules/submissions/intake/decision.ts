import { parseDocumentNumber } from './document-number.ts'
import { checkUscc } from './draft.ts'
import type { Draft } from './draft.ts'

/** Where the fields that both kinds of decision have stand in a standard. */
export type DecisionIds = { readonly number: string; readonly decidedOn: string; readonly authority: string; readonly authorityUscc: string; readonly source: string; readonly sourceUscc: string }

/** The rules that licences and penalties share: days, document number, authority, source unit. Call before mandatory fields are checked: it fills the source unit. */
export function checkDecision(draft: Draft, ids: DecisionIds): void {
  const { context } = draft
  const decidedOn = draft.day(ids.decidedOn)
  if (decidedOn !== null && decidedOn > context.receivedOn) draft.add('record.decided-after-receipt', ids.decidedOn, { value: decidedOn, zh: context.receivedOn })
  if (decidedOn !== null && decidedOn < context.earliestDecision) draft.add('record.decided-too-early', ids.decidedOn, { value: decidedOn, zh: context.earliestDecision })
  if (draft.has(ids.number) && draft.sound(ids.number)) {
    const number = parseDocumentNumber(draft.text(ids.number))
    if (number === null) draft.add('record.number-shape', ids.number, { value: draft.text(ids.number) })
    else if (decidedOn !== null && number.year > Number(decidedOn.slice(0, 4))) draft.add('record.number-year', ids.number, { value: draft.text(ids.number), zh: decidedOn })
  }
  if (context.source && !draft.has(ids.source) && !draft.has(ids.sourceUscc)) {
    draft.set(ids.source, context.source.name)
    draft.set(ids.sourceUscc, context.source.uscc)
    draft.add('record.source-filled', ids.source, { zh: context.source.name })
  }
  checkUscc(draft, ids.authorityUscc)
  checkUscc(draft, ids.sourceUscc)
}

/** Says when one day lies before another that it must not precede. */
export function checkOrder(draft: Draft, later: string, earlier: string): void {
  const [end, start] = [draft.day(later), draft.day(earlier)]
  if (end !== null && start !== null && end < start) {
    const title = draft.title(earlier)
    draft.add('record.ends-before-start', later, { value: end, zh: `${title.zh} ${start}`, en: `${title.en} ${start}` })
  }
}
