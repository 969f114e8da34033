// @clause X.5
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'

/** One figure with its labels. */
export type Sample = { readonly labels?: Readonly<Record<string, string>>; readonly value: number; /** Behind the family's name: `_bucket`, `_sum`, `_count`. */ readonly suffix?: string }
/** Figures of one name in Prometheus' sense. Units are in the name: seconds, bytes. */
export type Family = { readonly name: string; readonly help: string; readonly type: 'counter' | 'gauge' | 'histogram'; readonly samples: readonly Sample[] }

const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** The text that Prometheus reads (exposition format 0.0.4). */
export function metricsText(families: readonly Family[]): string {
  return families.map(({ name, help, type, samples }) => [
    `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${name} ${type}`,
    ...samples.map(({ labels = {}, value, suffix = '' }) => `${name}${suffix}${labelsText(labels)} ${Number.isFinite(value) ? value : value > 0 ? '+Inf' : 'NaN'}`),
  ].join('\n')).join('\n') + '\n'
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** Counts and times the requests of a server by route pattern, never by address: an address may name a person. Call before the routes are added. */
export function measureRequests(server: FastifyInstance): { families(): Family[] } {
  const counted = new Map<string, { labels: Record<string, string>; count: number }>()
  const timed = new Map<string, { labels: Record<string, string>; buckets: number[]; sum: number; count: number }>()
  let open = 0
  server.addHook('onRequest', async () => void (open += 1))
  server.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    open -= 1
    const route = routeOptions.url ?? 'none'
    const status = String(reply.statusCode)
    const seconds = reply.elapsedTime / 1000
    const place = `${method} ${route}`
    const one = counted.get(`${place} ${status}`) ?? { labels: { method, route, status }, count: 0 }
    one.count += 1
    counted.set(`${place} ${status}`, one)
    const time = timed.get(place) ?? { labels: { method, route }, buckets: BOUNDS.map(() => 0), sum: 0, count: 0 }
    BOUNDS.forEach((bound, at) => (time.buckets[at]! += seconds <= bound ? 1 : 0))
    time.sum += seconds
    time.count += 1
    timed.set(place, time)
  })
  return {
    families: () => [
      { name: 'xinheng_http_requests_total', help: 'Answered requests by route and status', type: 'counter', samples: [...counted.values()].map(({ labels, count }) => ({ labels, value: count })) },
      { name: 'xinheng_http_request_seconds', help: 'Time until the answer was sent', type: 'histogram', samples: [...timed.values()].flatMap(({ labels, buckets, sum, count }) => [
        ...BOUNDS.map((bound, at) => ({ labels: { ...labels, le: String(bound) }, value: buckets[at]!, suffix: '_bucket' })),
        { labels: { ...labels, le: '+Inf' }, value: count, suffix: '_bucket' }, { labels, value: sum, suffix: '_sum' }, { labels, value: count, suffix: '_count' },
      ]) },
      { name: 'xinheng_http_requests_open', help: 'Requests being answered', type: 'gauge', samples: [{ value: open }] },
    ],
  }
}

/** Watches this process: memory, processor, and how late its event loop runs since the last look. */
export function measureProcess(): { families(): Family[]; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  return {
    families() {
      const { rss, heapUsed, external } = process.memoryUsage()
      const { user, system } = process.cpuUsage()
      const quantile = (share: number) => ({ labels: { quantile: String(share) }, value: delay.percentile(share * 100) / 1e9 })
      const late = [quantile(0.5), quantile(0.99), { labels: { quantile: '1' }, value: delay.max / 1e9 }]
      delay.reset()
      const gauge = (name: string, help: string, value: number): Family => ({ name, help, type: 'gauge', samples: [{ value }] })
      return [
        gauge('process_resident_memory_bytes', 'Memory that the process holds', rss), gauge('nodejs_heap_used_bytes', 'Heap in use', heapUsed), gauge('nodejs_external_memory_bytes', 'Memory outside the heap', external),
        { name: 'process_cpu_seconds_total', help: 'Processor time', type: 'counter', samples: [{ value: (user + system) / 1e6 }] },
        gauge('process_uptime_seconds', 'Time since the start', process.uptime()),
        { name: 'nodejs_eventloop_delay_seconds', help: 'How late the event loop ran since the last look', type: 'gauge', samples: late },
      ]
    },
    stop: () => void delay.disable(),
  }
}
