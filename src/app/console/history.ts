import { createBrowserHistory, type RouterHistory } from '@tanstack/react-router'
import { WORDS } from '../../kernel/words.ts'

type Place = RouterHistory['location']

// A page that changes its own address leaves no state behind; the router reads from it all the same.
const NEW_STATE: Place['state'] = { __TSR_index: 0, key: 'new', __TSR_key: 'new' }

/**
 * The history of the console. What someone looks for stands behind the `#` of the address: a link can be kept and passed on, and what stands there is never sent to a server or a proxy.
 * Pages know nothing of it: to them it is a search parameter like others.
 */
export function quietHistory(): RouterHistory {
  const written = location.pathname + location.search
  const history = createBrowserHistory({ createHref: behindTheMark, parseLocation: () => placeOf(location) })
  // An address that somebody typed, or kept from earlier.
  if (behindTheMark(written) !== written) window.history.replaceState(window.history.state, '', behindTheMark(written))
  return history
}

/** The address with its words behind the `#`. */
export function behindTheMark(address: string): string {
  const [path, query = ''] = address.split('#', 1)[0]!.split('?', 2) as [string, string?]
  const [before, behind] = [new URLSearchParams(), new URLSearchParams()]
  for (const [name, value] of new URLSearchParams(query)) (WORDS.includes(name) ? behind : before).append(name, value)
  if (behind.size === 0) return address
  return `${path}${before.size === 0 ? '' : `?${before}`}#${behind}`
}

function placeOf({ pathname, search, hash }: Location): Place {
  const behind = [...new URLSearchParams(hash.slice(1))].filter(([name]) => WORDS.includes(name))
  const query = new URLSearchParams(search)
  for (const [name, value] of behind) query.set(name, value)
  const [said, mark] = [behind.length === 0 ? search : `?${query}`, behind.length === 0 ? hash : '']
  return { href: pathname + said + mark, pathname, search: said, hash: mark, state: (window.history.state as Place['state'] | null) ?? NEW_STATE }
}
