import { t, tt } from '../../../ui/language.ts'
import { useEndpoint } from '../../../ui/use-endpoint.ts'
import { beginLink, listOutsideLinks, listOutsideServices, listSessions, unlinkOwn } from '../contract.ts'
import { useConfirmedAct } from './confirmed.ts'
import { linkedByWords } from './words.ts'

/**
 * Whom outside identity services know as the own account (统一身份关联), for either face: what is linked and may be unlinked, and what may be linked; null while it is read, and where there is neither.
 * `people`: whose services are offered; `returnTo`: the page to which the browser comes back.
 */
export function useOutsideLinks(people: 'officers' | 'businesses', returnTo: string) {
  const links = useEndpoint(listOutsideLinks, {})
  const services = useEndpoint(listOutsideServices, {})
  const begin = useConfirmedAct(beginLink, { stale: [], onDone: ({ address }) => location.assign(address) })
  const end = useConfirmedAct(unlinkOwn, { stale: [listOutsideLinks, listSessions] })
  if (!links.data || !services.data) return null
  const { rows } = links.data
  const open = services.data.rows.filter((one) => one.people.includes(people) && !rows.some(({ label }) => label?.zh === one.label.zh))
  if (rows.length === 0 && open.length === 0) return null
  return {
    begin, end, problem: begin.problem ?? end.problem,
    linked: rows.map(({ outsideLinkId, label, issuer, linkedBy, linkedAt }) => ({ outsideLinkId, called: label ? tt(label) : issuer, by: tt(linkedByWords[linkedBy]), linkedAt, unlink: () => void end.perform({ outsideLinkId }) })),
    open: open.map(({ key, label }) => ({ key, says: t(`关联${label.zh}`, `Link ${tt(label)}`), link: () => void begin.perform({ service: key, returnTo }) })),
  }
}
