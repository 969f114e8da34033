import type { Day } from '../../kernel/day.ts'
import type { PolicyBook } from '../../engines/policy/index.ts'
import { askedBy } from './asked-by.ts'

/** The figures of law as the policy page shows them, for a day; `find` searches key, title, basis and text. */
export function figuresOn(book: PolicyBook, on: Day, find?: string) {
  const wanted = find?.trim().toLowerCase()
  const law = book.on(on)
  return book.list().map(({ key, description, unit, pack, hash, checkedOn, status, legalReview, values }) => {
    const present = law.find(key)
    return {
      key, title: description, unit, pack, hash, checkedOn, confirmed: status === 'confirmed', legalReview, askedBy: [...(askedBy[key] ?? [])],
      value: present?.value ?? null, since: present?.from ?? null, until: present?.until ?? null,
      values: values.map(({ from, value, basis, pack: speaker }) => ({ from, value, basis, textTitle: basis === null ? null : (book.texts.get(basis.text)?.title.zh ?? null), pack: speaker })),
    }
  }).filter((figure) => !wanted || JSON.stringify(figure).toLowerCase().includes(wanted))
}
