import { Refusal } from '../../kernel/refusal.ts'
import { text, type Text } from '../../kernel/text.ts'

type Fault = Error & { readonly code?: unknown; readonly path?: unknown; readonly syscall?: unknown }

const FILES: Readonly<Record<string, Text>> = {
  ENOENT: text('不存在', 'is not there'), EACCES: text('不允许读写', 'may not be read or written'), EPERM: text('不允许读写', 'may not be read or written'), EISDIR: text('是目录', 'is a folder'), ENOTDIR: text('所在路径不是目录', 'lies in what is no folder'),
  ENOSPC: text('所在磁盘已满', 'lies on a full disk'), EROFS: text('所在磁盘只读', 'lies on a disk that may only be read'),
}
// PostgreSQL's codes of a connection that is refused: the login, the password, the database, too many connections, starting up or shutting down.
const CONNECTIONS = ['28000', '28P01', '3D000', '53300', '57P01', '57P02', '57P03']
const NETWORK = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE']

/** The refusal that says what is wrong around the program and what to do: a file that cannot be read or written, a database that does not answer. Null for a fault of the program's own. */
export function refusalOfSurroundings(error: unknown): Refusal | null {
  if (!(error instanceof Error)) return null
  const { code, path, message, syscall } = error as Fault
  if (typeof code !== 'string') return null
  if (code === 'EADDRINUSE' || syscall === 'listen') return new Refusal({ code: 'address.taken', status: 409, message: text(`无法在该地址监听：${message}`, `Cannot listen there: ${message}`), fix: text('请用 --port 或 --host 换一个，或停止占用它的程序', 'Choose another with --port or --host, or stop the program that has it') })
  const said = FILES[code]
  if (said !== undefined && typeof path === 'string') {
    return new Refusal({ code: 'file.unusable', status: 404, message: text(`文件 ${path} ${said.zh}`, `${path} ${said.en}`), fix: text('请核对路径、权限和磁盘后重试', 'Check the path, the rights and the disk, and try again') })
  }
  if ((code === '42P01' || code === '3F000') && message.includes('platform')) {
    return new Refusal({ code: 'database.empty', status: 409, message: text('数据库中还没有本程序的任何内容', 'The database holds nothing of this program yet'), fix: text('请核对 DATABASE_URL；全新的数据库先启动一次服务', 'Check DATABASE_URL; a new database is prepared by a first start of the server') })
  }
  if (CONNECTIONS.includes(code) || NETWORK.includes(code)) {
    return new Refusal({ code: 'database.unreachable', status: 503, message: text(`无法连接数据库：${message}`, `The database cannot be reached: ${message}`), fix: text('请核对 DATABASE_URL（及 XINHENG_OWNER_URL），并查看数据库是否在运行', 'Check DATABASE_URL (and XINHENG_OWNER_URL), and see whether the database runs') })
  }
  return null
}
