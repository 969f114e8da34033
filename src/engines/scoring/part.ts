import { isDay, type Day } from '../../kernel/day.ts'
import { decimal, scaled } from '../../kernel/money.ts'
import type { Problem } from '../../kernel/refusal.ts'
import { text, type Text } from '../../kernel/text.ts'
import type { Decimal } from './exact.ts'
import { parseSpan, type Span } from './span.ts'

const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** One place in a model file while it is read: a value, where it stands, and the list in which its problems are collected. */
export class Part {
  readonly value: unknown
  readonly path: string
  readonly problems: Problem[]
  constructor(value: unknown, path: string, problems: Problem[]) {
    this.value = value
    this.path = path
    this.problems = problems
  }

  /** True when the file says something here. */
  get given(): boolean {
    return this.value !== undefined && this.value !== null
  }

  /** Notes a problem of this place. */
  problem(code: string, zh: string, en: string, fix: Text): void {
    this.problems.push({ severity: 'error', code: `model.${code}`, field: this.path, message: text(`${this.path}:${zh}`, `${this.path}: ${en}`), fix })
  }

  /** The place below, by name. */
  at(key: string): Part {
    const value = this.isObject ? (this.value as Record<string, unknown>)[key] : undefined
    return new Part(value, this.path === '' ? key : `${this.path}.${key}`, this.problems)
  }

  get isObject(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value)
  }

  /** Refuses anything but an object with these fields only. */
  only(allowed: readonly string[]): boolean {
    if (!this.isObject) {
      this.problem('not-an-object', '应为若干字段', 'fields are expected here', text(`请写出字段:${allowed.join('、')}`, `Give the fields: ${allowed.join(', ')}`))
      return false
    }
    for (const key of Object.keys(this.value as object)) {
      if (!allowed.includes(key)) {
        this.at(key).problem('unknown-field', '无此字段', 'there is no such field', text(`可用字段:${allowed.join('、')}`, `The fields are: ${allowed.join(', ')}`))
      }
    }
    return true
  }

  /** The entries of a list. */
  list(): Part[] {
    if (Array.isArray(this.value)) return this.value.map((value, index) => new Part(value, `${this.path}[${index}]`, this.problems))
    if (this.given) this.problem('not-a-list', '应为列表', 'a list is expected here', text('请写成列表', 'Write a list'))
    return []
  }

  /** A text, empty when refused. */
  text(): string {
    if (typeof this.value === 'string' && this.value.trim() !== '') return this.value
    if (typeof this.value === 'number') return String(this.value)
    this.problem('text-missing', '缺少文字', 'a text is missing', text('请填写', 'Fill it in'))
    return ''
  }

  /** A text in both languages. */
  bilingual(): Text {
    if (!this.only(['zh', 'en'])) return text('', '')
    return text(this.at('zh').text(), this.at('en').text())
  }

  /** A key: lower-case words joined by hyphens. */
  key(): string {
    const value = this.text()
    if (value !== '' && !KEY.test(value)) this.problem('bad-key', `「${value}」不是合格的代号`, `"${value}" is not a key`, text('用小写字母、数字和连字符', 'Use lower-case letters, digits and hyphens'))
    return value
  }

  /** Yes or no; no when nothing is given. YAML read as plain text says `true`. */
  flag(): boolean {
    if (!this.given || this.value === false || this.value === 'false') return false
    if (this.value === true || this.value === 'true') return true
    this.problem('not-a-flag', '应为 true 或 false', 'it must be true or false', text('写 true,或删去此字段', 'Write true, or leave the field out'))
    return false
  }

  /** One of some words. */
  oneOf<Word extends string>(words: readonly Word[]): Word {
    const value = typeof this.value === 'string' ? this.value : ''
    if ((words as readonly string[]).includes(value)) return value as Word
    this.problem('bad-word', `「${value}」不在可选之列`, `"${value}" is not among the choices`, text(`可选:${words.join('、')}`, `Choose one of: ${words.join(', ')}`))
    return words[0]!
  }

  /** One text or a list of texts; null when nothing is given. */
  texts(): readonly string[] | null {
    if (!this.given) return null
    const texts = Array.isArray(this.value) ? this.list().map((part) => part.text()) : [this.text()]
    if (texts.length === 0) this.problem('empty-list', '列表为空', 'the list is empty', text('至少写一项，或删去此字段', 'Give at least one, or leave the field out'))
    return texts
  }

  /** A decimal with at most `places` places and at most this magnitude, as text without needless zeros, so that equal models have equal fingerprints. */
  decimal(places: number, most: bigint): Decimal {
    const given = typeof this.value === 'number' ? String(this.value) : this.value
    const value = typeof given === 'string' ? scaled(given.trim().replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), places) : null
    if (value === null) {
      this.problem('not-a-decimal', `「${String(given ?? '')}」不是至多 ${places} 位小数的数`, `"${String(given ?? '')}" is not a number with at most ${places} decimals`, text('请写十进制数，如 12.5', 'Write a decimal number such as 12.5'))
      return '0'
    }
    const bound = scaled(String(most), places)!
    if (value > bound || value < -bound) this.problem('too-large', `绝对值不得超过 ${most}`, `it may not exceed ${most} either way`, text('请改小', 'Make it smaller'))
    return decimal(value, places)
  }

  /** {@link decimal}, or null when nothing is given. */
  decimalOrNull(places: number, most: bigint): Decimal | null {
    return this.given ? this.decimal(places, most) : null
  }

  /** A day; a far one when refused. */
  day(): Day {
    const value = this.text()
    if (isDay(value)) return value
    if (value !== '') this.problem('not-a-day', `「${value}」不是日期`, `"${value}" is not a day`, text('写成 2026-11-22', 'Write it as 2026-11-22'))
    return '1970-01-01' as Day
  }

  /** {@link day}, or null when nothing is given. */
  dayOrNull(): Day | null {
    return this.given ? this.day() : null
  }

  /** A span such as `36 months`. */
  span(): Span {
    if (this.isObject && this.only(['count', 'unit'])) return { count: Number(this.value && (this.value as Span).count), unit: this.at('unit').oneOf(['days', 'months'] as const) }
    const value = this.text()
    const span = parseSpan(value)
    if (span) return span
    if (value !== '') this.problem('not-a-span', `「${value}」不是期限`, `"${value}" is not a span of time`, text('写成 36 months 或 30 days', 'Write 36 months or 30 days'))
    return { count: 1, unit: 'days' }
  }
}
