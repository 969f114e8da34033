import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { t } from './language.ts'

/** Something that can be found and gone to. */
export type Finding = { readonly key: string; readonly group: string; readonly title: ReactNode; readonly note?: ReactNode; go(): void }

/**
 * Finds anything from anywhere (⌘K, Ctrl K). `find` is asked after a short rest in typing; an answer that comes after a later one was
 * asked is dropped. Enter that comes before the answer to what was typed takes the first of that answer, never one of the list before it.
 */
export function CommandPalette({ open, onClose, find }: { readonly open: boolean; onClose(): void; find(words: string, signal: AbortSignal): Promise<readonly Finding[]> }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [words, setWords] = useState('')
  const [found, setFound] = useState<{ readonly words: string; readonly findings: readonly Finding[] }>({ words: '', findings: [] })
  const takesFirst = useRef(false)
  const [at, setAt] = useState(0)
  const [searching, setSearching] = useState(false)
  const listId = useId()
  const { findings } = found

  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal()
    if (!open) dialog.current?.close()
  }, [open])
  useEffect(() => {
    if (!open) return
    const stop = new AbortController()
    takesFirst.current = false
    setSearching(true)
    const timer = setTimeout(() => {
      find(words.trim(), stop.signal).then((list) => {
        if (stop.signal.aborted) return
        if (takesFirst.current && list[0]) return take(list[0])
        setFound({ words: words.trim(), findings: list })
        setAt(0)
      }, () => undefined).finally(() => stop.signal.aborted || setSearching(false))
    }, words ? 160 : 0)
    return () => (clearTimeout(timer), stop.abort())
  }, [words, open, find])

  function take(finding: Finding | undefined) {
    if (!finding) return
    setWords('')
    onClose()
    finding.go()
  }
  function onKey(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step) {
      event.preventDefault()
      setAt((now) => (now + step + findings.length) % Math.max(1, findings.length))
    }
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    if (found.words === words.trim()) take(findings[at])
    else takesFirst.current = true
  }
  return (
    <dialog ref={dialog} className="x-palette" aria-label={t('查找', 'Find')} onClose={onClose} onClick={(event) => event.target === dialog.current && onClose()}>
      <input value={words} onChange={(event) => setWords(event.target.value)} onKeyDown={onKey} role="combobox" aria-expanded aria-controls={listId} aria-activedescendant={findings[at] ? `${listId}-${at}` : undefined}
        aria-label={t('查找主体或页面', 'Find a subject or a page')} placeholder={t('企业名称（两个字起）、曾用名、统一代码、页面…', 'Name (from two characters), former name, code, page…')} />
      <ul id={listId} role="listbox" aria-label={t('结果', 'Results')}>
        {findings.map((finding, index) => (
          <li key={finding.key} id={`${listId}-${index}`} role="option" aria-selected={index === at} onMouseMove={() => setAt(index)} onClick={() => take(finding)}>
            <span className="x-cut">{finding.title}</span><span>{finding.note ?? finding.group}</span>
          </li>
        ))}
      </ul>
      {findings.length === 0 && <p className="x-empty" role="status">{searching ? t('正在查找…', 'Searching…') : t('没有找到。可以只输名称中的两个字，或完整代码。', 'Nothing found. Two characters of a name, or a whole code, are enough.')}</p>}
    </dialog>
  )
}
