// @clause X.4
import { birthdayOf, isMobile, residentIdsIn } from '../../../kernel/codes/index.ts'
import { addMonths } from '../../../kernel/day.ts'
import type { Draft } from './draft.ts'
import type { Field, Standard } from './standard.ts'

// What stands readable, is searched and published, and stays when a person's data go. Codes with a check of their own, choices, days and amounts can hold no such number.
const READABLE: ReadonlySet<Field['type']> = new Set(['name', 'text', 'document-number', 'code'])
const readable = new WeakMap<Standard, readonly Field[]>()

// Younger ones are party to no decision (行政处罚法第三十条): what reads as their ID is a region, a day and a serial number, as in the numbers of building permits (施工许可证编号).
const YOUNGEST_MONTHS = 14 * 12

/**
 * Refuses what leads to one person outside the fields for it (个人号码只填在证件号码): a resident ID in, or a mobile number as, a name, title, number of a document or short text. Running text may
 * hold one: it is sealed and masked. Numbers of documents end in the right check character once in eleven: they are told from IDs by the birthday.
 */
export function checkPersonalNumbers(draft: Draft, standard: Standard): void {
  for (const { id, type } of readableFields(standard)) {
    const text = draft.text(id)
    if (text.length < 11) continue
    const ids = residentIdsIn(text).filter(({ id: number }) => type === 'name' || number.length === 15 || birthdayOf(number)! <= addMonths(draft.context.receivedOn, -YOUNGEST_MONTHS))
    if (isMobile(text) || ids.length > 0) draft.add('field.personal-number', id)
  }
}

function readableFields(standard: Standard): readonly Field[] {
  const known = readable.get(standard) ?? standard.fields.filter(({ type, persons }) => READABLE.has(type) && !persons)
  readable.set(standard, known)
  return known
}
