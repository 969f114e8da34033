import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { usccFrom } from '../../src/kernel/codes/index.ts'
import { addDays, addMonths, type Day } from '../../src/kernel/day.ts'
import { writeCsv, writeSheet } from '../../src/platform/sheets/index.ts'
import type { Program } from './program.ts'

const PENALTY = ['CF_XDR_MC', 'CF_XDR_LB', 'CF_XDR_SHXYM', 'CF_FRDB', 'CF_WSH', 'CF_WFXW', 'CF_SY', 'CF_YJ', 'CF_CFLB', 'CF_NR', 'CF_NR_FK', 'CF_JDRQ', 'CF_YXQ', 'CF_CFJG', 'CF_CFJGDM', 'CF_SJLY', 'CF_SJLYDM'] as const
const OFFICE = ['海棠区市场监督管理局', '11460202MB9XH0018U'] as const

/** The credit code and name of a fictional business by its number. */
export function business(number: number): { readonly uscc: string; readonly name: string } {
  return { uscc: usccFrom('91460202', `XB${String(number).padStart(6, '0')}`), name: `三亚测试第${number}号商贸有限公司` }
}

/** A file of so many fictional businesses, as the register's import takes it. */
export function subjectsFile(count: number): Buffer {
  const rows = Array.from({ length: count }, (_, at) => {
    const { uscc, name } = business(at)
    return `${uscc},${name},企业,存续,F5211,market-regulation,海棠区,2018-03-01,王测试`
  })
  return Buffer.from(['ZT_TYSHXYDM,ZT_MC,ZT_LX,ZT_ZT,ZT_HYDM,ZT_LY,ZT_JC,ZT_CLRQ,ZT_FDDBR', ...rows].join('\n'))
}

/** One penalty by its number, in the columns of the standard: decided within so many days. */
export function penalty(number: number, subjects: number, until: Day, { fineWan = '0.500000', within = 1000 } = {}): string[] {
  const { uscc, name } = business(number % subjects)
  const on = addDays(until, -1 - ((number * 37) % within))
  return [name, '法人及非法人组织', uscc, '王测试', `琼三海市监罚〔${on.slice(0, 4)}〕${number + 1}号`, '销售不合格商品', '经查，当事人于经营场所销售不符合产品质量标准的商品，有现场笔录和检验报告为证。',
    '《中华人民共和国产品质量法》第四十九条', '罚款', `罚款人民币${Number(fineWan) * 10_000}元`, fineWan, on, addMonths(on, 12), ...OFFICE, ...OFFICE]
}

/** Penalties as CSV bytes. */
export function penaltiesCsv(rows: readonly string[][]): Buffer {
  return Buffer.from([PENALTY.join(','), ...rows.map((row) => row.map((cell) => `"${cell}"`).join(','))].join('\n'))
}

/** Writes a file of so many penalties. */
export async function penaltiesFile(path: string, format: 'xlsx' | 'csv', count: number, subjects: number, until: Day): Promise<void> {
  const columns = PENALTY.map((heading) => ({ heading }))
  const rows = (function* () {
    for (let number = 0; number < count; number += 1) yield penalty(number, subjects, until)
  })()
  const stream = format === 'xlsx' ? writeSheet(columns, rows, { sheetName: '行政处罚' }) : writeCsv(columns, rows)
  await pipeline(stream as Readable, createWriteStream(path))
}

/** The names of the columns of a penalty. */
export const penaltyColumns: readonly string[] = PENALTY

/** Sends a file in and waits until it is taken in. `watch` is called now and then meanwhile. Throws unless every row was accepted. */
export async function importBytes(program: Program, kind: 'subject' | 'penalty', name: string, bytes: Uint8Array, rows: number, watch: () => void = () => undefined): Promise<void> {
  const { file } = await program.post(`/imports/recognise?name=${encodeURIComponent(name)}`, bytes)
  const { batchId } = await program.post('/imports', { file, name, kind, department: 'market-regulation' })
  for (;;) {
    const batch = await program.get(`/imports/${batchId}`)
    watch()
    if (batch.state === 'refused') throw new Error(`the import was refused: ${batch.refusal.message.en}`)
    if (batch.state === 'done') {
      if (batch.accepted === rows) return
      const flagged = await program.get(`/imports/${batchId}/rows?limit=2`)
      throw new Error(`${batch.accepted} of ${rows} rows were accepted: ${JSON.stringify(flagged.rows[0]?.problems)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Registers so many businesses and waits until each has its first grade. */
export async function registerBusinesses(program: Program, count: number): Promise<void> {
  await importBytes(program, 'subject', 'subjects.csv', subjectsFile(count), count)
  for (;;) {
    const { total } = await program.get('/grades/changes?limit=1&model=public-credit')
    if (total >= count) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
