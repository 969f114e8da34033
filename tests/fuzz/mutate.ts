import type { Chance, Target } from './fuzz.ts'

const TOKENS = [
  '', '\0', '\ufeff', '\u200b', '\ud800', '\udc00', '😀', '\u202e', 'İ', 'ﬀ', '\u0301', '\u3000', '\u00a0', '\t', '\r\n', '\n', '"', '\'', ',', ';', '|', '=', '+', '-', '@', '\\', '/', '%', '{', '}', '[', ']', '(', ')', '<', '>', '&', '#', '*', '!', '?',
  '０', '９', 'Ａ', '：', '，', '。', '〔', '〕', '（', '）', '第', '号', '年', '月', '日', '〇', '一', '二', '十', '廿', '卅', '壹', '仟', '万', '亿', '元', '整', '罚款', '人民币', '无', '长期', '合计',
  '0', '-0', '1e5', '1E+17', '9.14403E+17', '0.30000000000000004', '1e999', 'NaN', 'Infinity', '99999999999999999999', '2026-02-30', '2026-3-5', '20260305', '46082', '0000-01-01', '9999-12-31', '11/12/2026', '2026-01-01T00:00:00Z',
  'null', 'true', 'false', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '00000000000000000X', '<![CDATA[', ']]>', '&lt;', '&#0;', '&#x110000;', '&amp;', '<!--', '-->', '<?xml', '<!DOCTYPE x [<!ENTITY a "b">]>', '_x0000_',
  '- ', ': ', '&a ', '*a', '<<: ', '|\n', '>\n', '!!binary ', '!!js/function ', '? ', '%YAML 1.1\n', '---\n', '...\n', '~',
]
const pick = <One>(chance: Chance, from: readonly One[]): One => from[Math.floor(chance() * from.length)]!

/** A text with something taken out, put in, doubled, repeated, or joined from another. */
export function mutateText(chance: Chance, text: string, other: string): string {
  const at = Math.floor(chance() * (text.length + 1))
  const span = Math.floor(chance() ** 3 * (text.length - at + 1))
  const piece = text.slice(at, at + span)
  switch (Math.floor(chance() * 10)) {
    case 0: return text.slice(0, at) + text.slice(at + Math.max(1, span))
    case 1: return text.slice(0, at) + pick(chance, TOKENS) + text.slice(at)
    case 2: return text.slice(0, at) + pick(chance, TOKENS) + text.slice(at + Math.max(1, span))
    case 3: return text.slice(0, at) + piece + piece + text.slice(at + span)
    case 4: return text.slice(0, at) + other.slice(Math.floor(chance() * other.length))
    case 5: return text.slice(0, at) + other + text.slice(at)
    case 6: return text.slice(0, at) + String.fromCharCode(Math.floor(chance() * 65_536)) + text.slice(at + 1)
    case 7: return text.slice(0, at) + String(Math.floor(chance() * 10)) + text.slice(at + 1)
    case 8: return text.length > 20_000 || chance() < 0.9 ? text.slice(0, at) + piece.toUpperCase() + text.slice(at + span) : text.slice(0, at) + (piece === '' ? pick(chance, TOKENS) : piece).repeat(Math.floor(chance() ** 2 * 3000)).slice(0, 50_000) + text.slice(at + span)
    default: return text.slice(0, at)
  }
}

/** Bytes with some flipped, set to extremes, taken out, doubled, cut off, or joined from others. */
export function mutateBytes(chance: Chance, bytes: Buffer, other: Buffer): Buffer {
  const made = Buffer.from(bytes)
  const at = Math.floor(chance() * (made.length + 1))
  const span = 1 + Math.floor(chance() ** 3 * 64)
  switch (Math.floor(chance() * 9)) {
    case 0: if (at < made.length) made[at]! ^= 1 << Math.floor(chance() * 8); return made
    case 1: if (at < made.length) made[at] = pick(chance, [0, 1, 0x7f, 0x80, 0xff, 0x22, 0x2c, 0x0a, 0x0d]); return made
    case 2: if (at + 4 <= made.length) made.writeUInt32LE(pick(chance, [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, made.length, 0x06054b50, 0x07064b50]), at); return made
    case 3: if (at + 8 <= made.length) made.writeBigUInt64LE(pick(chance, [0n, 1n, 0xffffffffffffffffn, 0x7fffffffffffffffn, 0x20000000000001n]), at); return made
    case 4: return Buffer.concat([made.subarray(0, at), made.subarray(at + span)])
    case 5: return Buffer.concat([made.subarray(0, at), made.subarray(at, at + span), made.subarray(at)])
    case 6: return made.subarray(0, at)
    case 7: return Buffer.concat([made.subarray(0, at), Buffer.from(pick(chance, TOKENS)), made.subarray(at)])
    default: return Buffer.concat([made.subarray(0, at), other.subarray(Math.floor(chance() * other.length))])
  }
}

/** Ever finer pieces of something left out. */
function* without<Input extends string | Buffer>(input: Input): Generator<Input> {
  for (let size = Math.ceil(input.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < input.length; at += size) {
      yield (typeof input === 'string' ? input.slice(0, at) + input.slice(at + size) : Buffer.concat([input.subarray(0, at), input.subarray(at + size)])) as Input
    }
  }
}

/** How texts are mutated, made smaller and kept: as JSON, which holds every character. */
export const ofText = {
  mutate: mutateText, smaller: without<string>,
  kept: { write: (text: string) => JSON.stringify(text), read: (bytes: Buffer) => JSON.parse(bytes.toString('utf8')) as string },
} satisfies Pick<Target<string>, 'mutate' | 'smaller' | 'kept'>

/** The same for whole files. */
export const ofBytes = {
  mutate: mutateBytes, smaller: without<Buffer>,
  kept: { write: (bytes: Buffer) => bytes, read: (bytes: Buffer) => bytes },
} satisfies Pick<Target<Buffer>, 'mutate' | 'smaller' | 'kept'>
