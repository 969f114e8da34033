import { Link } from '@tanstack/react-router'
import { tt } from '../../ui/language.ts'
import { useSurroundings } from '../../ui/surroundings.tsx'
import { mayOpen, places } from './places.tsx'

/** The list of places that the signed-in officer may open, the present one marked. */
export function Navigation() {
  const { permissions } = useSurroundings()
  return (
    <ul className="c-nav">
      {places.filter((place) => mayOpen(place, permissions)).map(({ to, title, icon }) => <li key={to}><Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }} activeProps={{ className: 'c-active', 'aria-current': 'page' }}><span aria-hidden>{icon}</span>{tt(title)}</Link></li>)}
    </ul>
  )
}
