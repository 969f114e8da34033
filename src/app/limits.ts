// @clause X.4
import type { FastifyRequest } from 'fastify'
import type { World } from '../engines/procedure/index.ts'
import { dayOf } from '../kernel/day.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { Refusal } from '../kernel/refusal.ts'
import { WORDS_HEADER } from '../kernel/words.ts'
import { text } from '../kernel/text.ts'
import { networkOf, openLimit, type Rate } from '../platform/http/index.ts'

type Rates = { readonly address: Rate; readonly session: Rate; readonly uploads: Rate; readonly searches: Rate }
/** Sees to it that nobody asks too often. Both refuse `request.too-many` (429) with the seconds to wait. */
export type Limits = {
  /** Before it is known who asks. */
  ofAddress(request: FastifyRequest): void
  /** Once it is known; uploads and searches are dearer than other requests. */
  ofSession(request: FastifyRequest, endpoint: Partial<Pick<Endpoint, 'takes'>>, sessionId: number): void
}

/** Opens the limits (访问频率限制) of `identity/request-limits`. Health addresses, pages and files of the screens are not counted, nor is the command line. */
export function makeLimits(world: World, nowMs: () => number = () => performance.now()): Limits {
  const limit = openLimit(nowMs)
  const rates = () => world.policy.on(dayOf(world.clock.now())).value<Rates>('identity/request-limits')
  const mustWait = (key: string, rate: Rate): void => {
    const seconds = limit.take(key, rate)
    if (seconds > 0) throw tooOften(seconds)
  }
  return {
    ofAddress: ({ ip }) => mustWait(`address ${networkOf(ip)}`, rates().address),
    ofSession({ headers }, { takes }, sessionId) {
      const { session, uploads, searches } = rates()
      mustWait(`session ${sessionId}`, session)
      if (takes === 'upload') mustWait(`uploads ${sessionId}`, uploads)
      if (headers[WORDS_HEADER] !== undefined) mustWait(`searches ${sessionId}`, searches)
    },
  }
}

function tooOften(seconds: number): Refusal {
  return new Refusal({ code: 'request.too-many', status: 429, retryAfterS: seconds, message: text('请求过于频繁', 'Too many requests'), fix: text(`请 ${seconds} 秒后再试`, `Try again in ${seconds} seconds`) })
}
