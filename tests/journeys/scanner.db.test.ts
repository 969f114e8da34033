// @clause X.4
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { recogniseFile } from '../../src/modules/submissions/contract.ts'
import { HttpRefusal, startProgram } from '../support/program.ts'

const folder = mkdtempSync(join(tmpdir(), 'xinheng-scan-'))
const fake = join(folder, 'scan.mjs')
writeFileSync(fake, "let all = ''; for await (const chunk of process.stdin) all += chunk; if (all.includes('EICAR' + '-STANDARD')) { console.log('stream: Eicar-Signature FOUND'); process.exit(1) }")
process.env.XINHENG_SCANNER = `${process.execPath} ${fake}`
const program = await startProgram()
after(async () => { await program.close(); rmSync(folder, { recursive: true }) })

test('an upload in which the scanner of the operator finds something is refused with what to do, in both languages', async () => {
  const bait = Buffer.from(`统一社会信用代码,名称\n${['$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-')},甲\n`)
  const refused = await program.call(recogniseFile, { name: '主体.csv' }, { upload: bait }).catch((error: unknown) => error)
  assert.ok(refused instanceof HttpRefusal)
  const { code, message, fix } = refused.problem
  assert.deepEqual([refused.status, code, /Eicar-Signature/.test(message.zh), fix.zh.includes('杀毒软件'), fix.en.includes('clean copy')], [422, 'file.infected', true, true, true])
  const { file } = await program.call(recogniseFile, { name: '主体.csv' }, { upload: Buffer.from('统一社会信用代码,名称\n') })
  assert.match(file, /^[0-9a-f]{64}$/)
})
