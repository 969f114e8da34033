import type { Day } from '../../../kernel/day.ts'
import { checkDecision, checkOrder } from './decision.ts'
import { checkRequired } from './draft.ts'
import type { Draft } from './draft.ts'
import type { LicenceFields } from './fields.ts'
import { readParty } from './party.ts'
import type { Standard } from './standard.ts'

/** The rules of a licence (行政许可). Null when any error was found. */
export function readLicence(draft: Draft, standard: Standard): LicenceFields | null {
  checkDecision(draft, { number: 'XK_WSH', decidedOn: 'XK_JDRQ', authority: 'XK_XKJG', authorityUscc: 'XK_XKJGDM', source: 'XK_LYDW', sourceUscc: 'XK_LYDWDM' })
  checkRequired(draft, standard)
  const party = readParty(draft, 'XK')
  checkOrder(draft, 'XK_YXQZI', 'XK_YXQZ')
  if (party === null || draft.problems.some(({ severity }) => severity === 'error')) return null
  return {
    kind: 'licence', values: draft.values(), party, documentNumber: draft.text('XK_WSH'), kinds: draft.keys('XK_XKLB'), decidedOn: draft.day('XK_JDRQ') as Day, validFrom: draft.day('XK_YXQZ') as Day,
    validUntil: draft.day('XK_YXQZI') as Day, status: draft.text('XK_ZT') === '2' ? '2' : '1',
  }
}
