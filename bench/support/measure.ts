import { readFileSync } from 'node:fs'

/** What was done and how many milliseconds it took. */
export async function timed<T>(run: () => Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
  const began = performance.now()
  const result = await run()
  return { result, ms: performance.now() - began }
}

/** The value below which a share of the values lies: `percentile(values, 0.99)`. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** Starts something at an even rate and waits for all of it. Whoever is slow does not slow down the others: waiting counts. */
export async function atRate(perSecond: number, seconds: number, run: (index: number) => Promise<void>): Promise<void> {
  const began = performance.now()
  const all: Promise<void>[] = []
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const due = began + (index * 1000) / perSecond
    const wait = due - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    all.push(run(index))
  }
  await Promise.all(all)
}

/** The largest memory that a process held so far (VmHWM), in MB; of this process unless another is named. Linux only: 0 elsewhere. */
export function peakMemory(pid: number | 'self' = 'self'): number {
  return statusOf(pid, 'VmHWM')
}

/** The memory that a process holds now (VmRSS), in MB. */
export function presentMemory(pid: number | 'self' = 'self'): number {
  return statusOf(pid, 'VmRSS')
}

function statusOf(pid: number | 'self', field: string): number {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
