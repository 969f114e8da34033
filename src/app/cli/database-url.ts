// @clause X.4
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'

/**
 * Refuses `database.without-tls` when the database stands on another machine and its address does not ask for verified TLS (`sslmode=verify-full`): records, ids and the login would
 * pass the network readable, or to whoever answers. `plain`: the operator says that the way there is guarded otherwise.
 */
export function mustBeGuarded(url: string, { plain, sslMode, host: usual }: { readonly plain: boolean; readonly sslMode?: string | undefined; readonly host?: string | undefined }): void {
  if (url.startsWith('/')) return
  const { hostname, searchParams } = addressOf(url)
  const host = searchParams.get('host') ?? (hostname === '' ? usual ?? '' : decodeURIComponent(hostname))
  if (plain || isHere(host)) return
  const mode = searchParams.get('sslmode') ?? sslMode
  if (mode === 'verify-full') return
  throw new Refusal({
    code: 'database.without-tls', status: 409, message: text(`数据库在另一台机器（${host}）上，而连接${mode === undefined ? '没有加密' : `的 sslmode=${mode} 不核对服务器证书`}`, `The database is on another machine (${host}), and the connection ${mode === undefined ? 'is not encrypted' : `does not verify whose it is (sslmode=${mode})`}`),
    fix: text('请在地址后加 ?sslmode=verify-full（自建证书再加 &sslrootcert=文件）；网络另有保护的，设置 XINHENG_DATABASE_WITHOUT_TLS=1', 'Add ?sslmode=verify-full to the address (and &sslrootcert=FILE for a certificate of your own); where the network is guarded otherwise, set XINHENG_DATABASE_WITHOUT_TLS=1'),
  })
}

function isHere(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '')
  return name === '' || name.startsWith('/') || name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
}

function addressOf(url: string): URL {
  try {
    return new URL(url)
  } catch {
    throw new Refusal({ code: 'database.address', message: text('数据库地址无法识别', 'The address of the database cannot be read'), fix: text('写作 postgres://用户:密码@主机:5432/库名；密码中的特殊字符用 %xx 表示', 'Write it as postgres://user:password@host:5432/database, signs in the password as %xx') })
  }
}
