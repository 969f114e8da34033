import { z } from 'zod'

// Signs that turn the direction of what follows make `…fdp.exe` look like `…exe.pdf`.
// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/g
const LONGEST = 200

/** A file's name as it may be kept and shown (文件名): no folders, no signs that nobody sees, at most 200 characters with its ending. Never empty. Where a file stands on disk never follows from it. */
export function fileNameOf(given: string): string {
  const name = [...(given.replace(UNSEEN, '').split(/[\\/]/).at(-1) ?? '').trim()]
  if (name.length === 0 || /^\.+$/.test(name.join(''))) return 'file'
  const ending = /\.[^.]{1,10}$/.exec(name.join(''))?.[0] ?? ''
  return name.length <= LONGEST ? name.join('') : name.slice(0, LONGEST - [...ending].length).join('') + ending
}

/** The name of an uploaded file on the wire. */
export const fileNameSchema = z.string().max(1000).transform(fileNameOf)
