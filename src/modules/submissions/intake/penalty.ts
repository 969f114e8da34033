import type { Day } from '../../../kernel/day.ts'
import { wanYuanFromFen, yuanFromFen } from '../../../kernel/money.ts'
import { amountsWritten } from './amounts-written.ts'
import { checkDecision, checkOrder } from './decision.ts'
import { checkRequired } from './draft.ts'
import type { Draft } from './draft.ts'
import type { PenaltyFields } from './fields.ts'
import { readParty } from './party.ts'
import type { Standard } from './standard.ts'

/** Above one thousand million yuan a fine is likelier written in the wrong unit than real: only then it is asked about. */
const VERY_LARGE_FEN = 100_000_000_000n

/** The rules of a penalty (行政处罚). Null when any error was found. */
export function readPenalty(draft: Draft, standard: Standard): PenaltyFields | null {
  checkDecision(draft, { number: 'CF_WSH', decidedOn: 'CF_JDRQ', authority: 'CF_CFJG', authorityUscc: 'CF_CFJGDM', source: 'CF_SJLY', sourceUscc: 'CF_SJLYDM' })
  checkRequired(draft, standard)
  const party = readParty(draft, 'CF')
  const oldStatus = draft.keys('CF_ZT')[0]
  if (oldStatus !== undefined && oldStatus !== '0') draft.add('record.old-status', 'CF_ZT', { value: draft.text('CF_ZT') })
  checkOrder(draft, 'CF_YXQ', 'CF_JDRQ')
  checkOrder(draft, 'CF_GSJZQ', 'CF_JDRQ')
  checkSanctions(draft)
  if (party === null || draft.problems.some(({ severity }) => severity === 'error')) return null
  return {
    kind: 'penalty', values: draft.values(), party, documentNumber: draft.text('CF_WSH'), kinds: draft.keys('CF_CFLB'), decidedOn: draft.day('CF_JDRQ') as Day, validUntil: draft.day('CF_YXQ') as Day,
    publicityEndStated: draft.day('CF_GSJZQ'), fineFen: draft.fen('CF_NR_FK'), confiscatedFen: draft.fen('CF_NR_WFFF'),
  }
}

/** Kinds of penalty and what they ask for: a fine its amount, a confiscation its amount, a certificate its name. */
function checkSanctions(draft: Draft): void {
  const kinds = draft.keys('CF_CFLB')
  if (!draft.has('CF_CFLB') || !draft.sound('CF_CFLB')) return
  checkAmount(draft, 'CF_NR_FK', kinds.includes('fine'), '罚款', 'a fine')
  checkAmount(draft, 'CF_NR_WFFF', kinds.some((kind) => kind.startsWith('confiscate')), '没收', 'a confiscation')
  if (kinds.some((kind) => kind === 'suspend-licence' || kind === 'revoke-licence') && !draft.has('CF_NR_ZKDX')) {
    draft.add('field.required-if', 'CF_NR_ZKDX', { zh: '处罚类别含暂扣或吊销', en: 'the kinds name a suspension or revocation' })
  }
}

function checkAmount(draft: Draft, id: string, named: boolean, zh: string, en: string): void {
  if (!draft.sound(id)) return
  const fen = draft.fen(id) ?? 0n
  if (named && fen <= 0n) draft.add('record.kind-without-amount', id, { zh, en })
  if (!named && fen > 0n) draft.add('record.fine-without-kind', id, { value: draft.text(id), zh, en })
  if (fen > 0n) checkUnit(draft, id, fen, zh)
}

/** Compares an amount with what the content of the decision says in words: the surest sign of a wrong unit. */
function checkUnit(draft: Draft, id: string, fen: bigint, word: string): void {
  const written = amountsWritten(draft.text('CF_NR'), word)
  const parts = (amount: bigint) => ({ value: wanYuanFromFen(fen), zh: `${yuanFromFen(amount)} 元`, en: `${yuanFromFen(amount)} yuan` })
  const inYuan = written.find((amount) => amount * 10_000n === fen)
  if (written.includes(fen) || written.reduce((sum, amount) => sum + amount, 0n) === fen) return
  if (inYuan !== undefined) draft.add('amount.in-yuan', id, parts(inYuan))
  else if (written.length === 1) draft.add('amount.differs', id, parts(written[0]!))
  else if (fen >= VERY_LARGE_FEN) draft.add('amount.very-large', id, { value: wanYuanFromFen(fen) })
}
