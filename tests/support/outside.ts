import * as identity from '../../src/modules/identity/contract.ts'
import { whoAmI } from '../../src/modules/organisation/contract.ts'
import type { startIdentityProvider } from './identity-provider.ts'
import { HttpRefusal, type startProgram } from './program.ts'

/** The cookies of one browser at our server. */
export type Jar = Map<string, string>
type Program = Awaited<ReturnType<typeof startProgram>>
type Provider = Awaited<ReturnType<typeof startIdentityProvider>>

/** Browsers that go to the provider `province` and come back. `provider` is asked for each time: it may be another one by then. */
export function travellers(program: Program, provider: () => Provider) {
  async function send(endpoint: { readonly path: string }, payload: object, jar: Jar): Promise<Record<string, unknown>> {
    const answer = await program.server.inject({ method: 'POST', url: `/api${endpoint.path.replace(':service', 'province')}`, payload, headers: { cookie: cookieOf(jar) } })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      jar.set(name!, value!)
    }
    if (answer.statusCode >= 400) throw new HttpRefusal(answer.statusCode, answer.body)
    return answer.json()
  }
  const begin = async (jar: Jar, returnTo?: string) => String((await send(identity.beginOutside, returnTo === undefined ? {} : { returnTo }, jar))['address'])
  const finish = (jar: Jar, query: string) => send(identity.finishOutside, { query }, jar)
  return {
    send, begin, finish,
    /** The whole way of one browser: to the service, through its forms, and back. */
    async come(login: string, { change = (query: string) => query, decline = false, returnTo, go = provider().browser(), jar = new Map() }: { change?(query: string): string; decline?: boolean; returnTo?: string; go?: ReturnType<Provider['browser']>; jar?: Jar } = {}): Promise<{ jar: Jar; answer: Record<string, unknown> }> {
      const query = await provider().signIn(await begin(jar, returnTo), login, { decline, go })
      return { jar, answer: await finish(jar, change(query)) }
    },
    who: async (jar: Jar) => (await program.call(whoAmI, {}, { as: cookieOf(jar) })).actor.id,
  }
}

/** The cookies as a browser sends them. */
export function cookieOf(jar: Jar): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
}
