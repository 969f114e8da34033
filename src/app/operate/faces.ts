// @clause X.5
import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { measureProcess, metricsText, type Family } from '../../platform/http/index.ts'
import type { Xinheng } from '../boot.ts'
import { watchHealth } from './health.ts'
import { readDatabaseState, type DatabaseState } from './ledger-state.ts'

/** What the operator's addresses need. */
export type OperatorFaces = { readonly version: string; readonly requests: { families(): Family[] }; isFilling(): boolean; readonly token?: string }

/**
 * The addresses that machines ask: `/healthz` (the process lives), `/readyz` (200 when it can do its work, else 503) and `/metrics` for Prometheus.
 * Metrics are for this machine, or for whoever brings the token: they tell how much work there is.
 */
export function addOperatorFaces(server: FastifyInstance, { world, database, desk, migrations, isFollowing }: Xinheng, { version, requests, isFilling, token }: OperatorFaces): void {
  const health = watchHealth({
    read: () => readDatabaseState(world.db), migrations, isFollowing, nowMs: () => performance.now(),
    isHeld: () => database.kind === 'embedded' && (desk.listWhileStoring() !== null || isFilling()),
  })
  const ownProcess = measureProcess()
  server.addHook('onClose', async () => ownProcess.stop())
  server.get('/healthz', async () => ({ ok: true }))
  server.get('/readyz', async (_request, reply) => {
    const readiness = await health.readiness()
    return reply.status(readiness.ready ? 200 : 503).header('cache-control', 'no-store').send(readiness)
  })
  server.get('/metrics', async (request, reply) => {
    if (!mayRead(request, token)) return reply.status(403).type('text/plain').send('only from this machine, or with the token of XINHENG_METRICS_TOKEN\n')
    const families = [...requests.families(), ...ownProcess.families(), ...figuresOf(await health.state()), gauge('xinheng_info', 'Version and database', 1, { version, database: database.kind })]
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(metricsText(families))
  })
}

/** A reverse proxy is on this machine too, but says for whom it asks. */
function mayRead({ headers, ip }: FastifyRequest, token: string | undefined): boolean {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
  if (token && given) {
    const [one, other] = [Buffer.from(given), Buffer.from(token)]
    return one.length === other.length && timingSafeEqual(one, other)
  }
  return /^(127\.|::1$|::ffff:127\.)/.test(ip) && ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].every((name) => headers[name] === undefined)
}

/** What the database says; only that it does not answer, when it does not. */
function figuresOf(state: DatabaseState | null): Family[] {
  const up = gauge('xinheng_database_up', 'Whether the database answered within two seconds', state === null ? 0 : 1)
  if (state === null) return [up]
  const { size, pending, imports, rows, followers } = state
  return [
    up, gauge('xinheng_ledger_size', 'Entries in the log', size), gauge('xinheng_ledger_entries_pending', 'Committed entries without a place in the log', pending),
    { name: 'xinheng_follower_entries_behind', help: 'Entries that a follower has not dealt with', type: 'gauge', samples: followers.map(({ name, behind }) => ({ labels: { follower: name }, value: behind })) },
    { name: 'xinheng_follower_failed_attempts', help: 'Failures of a follower in a row', type: 'gauge', samples: followers.map(({ name, attempts }) => ({ labels: { follower: name }, value: attempts })) },
    gauge('xinheng_imports_unfinished', 'Batches that wait or run', imports),
    { name: 'xinheng_imported_rows_total', help: 'Rows of finished imports by outcome', type: 'counter', samples: Object.entries(rows).map(([outcome, value]) => ({ labels: { outcome }, value })) },
  ]
}

function gauge(name: string, help: string, value: number, labels: Record<string, string> = {}): Family {
  return { name, help, type: 'gauge', samples: [{ labels, value }] }
}
