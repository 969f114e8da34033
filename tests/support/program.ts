import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { boot, type BootParts, type Xinheng } from '../../src/app/boot.ts'
import { serverOf, type Faces } from '../../src/app/server.ts'
import type { Endpoint, InputOf, OutputOf } from '../../src/kernel/endpoint.ts'
import { act, systemActor } from '../../src/engines/procedure/index.ts'
import { z } from 'zod'
import { basis } from '../../src/kernel/basis.ts'
import { addDays, dayOf } from '../../src/kernel/day.ts'
import { wordsApart } from '../../src/kernel/words.ts'
import { grantMandate, openAccount, openPersonAccount, openSession, type NewMandate } from '../../src/modules/identity/index.ts'
import { appointOfficer, grantRole } from '../../src/modules/organisation/index.ts'
import { getBatch, importFile, recogniseFile } from '../../src/modules/submissions/contract.ts'
import { freshDatabase, preparedFolder } from './database.ts'

/** A refusal as it came over HTTP. */
export class HttpRefusal extends Error {
  readonly status: number
  readonly problem: { code: string; message: { zh: string; en: string }; fix: { zh: string; en: string } }
  constructor(status: number, body: string) {
    super(body)
    this.status = status
    this.problem = JSON.parse(body) as HttpRefusal['problem']
  }
}

/** The bytes of an upload; the cookie of whoever asks, the officer of the credit office unless given; for what purpose. */
type Extras = { readonly upload?: Uint8Array; readonly as?: string; readonly purpose?: string }

const founder = systemActor('test')
const grant = act({ name: 'test.grant-mandate', permission: 'agents.confirm', basis: basis('practice', 'practice'), input: z.custom<NewMandate>(), run: async (context, input) => grantMandate(context, input) })

/** The whole program on an empty data folder, or on one that is given, asked over HTTP without a socket by a signed-in officer of the credit office. */
export async function startProgram({ data: given, ...parts }: Pick<BootParts, 'clock' | 'randomness' | 'policy' | 'databaseUrl'> & { readonly data?: string } = {}, faces: Pick<Faces, 'services'> = {}) {
  const data = given ?? mkdtempSync(join(tmpdir(), 'xinheng-program-'))
  const database = process.env.XINHENG_TEST_DATABASE_URL && parts.databaseUrl === undefined ? await freshDatabase() : null
  if (database === null && parts.databaseUrl === undefined && !existsSync(join(data, 'database'))) await preparedFolder(join(data, 'database'))
  const xinheng: Xinheng = await boot({ data, databaseUrl: database?.url, ...parts })
  await xinheng.follow()
  const server: FastifyInstance = await serverOf(xinheng, { demo: false, filling: () => null, ...faces })

  let count = 0

  /** Appoints an officer with these roles, opens an account and signs in; without a password. */
  async function officer(roles: readonly string[], department = 'credit-office') {
    const world = xinheng.keeper
    const userName = `t${++count}-${roles[0] ?? 'none'}`
    const name = `测试${count}`
    const { officerId } = await appointOfficer.perform(world, founder, { number: userName, name, department })
    for (const role of roles) await grantRole.perform(world, founder, { officerId, role })
    const { accountId } = await openAccount.perform(world, founder, { officerId, userName })
    return { userName, name, officerId, accountId, cookie: await signedIn(accountId) }
  }
  /** Opens the account of a person, with a mandate for a subject or without, and signs in. */
  async function person(mandate: Pick<NewMandate, 'subjectId' | 'capacity' | 'limits'> | null, name = `经办${count + 1}`, phone: string | null = null) {
    const userName = `p${++count}-${mandate?.capacity ?? 'none'}`
    const { accountId } = await openPersonAccount.perform(xinheng.keeper, founder, { userName, name, phone })
    if (mandate) await mandated({ accountId, name }, mandate)
    return { userName, accountId, name, cookie: await signedIn(accountId) }
  }
  /** Grants a person one more mandate, for so many days. */
  async function mandated(person: { readonly accountId: number; readonly name: string }, mandate: Pick<NewMandate, 'subjectId' | 'capacity' | 'limits'>, days = 300) {
    const { accountId, name } = person
    return grant.perform(xinheng.keeper, founder, { ...mandate, accountId, name, untilOn: addDays(dayOf(xinheng.world.clock.now()), days) })
  }
  /** The cookie of a new session. Its kind is the demo's, so that no second factor is asked for. */
  async function signedIn(accountId: number, kind: 'demo' | 'password' = 'demo') {
    return `xinheng=${await openSession(xinheng.keeper, { address: '127.0.0.1', agent: 'test' }, accountId, kind)}`
  }
  const { cookie } = await officer(['credit-officer', 'credit-head'])

  async function send(endpoint: Endpoint, input: object, { upload, as = cookie, purpose }: Extras = {}) {
    const rest: Record<string, unknown> = { ...input }
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
      const value = rest[name]
      delete rest[name]
      return encodeURIComponent(String(value))
    })
    const inQuery = endpoint.method === 'GET' || upload !== undefined
    const query = new URLSearchParams(Object.entries(rest).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)] as [string, string]))
    const apart = wordsApart(`/api${path}${inQuery ? `?${query}` : ''}`)
    const response = await server.inject({
      method: endpoint.method, url: apart.address,
      headers: { cookie: as, ...apart.headers, 'content-type': upload ? 'application/octet-stream' : 'application/json', ...(purpose === undefined ? {} : { 'x-purpose': encodeURIComponent(purpose) }) }, payload: upload ? Readable.from([Buffer.from(upload)]) : inQuery ? undefined : JSON.stringify(rest),
    })
    if (response.statusCode >= 400) throw new HttpRefusal(response.statusCode, response.body)
    return response
  }

  const program = {
    xinheng, server, data, databaseUrl: database?.url, officer, person, mandated, signedIn,
    /** Asks as the officer of the credit office, or as whoever has the cookie `as`. */
    async call<E extends Endpoint>(endpoint: E, input: InputOf<E>, extras: Extras = {}): Promise<OutputOf<E>> {
      return endpoint.output.parse((await send(endpoint, input as object, extras)).json()) as OutputOf<E>
    },
    async download<E extends Endpoint>(endpoint: E, input: InputOf<E>, extras: Omit<Extras, 'upload'> = {}): Promise<Buffer> {
      return (await send(endpoint, input as object, extras)).rawPayload
    },
    /** Uploads, imports and waits for the outcome. */
    async import(kind: InputOf<typeof importFile>['kind'], bytes: Uint8Array, department: string, receivedOn?: string) {
      const name = `${kind}.file`
      const { file } = await program.call(recogniseFile, { name }, { upload: bytes })
      const { batchId } = await program.call(importFile, { file, name, kind, department, receivedOn })
      for (;;) {
        const batch = await program.call(getBatch, { batchId })
        if (batch.state === 'done' || batch.state === 'refused') return batch
        await setTimeout(20)
      }
    },
    async close() {
      await server.close()
      await xinheng.close()
      await database?.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
  return program
}
