import { readFile } from 'node:fs/promises'
import { demoAccounts } from '../../src/app/demo/accounts.ts'
import { demoBusinessPeople } from '../../src/app/demo/businesses.ts'
import { allRoutes } from '../../src/app/server.ts'
import { loadPolicy } from '../../src/engines/policy/index.ts'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import type { Endpoint } from '../../src/kernel/endpoint.ts'
import { rolesOf } from '../../src/modules/organisation/index.ts'
import { sampleOf, textFieldsOf, withAt } from '../support/text-fields.ts'
import type { openDemo } from './demo.ts'

const RUNS = 'globalThis.ran=1'
/** Markup that would run, short enough for every text. */
export const MARKUP = `<img src=x onerror=${RUNS}>`
/** What would run, call, lead out of a folder or mislead the eye, wherever a text is taken for something else. */
export const PAYLOADS: readonly string[] = [
  MARKUP, `'"-->]]></title><script>${RUNS}</script><svg/onload=${RUNS}>`, `javascript:${RUNS}`, `{{constructor.constructor('${RUNS}')()}}\${${RUNS}}＜script＞`,
  `=HYPERLINK("javascript:${RUNS}","点此")`, '@SUM(1+1)*cmd', '../../etc/..\\passwd', 'a\0b', '\u202egpj.exe e\u0301\u200b\ufeff海棠',
]
// Acts that end things come last, so that what they end took its texts before; signing in after registering, for wrong passwords lock.
const ENDS = /(end|close|closure|departure|decline|settlement|decision|correction|sign-in|redeem|password)$/
const LAST = /withdrawal$/
const rankOf = ({ path }: Endpoint) => (LAST.test(path) ? 2 : ENDS.test(path) ? 1 : 0)

type Demo = Awaited<ReturnType<typeof openDemo>>
/** What was planted: how often each endpoint took a payload, the numbers of things made on the way, and what failed. */
export type Planted = { readonly taken: ReadonlyMap<string, number>; readonly ids: Readonly<Record<string, unknown>>; readonly faults: readonly string[] }

const { roles } = rolesOf(loadPolicy('policy'))
const people: readonly { readonly userName: string; readonly held: readonly string[] }[] = [
  ...demoAccounts.map(({ userName, role }) => ({ userName, held: ['officer', role] })), ...demoBusinessPeople.map(({ userName }) => ({ userName, held: ['person', 'legal-representative'] })),
]
// What keeps an own sign-in safe locks and ends sessions when it is told nonsense: tried by somebody who does nothing else here.
const whoMay = (permission: string) => (permission === 'identity.own' ? ['inspector'] :  people.filter(({ held }) => roles.some(({ key, permissions }) => held.includes(key) && permission in permissions)).map(({ userName }) => userName))
const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`

/** Every endpoint of the program that changes something and takes a text. */
export function changing(): Endpoint[] {
  // Routes are made without a program: none of them is asked here.
  const nothing = { signer: {}, database: {}, desk: {}, trailKey: new Uint8Array(32) } as unknown as Parameters<typeof allRoutes>[0]
  const endpoints = allRoutes(nothing, { demo: false, filling: () => null }).map(({ endpoint }) => endpoint).filter((one) => one.method !== 'GET' && textFieldsOf(one).length > 0)
  return endpoints.toSorted((one, other) => rankOf(one) - rankOf(other))
}

/** Puts every payload into every free text of every endpoint, and markup into each other text, as whoever may; everything else fits. `more` says what does, by endpoint. */
export async function plant(demo: Demo, given: Readonly<Record<string, unknown>>, more: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<Planted> {
  const ids: Record<string, unknown> = { ...given }
  /** The first of its kind that was made here: what may be withdrawn by whoever filed it. */
  const first: Record<string, unknown> = {}
  const taken = new Map<string, number>()
  const faults: string[] = []
  const cookies = new Map<string, string>()
  const cookieOf = async (userName: string) => cookies.get(userName) ?? cookies.set(userName, await demo.signIn(userName)).get(userName)!
  const bodies = new Map<string, Uint8Array<ArrayBuffer> | ArrayBuffer>([
    ['/imports/recognise', new Uint8Array(await readFile('docs/guide/samples/subjects.csv'))],
    ['/organisation/import/preview', await (await fetch(`${demo.base}/api/organisation/workbook`, { headers: { cookie: await cookieOf('system') } })).arrayBuffer()],
  ])
  let count = 0
  /** Everything that is no bait: things made before, and what must be new each time. */
  const known = (endpoint: Endpoint): Readonly<Record<string, unknown>> => {
    const serial = String((count += 1)).padStart(4, '0')
    return { requestId: undefined, key: `bait-${serial}`, number: `b-${serial}`, userName: `bait.${serial}`, uscc: usccFrom('11460202', `MBX${serial}0`), code: undefined, password: 'Regen-2026-Wind', phone: '13800138000', department: 'water', section: undefined, sector: undefined, kind: 'subject', joinedOn: undefined, occasionOn: undefined, receivedOn: undefined, uploadIds: [ids['uploadId']], ...ids, ...(rankOf(endpoint) === 2 && first['objectionId'] !== undefined ? { objectionId: first['objectionId'] } : {}), ...more[nameOf(endpoint)] }
  }
  const send = async (endpoint: Endpoint, input: Readonly<Record<string, unknown>>, userName: string): Promise<{ readonly ok: boolean; readonly code: unknown }> => {
    const rest: Record<string, unknown> = { ...input }
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
      const value = String(rest[name])
      delete rest[name]
      return encodeURIComponent(value.toWellFormed())
    })
    const upload = endpoint.takes === 'upload'
    const query = upload ? `?${new URLSearchParams(Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]))}` : ''
    const response = await fetch(`${demo.base}/api${path}${query}`, { method: endpoint.method, body: upload ? (bodies.get(endpoint.path) ?? '%PDF-1.4\n%%EOF\n') : JSON.stringify(rest), headers: { cookie: await cookieOf(userName), 'content-type': upload ? 'application/octet-stream' : 'application/json' } })
    const answer = (await response.json()) as Record<string, unknown>
    if (response.status >= 500) faults.push(`${endpoint.method} ${path}: ${JSON.stringify(rest)}`)
    if (response.ok) for (const [name, value] of Object.entries(answer)) if (/(Id|^file|^plan)$/.test(name) && value !== null) {
      first[name] ??= value
      if (!(name in given)) ids[name] = value
    }
    return { ok: response.ok, code: answer['code'] }
  }
  for (const endpoint of changing()) {
    const free = textFieldsOf(endpoint, { free: true }).filter((field) => !field.some((name) => name in known(endpoint)))
    const other = textFieldsOf(endpoint).filter((field) => !free.some((one) => one.join() === field.join()))
    const changes = [
      ...(free.length === 0 ? [(sample: Record<string, unknown>) => sample] : PAYLOADS.map((payload) => (sample: Record<string, unknown>) => free.reduce((input, field) => withAt(input, field, payload), sample))),
      ...other.map((field) => (sample: Record<string, unknown>) => withAt(sample, field, MARKUP)),
    ]
    let who = whoMay(endpoint.permission)
    for (const change of changes) for (const userName of who) {
      const { ok, code } = await send(endpoint, change(sampleOf(endpoint, known(endpoint))), userName)
      if (ok) taken.set(nameOf(endpoint), (taken.get(nameOf(endpoint)) ?? 0) + 1)
      if (!ok && (code === 'act.other-department' || String(code).endsWith('.missing'))) continue
      who = [userName]
      break
    }
  }
  return { taken, ids, faults }
}
