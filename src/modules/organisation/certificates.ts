import type { Day } from '../../kernel/day.ts'
import type { Certificate } from './queries/officers.ts'

/** How an enforcement certificate stands on a day; `expiring` is good, but ends by `warnUntil`. */
export function certificateState({ issuedOn, untilOn, withdrawnOn }: Pick<Certificate, 'issuedOn' | 'untilOn' | 'withdrawnOn'>, today: Day, warnUntil: Day): 'good' | 'expiring' | 'expired' | 'withdrawn' | 'not-yet' {
  if (withdrawnOn !== null && withdrawnOn <= today) return 'withdrawn'
  if (issuedOn !== null && issuedOn > today) return 'not-yet'
  if (untilOn !== null && untilOn < today) return 'expired'
  return untilOn !== null && untilOn <= warnUntil ? 'expiring' : 'good'
}

/** Only the latest row of each number: what a renewal replaced is history. */
export function latestOfEach<One extends Pick<Certificate, 'certificateId' | 'number'>>(certificates: readonly One[]): One[] {
  return certificates.filter((one) => !certificates.some((later) => later.number === one.number && later.certificateId > one.certificateId))
}
