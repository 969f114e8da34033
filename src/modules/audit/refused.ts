// @clause 4.3, X.4
import type { Line } from './line.ts'

const LINE_BY_LINE = 5
const MINUTE_MS = 60_000
const MOST_ADDRESSES = 10_000
const ANYTHING = '*'

/** Writes lines; what waits to be counted is written by `settle`. */
export type Gathered = { write(line: Line): Promise<void>; settle(): Promise<void> }
type Minute = { readonly minute: number; lines: number; times: number; last: Line | null }

/**
 * Keeps a flood from filling the trail (防刷): of what is refused to one address that has no session, the first five in a minute stand line by line, the rest of that minute is one line with its count
 * (`asked.times`, route `*`), written when the minute is over. A kill may lose such a count, never a line of somebody who is signed in, nor an attempt to sign in.
 */
export function gatherRefusals(write: (line: Line) => Promise<void>): Gathered {
  const minutes = new Map<string, Minute>()
  let timer: NodeJS.Timeout | null = null
  const close = async (address: string): Promise<void> => {
    const { times, last } = minutes.get(address)!
    minutes.delete(address)
    if (last) await write({ ...last, method: ANYTHING, route: ANYTHING, kind: 'view', subjectIds: [], recordIds: [], asked: { times }, rows: null, ms: 0 })
  }
  const settle = async (): Promise<void> => {
    for (const address of minutes.keys()) await close(address)
  }
  const later = (): void => {
    timer = null
    void settle().catch((error: unknown) => console.error('refusals that were counted could not be written', error))
  }
  return {
    async write(line) {
      if (!isUnknown(line)) return write(line)
      const { address } = line
      const minute = Math.floor(line.at.getTime() / MINUTE_MS)
      if (minutes.has(address) && minutes.get(address)!.minute !== minute) await close(address)
      if (!minutes.has(address)) {
        minutes.set(address, { minute, lines: 0, times: 0, last: null })
        if (minutes.size > MOST_ADDRESSES) await close(minutes.keys().next().value!)
      }
      const counted = minutes.get(address)!
      if ((counted.lines += 1) <= LINE_BY_LINE) return write(line)
      counted.times += 1
      counted.last = line
      timer ??= setTimeout(later, MINUTE_MS).unref()
    },
    async settle() {
      if (timer) clearTimeout(timer)
      timer = null
      await settle()
    },
  }
}

function isUnknown({ sessionId, actor, outcome, kind }: Line): boolean {
  return sessionId === null && actor === 'visitor' && outcome !== 'given' && outcome !== 'fault' && (kind !== 'sign-in' || outcome.endsWith('.too-many'))
}
