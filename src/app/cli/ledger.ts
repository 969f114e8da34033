import { readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { keysBefore, verifyProofText } from '../../engines/ledger/index.ts'
import { auditLedger, ledgerState, listEntries, proveEntry, proveGrowth } from '../../modules/evidence/contract.ts'
import { answers, answersFromData, saysPurpose, wholeArgument } from './command.ts'
import { done, invalid } from './output.ts'
import { heldOf, KEY, keysOf, trusting, type Trust } from './trust.ts'

/** `xinheng ledger checkpoint|entries|prove|consistency|verify|audit` */
export function addLedgerCommands(program: Command): void {
  const ledger = program.command('ledger').description('the tamper-evident ledger')
  answersFromData<{ out?: string }>(ledger.command('checkpoint').option('--out <file>', 'where to write it, for whoever is to keep it').description('the latest signed checkpoint'), async (client, _, { out }) => {
    await client.settled()
    const state = await client.call(ledgerState, {})
    if (out && state.checkpoint !== null) writeFileSync(out, state.checkpoint)
    return done(state, state.checkpoint ?? '账本为空 · the ledger is empty', `核验公钥 verifier key: ${state.verifierKey}`)
  })
  answersFromData<{ out?: string }>(ledger.command('keys').option('--out <file>', 'where to write the statements, for whoever has an earlier key').description('the key that signs, and those that signed before'), async (client, _, { out }) => {
    const { verifierKey, rotations } = await client.call(ledgerState, {})
    if (out) writeFileSync(out, `${JSON.stringify(rotations.map(({ former, verifierKey: key, note }) => ({ former, verifierKey: key, note })), null, 2)}\n`)
    return done({ verifierKey, rotations }, ...keysBefore(verifierKey, rotations).map((key, at) => `${at === 0 ? '现用 present' : '曾用 earlier'}: ${key}`), ...(out ? [`声明已写入 ${out} · the statements are in ${out}`] : []))
  })
  answersFromData<{ name?: string }>(ledger.command('entries').option('--name <name>', 'only these').description('the latest entries'), async (client, _, { name }) => {
    const { rows, total } = await client.call(listEntries, { name, limit: 50 })
    return done({ total, rows }, ...rows.map(({ entryId, seq, name: said, at, actor }) => `${entryId}\t${seq ?? '—'}\t${at.toISOString()}\t${said}\t${actor}`))
  })
  answersFromData<{ out?: string; full?: boolean }>(saysPurpose(ledger.command('prove'), 'with what the entry says; needs --purpose').argument('<entry>', 'id of the entry', wholeArgument).option('--out <file>', 'where to write the proof').description('a proof that an entry is in the ledger'), async (client, [entry], { out, full }) => {
    const { proof } = await client.call(proveEntry, { entryId: Number(entry), ...(full ? { full: 'true' } : {}) })
    const written = JSON.stringify(proof, null, 2)
    if (out) writeFileSync(out, `${written}\n`)
    return done(proof, out ? `证明已写入 ${out} · the proof is in ${out}` : written)
  })
  answersFromData<{ out?: string }>(ledger.command('consistency').argument('<from>', 'size of the earlier checkpoint', wholeArgument).argument('[to]', 'size of the later one', wholeArgument).option('--out <file>', 'where to write the proof').description('a proof that the ledger only grew'), async (client, [from, to], { out }) => {
    const { proof } = await client.call(proveGrowth, { from: Number(from), to: to === undefined ? undefined : Number(to) })
    const written = JSON.stringify(proof, null, 2)
    if (out) writeFileSync(out, `${written}\n`)
    return done(proof, out ? `证明已写入 ${out} · the proof is in ${out}` : written)
  })
  answers<Trust & { key: string }>(trusting(ledger.command('verify').argument('<file>', 'the proof').requiredOption('--key <key>', KEY)).description('check a proof, without any database'), async ([file], trust) => {
    const { valid, problems } = verifyProofText(readFileSync(file!, 'utf8'), keysOf(trust), heldOf(trust))
    const answer = { valid, problems }
    return valid ? done(answer, '✔ 证明成立 · the proof holds') : invalid(answer, '✖ 证明不成立 · the proof does not hold', ...problems.map(({ zh, en }) => `  ${zh} · ${en}`))
  })
  answersFromData(ledger.command('audit').description('recompute everything from the tables'), async (client, _, { json }) => {
    await client.settled()
    if (!json) process.stderr.write(`（正在重算全部账目，账本大时需要几分钟 · recomputing every entry; minutes where the ledger is large）\n`)
    const answer = await client.call(auditLedger, {})
    const { asOf, waiting } = answer
    const until = [asOf === null ? '  核验开始时账本为空 · the ledger was empty when it began' : `  截至第 ${asOf.seq} 号（账目 ${asOf.entryId}，${asOf.at.toISOString()}）· as of no. ${asOf.seq} (entry ${asOf.entryId}, ${asOf.at.toISOString()})`,
      ...(waiting === 0 ? [] : [`  另有 ${waiting} 条刚提交、尚未编号，不在本次核验之内 · ${waiting} more were committed and have no place yet: no part of this audit`])]
    if (answer.valid) return done(answer, `✔ ${answer.entries} 条账目、${answer.checkpoints} 个检查点全部吻合 · all ${answer.entries} entries and ${answer.checkpoints} checkpoints fit (${answer.seconds.toFixed(1)} s)`, ...until,
      ...(answer.redacted === 0 ? [] : [`  其中 ${answer.redacted} 条所涉个人信息已依法删除，删除本身也在账本中 · of ${answer.redacted} a person's data were removed; the removals stand in the ledger`]), ...answer.remarks.map(({ zh, en }) => `  ${zh} · ${en}`))
    const first = answer.firstProblem!
    return invalid(answer, `✖ 第一处不符 first misfit: seq ${first.seq ?? '—'}, entry ${first.entryId ?? '—'}, ${first.name ?? ''} ${first.about ?? ''}`, `  ${first.cause.zh} · ${first.cause.en}`, ...until)
  })
}
