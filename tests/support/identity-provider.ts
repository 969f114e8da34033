import { spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

/** What the provider says untruly in its next tokens: claims that replace the true ones, no signature, or one of a key that nobody knows. */
export type Lies = { readonly claims?: Record<string, unknown>; readonly unsigned?: boolean; readonly foreign?: boolean }

/** Starts an OpenID provider in a process of its own, on the loopback. With a `port` it takes the place of one that was stopped, with other keys. */
export async function startIdentityProvider(origin: string, secret: string, port?: number) {
  const at = port ?? (await freePort())
  const child = spawn(process.execPath, [fileURLToPath(new URL('identity-provider.mjs', import.meta.url)), String(at), origin, secret], { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`the provider ended with ${code}`)))
  })
  const issuer = `http://127.0.0.1:${at}`

  /** One request of a browser that keeps cookies and does not follow. */
  const browser = () => {
    const cookies = new Map<string, string>()
    return async (url: string, form?: Record<string, string>): Promise<{ location: string | null; body: string }> => {
      const answer = await fetch(new URL(url, issuer), { redirect: 'manual', method: form ? 'POST' : 'GET', body: form ? new URLSearchParams(form) : null, headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } })
      for (const line of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
        cookies.set(name!, value!)
      }
      return { location: answer.headers.get('location'), body: await answer.text() }
    }
  }

  return {
    issuer, port: at,
    async lie(lies: Lies): Promise<void> {
      await fetch(`${issuer}/control`, { method: 'POST', body: JSON.stringify(lies) })
    },
    /** What it knows of whom: claims by login. */
    async know(people: Readonly<Record<string, object>>): Promise<void> {
      await fetch(`${issuer}/people`, { method: 'POST', body: JSON.stringify(people) })
    },
    /** A token of whatever it is given, signed by its key, or by one that nobody knows. */
    async sign(claims: object, { typ, foreign = false }: { readonly typ?: string; readonly foreign?: boolean } = {}): Promise<string> {
      return ((await (await fetch(`${issuer}/sign`, { method: 'POST', body: JSON.stringify({ claims, typ, foreign }) })).json()) as { token: string }).token
    },
    browser,
    /** Walks through both forms, signing in as somebody and giving consent, or declining; gives the query with which the browser comes back. */
    async signIn(address: string, login: string, { decline = false, go = browser() } = {}): Promise<string> {
      let { location, body } = await go(address)
      for (let step = 0; step < 12; step += 1) {
        if (location?.startsWith(origin)) return new URL(location).search.slice(1)
        if (location !== null) ({ location, body } = await go(location))
        else {
          const [, action] = /<form[^>]* action="([^"]+)"/.exec(body)!
          if (decline) ({ location, body } = await go(`${action}/abort`))
          else ({ location, body } = await go(action!, body.includes('value="login"') ? { prompt: 'login', login, password: 'any' } : { prompt: 'consent' }))
        }
      }
      throw new Error('the provider never came back')
    },
    /** Signs a browser out over there; the provider then tells the services at which the browser was signed in. */
    async signOut(go: ReturnType<typeof browser>): Promise<void> {
      const { body } = await go('/session/end')
      await go('/session/end/confirm', { xsrf: /name="xsrf" value="([^"]+)"/.exec(body)![1]!, logout: 'yes' })
    },
    async stop(): Promise<void> {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await gone
    },
  }
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
