import type { FastifyRequest } from 'fastify'
import { mustBeAllowed, type Actor } from '../engines/procedure/index.ts'
import { Refusal } from '../kernel/refusal.ts'
import { text } from '../kernel/text.ts'

/** The one officer there is until identity is built: the credit office's, with every permission. */
const builtInOfficer: Actor = { id: 'officer:credit-office', name: '信用办演示员', department: 'credit-office', may: () => true }

/**
 * Who asks. Every route and act goes through here, so that real sign-in replaces one function.
 * Refuses `request.foreign-origin` when another site's page sends a change, and `act.not-allowed`.
 */
export async function identify(request: FastifyRequest, permission: string): Promise<Actor> {
  const { origin, host } = request.headers
  if (request.method !== 'GET' && origin !== undefined && new URL(origin).host !== host) throw foreignOrigin()
  mustBeAllowed(builtInOfficer, permission)
  return builtInOfficer
}

function foreignOrigin(): Refusal {
  return new Refusal({ code: 'request.foreign-origin', status: 403, message: text('请求来自其他网站', 'The request comes from another site'), fix: text('请在本系统的页面上操作', 'Use the pages of this system') })
}
