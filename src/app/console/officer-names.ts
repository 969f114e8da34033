import { useEffect, useSyncExternalStore } from 'react'
import { listOfficerNames, MOST_NAMES } from '../../modules/identity/contract.ts'
import { call } from '../../ui/client.ts'

// A list shows the same few officers many times: their names are asked for together, once.
const names = new Map<string, string | null>()
const listeners = new Set<() => void>()
const wanted = new Set<string>()
const GATHER_MS = 20

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function want(actor: string): void {
  if (names.has(actor) || !actor.startsWith('officer:')) return
  if (wanted.size === 0) setTimeout(() => void askForWanted(), GATHER_MS)
  wanted.add(actor)
}

async function askForWanted(): Promise<void> {
  const actors = [...wanted]
  wanted.clear()
  for (let from = 0; from < actors.length; from += MOST_NAMES) {
    const some = actors.slice(from, from + MOST_NAMES)
    // Without an answer the account stands there, and the next page that shows it asks again.
    const answer = await call(listOfficerNames, { actors: some.join(',') }).catch(() => null)
    if (answer === null) continue
    for (const actor of some) names.set(actor, answer.rows.find((row) => row.actor === actor)?.name ?? null)
    for (const listener of listeners) listener()
  }
}

/** The name of an officer (姓名) by the actor as whom the officer acts; null until it is known, and for whoever is no officer. */
export function useOfficerName(actor: string): string | null {
  useEffect(() => want(actor), [actor])
  return useSyncExternalStore(listen, () => names.get(actor) ?? null)
}
