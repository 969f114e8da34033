// @clause X.4
import { Option, type Command } from 'commander'
import { ALGORITHMS, type Algorithm } from '../../platform/sealing/index.ts'
import { listKeys, retireKeys, rotateKeys, rotateSigningKey } from '../operate/contract.ts'
import { answersFromData } from './command.ts'
import { done } from './output.ts'

/** `xinheng keys status|rotate|retire` */
export function addKeysCommands(program: Command): void {
  const keys = program.command('keys').description('the keys that seal ids of persons, secrets and files')
  answersFromData(keys.command('status').description('which key sealed how much'), async (client) => {
    const state = await client.call(listKeys, {})
    const said = (parts: readonly { place: string; count: number }[]) => (parts.length === 0 ? '0' : parts.map(({ place, count }) => `${place} ${count}`).join(', '))
    return done(state, `密钥文件 key file: ${state.file}`,
      ...state.keys.map(({ id, algorithm, madeAt, digest, sealed }) => `  ${id}  ${algorithm}  ${madeAt.slice(0, 10)}  ${said(sealed)}  ${digest}${id === state.present ? '  ← 现用 seals now' : ''}`),
      `  检索摘要密钥 key of the digests: ${state.digests.present}`,
      ...(state.digests.former === null ? [] : [`  旧的摘要密钥仍在试用 the earlier one is still tried: ${state.digests.former}, ${state.digests.underFormer} 项 values（${state.digests.underFormer === 0 ? 'keys retire' : 'keys rotate --continue'}）`]),
      ...(state.clear.length > 0 ? [`  未加密 not sealed: ${said(state.clear)}`] : []))
  })
  const rotation = keys.command('rotate').option('--continue', 'make no new key: only go on with what an earlier rotation left').description('a new key, and everything sealed anew with it')
    .addOption(new Option('--algorithm <name>', 'the cipher of the new key: that of the present key unless named').choices(ALGORITHMS).conflicts('continue'))
    .addOption(new Option('--digest', 'a new key of the keyed digests too, by which ids are found').conflicts('continue'))
    .addOption(new Option('--signing', 'another key signs the ledger from now on, instead').conflicts(['continue', 'algorithm', 'digest']))
  answersFromData<{ signing?: boolean; continue?: boolean; digest?: boolean; algorithm?: Algorithm }>(rotation, async (client, _, options) => {
    if (options.signing) {
      const answer = await client.call(rotateSigningKey, {})
      return done(answer, `账本签名密钥已更换 · another key signs the ledger from now on`, `  原公钥 former: ${answer.former}`, `  现公钥 present: ${answer.verifierKey}`,
        '  请立即备份 ledger-key.pem，并把声明交给持有原公钥的各方（xinheng ledger keys --out FILE）· back up ledger-key.pem now, and hand the statement to whoever has the former key')
    }
    const answer = await client.call(rotateKeys, { newKey: options.continue !== true, digest: options.digest === true, ...(options.algorithm && { algorithm: options.algorithm }) })
    return done(answer, `现用密钥 ${answer.present}，重新加密 ${answer.resealed} 行、${answer.files} 个文件 · ${answer.resealed} rows and ${answer.files} files sealed anew`,
      ...(answer.entries === 0 ? [] : [`  ${answer.entries} 条账目以新摘要重新存证 · ${answer.entries} entries of the ledger committed to anew`]),
      ...answer.unreadableFiles.map((digest) => `  文件无法读取，请从备份取回 cannot be read, take it from a backup: ${digest}`),
      '  请立即备份密钥文件；旧密钥保留到 keys retire · back up the key file now; earlier keys stay until keys retire')
  })
  answersFromData(keys.command('retire').description('forget earlier keys that seal nothing any more'), async (client) => {
    const answer = await client.call(retireKeys, {})
    return done(answer, answer.retired.length === 0 ? '没有可以停用的密钥 · no key can be retired' : `已停用 retired: ${answer.retired.join(', ')}`, '  用旧密钥做的备份仍需旧密钥文件才能恢复 · backups from before still need the key file of their time')
  })
}
