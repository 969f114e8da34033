// An OpenID provider of its own process, for tests: signs in whoever types a name, asks for consent, and lies about tokens when it is told to.
// `node identity-provider.mjs PORT ORIGIN SECRET`; prints its issuer when it listens. POST /control { claims, unsigned, foreign } decides about the next tokens; a claim that is null is left out.
import { generateKeyPairSync, sign } from 'node:crypto'
import { Provider } from 'oidc-provider'

const [port, origin, secret] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`
const key = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const own = key()
const kid = `key-${process.pid}`
let lies = {}

const provider = new Provider(issuer, {
  clients: [{ client_id: 'xinheng', client_secret: secret, redirect_uris: [`${origin}/console/sign-in/outside`], post_logout_redirect_uris: [`${origin}/console`], response_types: ['code'], grant_types: ['authorization_code'] }],
  jwks: { keys: [{ ...own.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['only for tests'] },
  claims: { openid: ['sub'], profile: ['name', 'employee_number'] },
  conformIdTokenClaims: false,
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, name: id, ...(id.startsWith('staff-') ? { employee_number: id.slice(6) } : {}) }) }),
  features: { devInteractions: { enabled: true } },
})

const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url')

provider.use(async (context, next) => {
  if (context.path === '/control') {
    const chunks = []
    for await (const chunk of context.req) chunks.push(chunk)
    lies = JSON.parse(Buffer.concat(chunks).toString())
    context.body = {}
    return
  }
  await next()
  if (context.path !== '/token' || context.body?.id_token === undefined || Object.keys(lies).length === 0) return
  const truth = JSON.parse(Buffer.from(context.body.id_token.split('.')[1], 'base64url').toString())
  const said = Object.fromEntries(Object.entries({ ...truth, ...lies.claims }).filter(([, value]) => value !== null))
  const header = lies.unsigned ? { alg: 'none' } : { alg: 'RS256', kid }
  const text = `${encode(header)}.${encode(said)}`
  context.body.id_token = `${text}.${lies.unsigned ? '' : sign('RSA-SHA256', Buffer.from(text), lies.foreign ? key() : own).toString('base64url')}`
})

provider.listen(Number(port), '127.0.0.1', () => console.log(issuer))
