import { useState, type MouseEvent, type ReactNode } from 'react'
import type { Endpoint, InputOf } from '../kernel/endpoint.ts'
import { fetchFile, problemOf, urlOf, type Problem } from './client.ts'
import { ProblemPanel } from './ProblemPanel.tsx'

type FileAsked<E extends Endpoint> = { readonly endpoint: E; readonly input: InputOf<E>; readonly name: string; readonly purpose: string | null }

/** What a link or button to a file needs. With a `purpose` (查询目的) the file is fetched with it, which a plain link cannot say. `name`: under which it is saved. */
export function useFile<E extends Endpoint>({ endpoint, input, name, purpose }: FileAsked<E>) {
  const [problem, setProblem] = useState<Problem | null>(null)
  async function save(purpose: string) {
    setProblem(null)
    try {
      const url = URL.createObjectURL(await fetchFile(endpoint, input, purpose))
      const link = document.createElement('a')
      link.href = url
      link.download = name
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  function onClick(event: MouseEvent) {
    if (purpose === null) return
    event.preventDefault()
    void save(purpose)
  }
  return { link: { href: urlOf(endpoint, input), download: name, onClick }, problem }
}

/** A link to a file, with a purpose or without; a refusal stands beneath. */
export function FileLink<E extends Endpoint>({ children, ...asked }: FileAsked<E> & { readonly children: ReactNode }) {
  const { link, problem } = useFile(asked)
  return <><a {...link}>{children}</a><ProblemPanel problem={problem} /></>
}
