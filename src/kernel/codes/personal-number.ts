// @clause X.4
import { isDay } from '../day.ts'
import { isRegistrationNumber } from './registration-number.ts'
import { isResidentId, PROVINCES, residentIdFrom } from './resident-id.ts'

/** A number of eighteen or fifteen characters in a text: what stands there, from `at` on, and the number itself, tidy. */
export type FoundId = { readonly at: number; readonly written: string; readonly id: string }

// Asked of every cell of every row: a text without so many digits holds nothing of the kind.
const MANY_DIGITS = /[\d\uff10-\uff19](?:[ -]?[\d\uff10-\uff19]){10}/
// Letters may stand before and behind, further digits not: what is longer is a serial number. Eighteen characters are also written in groups.
const WRITTEN = /(?<!\d)(?:\d{6}[ -]?\d{8}[ -]?\d{3}(?:[Xx]|\d(?!\d))|\d{15}(?![\dXx]))/g
const MOBILE = /^(?:\+?86)?1[3-9]\d{9}$/

/**
 * The resident IDs (公民身份号码) in a text: eighteen characters with region, birthday and check character right, and old ones of fifteen digits whose birthday is a real day. No registration
 * number; nor fifteen digits that read as a region, a day from 2000 on and a serial number, for so do authorities number what they write, and few who were born a century earlier live.
 */
export function residentIdsIn(text: string): FoundId[] {
  return idsMaybeIn(text).filter(({ id }) => (id.length === 15 ? isOldResidentId(id) : isResidentId(id)))
}

/** Everything in a text that has the shape of a resident ID, right or mistyped: for looking up one that is known. */
export function idsMaybeIn(text: string): FoundId[] {
  if (!MANY_DIGITS.test(text)) return []
  return [...halfWidth(text).matchAll(WRITTEN)].map(({ 0: found, index: at }) => ({ at, written: text.slice(at, at + found.length), id: found.replace(/[ -]/g, '').toUpperCase() }))
}

/** The forms in which one person's number may be kept (新旧号码): as given, and a resident ID of somebody born before 2000 also in its other length. */
export function formsOfId(number: string): string[] {
  if (number.length === 15 && isOldResidentId(number)) return [number, inEighteen(number)]
  return isResidentId(number) && number.slice(6, 8) === '19' ? [number, number.slice(0, 6) + number.slice(8, 17)] : [number]
}

/** Whether a whole text is a number that leads to one person: a resident ID stands in it, or all of it is a mobile number (手机号码) of the mainland. */
export function isPersonalNumber(text: string): boolean {
  return isMobile(text) || residentIdsIn(text).length > 0
}

/** Whether all of a text is a mobile number (手机号码) of the mainland, also with 86 before it and in groups. */
export function isMobile(text: string): boolean {
  return text.length >= 11 && text.length <= 20 && MOBILE.test(halfWidth(text).replace(/[ -]/g, ''))
}

function isOldResidentId(id: string): boolean {
  const [year, rest] = [Number(id.slice(6, 8)), `${id.slice(8, 10)}-${id.slice(10, 12)}`]
  return PROVINCES.has(id.slice(0, 2)) && year > NUMBERED_UNTIL && isDay(`19${id.slice(6, 8)}-${rest}`) && !isRegistrationNumber(id)
}

function inEighteen(old: string): string {
  return residentIdFrom(`${old.slice(0, 6)}19${old.slice(6)}`)
}

/** Years of two digits up to this one are years of documents, not of births. */
const NUMBERED_UNTIL = 29

// One code unit for one, so that places in the text stay.
function halfWidth(text: string): string {
  return text.replace(/[\uff10-\uff19\uff38\uff58]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
}
