import { usccFrom } from '../../kernel/codes/index.ts'
import { addDays, daysBetween, type Day } from '../../kernel/day.ts'
import type { Chance } from './chance.ts'
import { NAME_HEADS, NAME_TAILS, personFrom, TRADES, type Trade } from './trades.ts'

/** A fictional business of the demo district, with the temper that its record will show. */
export type DemoSubject = {
  readonly uscc: string
  readonly name: string
  readonly renamed: { readonly to: string; readonly on: Day } | null
  readonly typeZh: string
  readonly category: string
  readonly statusZh: string
  readonly industry: string
  readonly sector: string
  readonly sectors: readonly string[]
  readonly place: string
  readonly foundedOn: Day
  readonly legalRepresentative: string
  /** How often it breaks rules: penalties over three years are drawn by it. */
  readonly temper: 'good' | 'average' | 'bad'
}

/** What the population is made for. */
export type PopulationParts = { readonly count: number; readonly from: Day; readonly until: Day; readonly places: readonly string[] }

const TYPE_ZH = { enterprise: '企业', 'individual-business': '个体工商户', cooperative: '农民专业合作社', institution: '事业单位', 'social-organisation': '社会组织' } as const
// Position 1 and 2 of the code name the registering department and the class of organisation (GB 32100-2015).
const CODE_PREFIX = { enterprise: '91', 'individual-business': '92', cooperative: '93', institution: '12', 'social-organisation': '52' } as const

/** Fictional businesses with valid codes: the body of every code begins with XH, which no registration office has issued. */
export function makePopulation(chance: Chance, { count, from, until, places }: PopulationParts): DemoSubject[] {
  const trades = TRADES.flatMap((trade) => Array.from({ length: trade.share }, () => trade))
  const names = new Set<string>()
  return Array.from({ length: count }, (_, serial) => {
    const trade = chance.pick(trades)
    const type = trade.type ?? (chance.with(trade.individual) ? 'individual-business' : 'enterprise')
    const nameOf = (): string => {
      for (;;) {
        const name = fullName(chance, trade, type)
        if (!names.has(name)) return names.add(name) && name
      }
    }
    const name = nameOf()
    const foundedOn = addDays(until, -chance.between(20, 4000))
    return {
      uscc: usccFrom(`${CODE_PREFIX[type]}460202`, `XH${String(serial).padStart(6, '0')}`), name,
      renamed: renaming(chance, nameOf, foundedOn > from ? foundedOn : from, until),
      typeZh: TYPE_ZH[type], category: type === 'individual-business' ? '个体工商户' : '法人及非法人组织',
      statusZh: chance.weighted({ 存续: 95, 歇业: 1, 吊销: 2, 注销: 2 }), industry: trade.industry, sector: trade.sector,
      sectors: sectorsOf(chance, trade), place: chance.pick(places), foundedOn, legalRepresentative: personFrom(chance.pick),
      temper: chance.weighted({ good: 66, average: 26, bad: 8 }),
    }
  })
}

function renaming(chance: Chance, nameOf: () => string, start: Day, until: Day): DemoSubject['renamed'] {
  const span = daysBetween(start, until)
  return chance.with(0.03) && span > 120 ? { to: nameOf(), on: addDays(start, chance.between(60, span - 30)) } : null
}

function fullName(chance: Chance, trade: Trade, type: keyof typeof TYPE_ZH): string {
  const firm = `${chance.pick(NAME_HEADS)}${chance.with(0.85) ? chance.pick(NAME_TAILS) : ''}`
  const word = chance.pick(trade.words)
  if (type === 'individual-business') return `海棠区${firm}${word}${chance.pick(['店', '馆', '经营部', '商行'])}`
  if (type === 'cooperative') return `三亚${firm}${word}农民专业合作社`
  if (type === 'social-organisation') return `三亚市海棠区${firm}${word}`
  return `${chance.pick(['三亚', '海南', '三亚海棠'])}${firm}${word}${/[院站]$/.test(word) ? '' : '有限公司'}`
}

function sectorsOf(chance: Chance, { sector, words }: Trade): string[] {
  const also = new Set(['market-regulation', sector])
  if (words.includes('酒店')) also.add('health')
  if (words.includes('酒店') && chance.with(0.2)) also.add('water')
  if (words.includes('建筑工程')) also.add('emergency')
  if (words.includes('洗涤服务') && chance.with(0.5)) also.add('water')
  if (words.includes('燃气')) also.add('environment')
  return [...also]
}
