// An OpenID provider of its own process, for tests: signs in whoever types a name, asks for consent, and lies about tokens when it is told to.
// `node identity-provider.mjs PORT ORIGIN SECRET`; prints its issuer when it listens. POST /control { claims, unsigned, foreign } decides about the next tokens; a claim that is null is left out.
// POST /people { login: claims } says what is known of whom; POST /sign { claims, typ, foreign } signs whatever it is given.
import { generateKeyPairSync, sign } from 'node:crypto'
import { Provider } from 'oidc-provider'

const [port, origin, secret] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`
const key = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const own = key()
const kid = `key-${process.pid}`
let lies = {}
let people = {}

const provider = new Provider(issuer, {
  clients: [{ client_id: 'xinheng', client_secret: secret, redirect_uris: ['console', 'my'].map((face) => `${origin}/${face}/sign-in/outside`), post_logout_redirect_uris: ['console', 'my'].map((face) => `${origin}/${face}`), backchannel_logout_uri: `${origin}/api/identity/outside/province/logout`, backchannel_logout_session_required: true, response_types: ['code'], grant_types: ['authorization_code'] }],
  jwks: { keys: [{ ...own.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['only for tests'] },
  claims: { openid: ['sub'], profile: ['name', 'employee_number', 'legal_entities'] },
  conformIdTokenClaims: false,
  // It calls nobody on the loopback otherwise.
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, name: id, ...(id.startsWith('staff-') ? { employee_number: id.slice(6) } : {}), ...people[id] }) }),
  features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
})

const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url')

const signed = (header, claims, foreign) => {
  const text = `${encode({ alg: 'RS256', kid, ...header })}.${encode(claims)}`
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), foreign ? key() : own).toString('base64url')}`
}

const told = async ({ req }) => {
  const chunks = []
  for await (const chunk of req) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

provider.use(async (context, next) => {
  if (context.path === '/control') {
    lies = await told(context)
    context.body = {}
    return
  }
  if (context.path === '/people') {
    people = await told(context)
    context.body = {}
    return
  }
  if (context.path === '/sign') {
    const { claims, typ, foreign } = await told(context)
    context.body = { token: signed(typ === undefined ? {} : { typ }, claims, foreign) }
    return
  }
  await next()
  if (context.path !== '/token' || context.body?.id_token === undefined || Object.keys(lies).length === 0) return
  const truth = JSON.parse(Buffer.from(context.body.id_token.split('.')[1], 'base64url').toString())
  const said = Object.fromEntries(Object.entries({ ...truth, ...lies.claims }).filter(([, value]) => value !== null))
  context.body.id_token = lies.unsigned ? `${encode({ alg: 'none' })}.${encode(said)}.` : signed({}, said, lies.foreign)
})

provider.listen(Number(port), '127.0.0.1', () => console.log(issuer))
