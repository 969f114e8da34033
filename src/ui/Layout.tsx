import type { ReactNode } from 'react'

/** The head of a page: its one `h1`, what stands beneath it, and what can be done (right). */
export function PageHead({ title, under, after }: { readonly title: ReactNode; readonly under?: ReactNode; readonly after?: ReactNode }) {
  return <div className="x-head"><div style={{ minWidth: 0 }}><h1>{title}</h1>{under && <div className="x-quiet">{under}</div>}</div>{after && <div className="x-after x-row">{after}</div>}</div>
}

/** A part of a page with its heading. `flush` lets a table reach the edges. */
export function Section({ title, note, after, flush = false, children }: { readonly title?: ReactNode; readonly note?: ReactNode; readonly after?: ReactNode; readonly flush?: boolean; readonly children: ReactNode }) {
  return (
    <section className="x-section">
      {(title || after) && <header>{title && <h2>{title}</h2>}{note && <span className="x-quiet x-small">{note}</span>}{after && <span className="x-after">{after}</span>}</header>}
      <div className={`x-body ${flush ? 'x-flush' : ''}`}>{children}</div>
    </section>
  )
}

/** Says what will appear here and how to make it appear. */
export function EmptyState({ title, how, action }: { readonly title: string; readonly how: ReactNode; readonly action?: ReactNode }) {
  return <div className="x-empty"><strong>{title}</strong><p>{how}</p>{action && <div style={{ marginTop: 10 }}>{action}</div>}</div>
}

/** Facts in two columns: what, and its value. Null values are left out. */
export function Facts({ of }: { readonly of: readonly (readonly [what: ReactNode, value: ReactNode] | null | false)[] }) {
  return <dl className="x-facts">{of.map((fact, index) => fact && fact[1] !== null && fact[1] !== undefined && <FactLine key={index} what={fact[0]} value={fact[1]} />)}</dl>
}

function FactLine({ what, value }: { readonly what: ReactNode; readonly value: ReactNode }) {
  return <><dt>{what}</dt><dd>{value}</dd></>
}
