import { Link } from '@tanstack/react-router'
import { tt } from '../../ui/language.ts'
import { places } from './places.tsx'

/** The list of places, the present one marked. */
export function Navigation() {
  return (
    <ul className="c-nav">
      {places.map(({ to, title, icon }) => <li key={to}><Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }} activeProps={{ className: 'c-active', 'aria-current': 'page' }}><span aria-hidden>{icon}</span>{tt(title)}</Link></li>)}
    </ul>
  )
}
