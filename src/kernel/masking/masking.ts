import { residentIdsIn } from '../codes/index.ts'
import { charactersOf, isCombined } from './characters.ts'

/** How many characters stay at the beginning and at the end (保留位数). */
export type Kept = { readonly first: number; readonly last: number }

const STAR = '*'
// 复姓 as the registers of names hold them; of more than one character, so that the first alone would be no surname.
const COMPOUND = new Set(('欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 '
  + '乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 歐陽 司馬 東方 諸葛 長孫').split(' '))
const MIDDLE_DOT = /[·•‧∙・･]/

/**
 * A person's name masked by characters (姓名脱敏): the surname stays, of a compound surname both characters; of a name with middle dots the first part's first character;
 * of a Latin name the first letter. A name of one character shows nothing. What is masked already stays. A character is what a reader sees as one: with its combining
 * marks and variation selectors, in and beyond the first plane.
 */
export function maskName(name: string): string {
  const characters = charactersOf(name.trim())
  if (characters.length === 0) return ''
  if (characters.length === 1) return STAR
  const dot = characters.findIndex((one) => MIDDLE_DOT.test(one))
  const latin = characters.every((one) => /^[\p{Script=Latin}\p{P}\p{Zs}*]/u.test(one))
  const shown = dot > 0 || latin ? 1 : characters.length > 2 && COMPOUND.has(characters[0]! + characters[1]!) ? 2 : 1
  return characters.map((one, at) => (at < shown || MIDDLE_DOT.test(one) || (latin && /^\p{Zs}$/u.test(one)) ? one : STAR)).join('')
}

/**
 * A number or code masked by characters (号码脱敏): the first and last ones stay, the rest becomes stars, one each. Of a short one less stays: never more than half of it, the
 * beginning before the end. What is masked already is not masked further.
 */
export function maskCharacters(value: string, { first, last }: Kept): string {
  const characters = charactersOf(value.trim())
  const most = Math.floor(characters.length / 2)
  const end = Math.min(last, Math.max(0, most - Math.min(first, most)))
  const start = first + last <= most ? first : Math.min(first, most)
  const finish = first + last <= most ? last : end
  return characters.map((one, at) => (at < start || at >= characters.length - finish ? one : STAR)).join('')
}

const TO_DISTRICT = /^(?:.{2,}?(?:省|自治区|特别行政区))?(?:.{2,}?(?:市|自治州|地区|盟))?(?:.{1,}?(?:区|县|旗|市))?/u

/** An address masked (地址脱敏): province, city and district stay, what follows becomes six stars, however long it is. An address without them shows nothing. */
export function maskAddress(address: string): string {
  const known = TO_DISTRICT.exec(address.trim())?.[0] ?? ''
  return address.trim() === '' ? '' : `${known.length < address.trim().length ? known : ''}${STAR.repeat(6)}`
}

const RESIDENT = /(?<![0-9A-Za-z])(?:[1-9]\d{16}[\dXx]|[1-9]\d{14})(?![0-9A-Za-z])/g

/** A text in which everything that is or may be a resident id (公民身份号码), of eighteen or fifteen characters, is masked: for messages that repeat what was sent. */
export function maskIdsIn(text: string, kept: Kept): string {
  const said = residentIdsIn(text).reduceRight((all, { at, written }) => all.slice(0, at) + maskCharacters(written, kept) + all.slice(at + written.length), text)
  return said.replace(RESIDENT, (id) => (mayBeResidentId(id) ? maskCharacters(id, kept) : id))
}

/** Eighteen characters with a month and a day where a birthday stands; credit codes of digits alone rarely have both. */
function mayBeResidentId(id: string): boolean {
  const birthday = id.length === 18 ? id.slice(6, 14) : `19${id.slice(6, 12)}`
  const [month, day] = [Number(birthday.slice(4, 6)), Number(birthday.slice(6, 8))]
  return /^(?:18|19|20)/.test(birthday) && month >= 1 && month <= 12 && day >= 1 && day <= 31 && !isCombined(id)
}
