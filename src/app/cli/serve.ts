import type { AddressInfo } from 'node:net'
import { InvalidArgumentError, type Command } from 'commander'
import { firstAdministratorCodes } from '../../modules/identity/index.ts'
import { rolesOf } from '../../modules/organisation/index.ts'
import { boot, type Xinheng } from '../boot.ts'
import { demoFiller } from '../demo/fill.ts'
import { stopOnSignals } from '../operate/stop.ts'
import { serverOf } from '../server.ts'
import { commonOf, placeOf, type Common } from './command.ts'
import { print, refused } from './output.ts'
import { refusalOfSurroundings } from './surroundings.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { systemClock } from '../../platform/clock.ts'
import { openIdentityService, readIdentityServices } from '../../platform/oidc/index.ts'
import { openScanner, tryScanner } from '../../platform/files/scanner.ts'
import { openLog, takeConsole, type Log } from '../../platform/log/index.ts'

type Options = Common & { port: number; host: string; demo?: boolean; demoSubjects: number; https?: boolean; identityServices?: string }

const number = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new InvalidArgumentError('请给出 0 到 65535 的整数 · a whole number from 0 to 65535 is needed')
  return value
}

/** `xinheng serve` */
export function addServeCommand(program: Command): void {
  const command = program.command('serve').description('run the server')
    .option('--port <port>', 'port', number, 7100).option('--host <host>', 'address to listen at', '127.0.0.1')
    .option('--demo', 'fill an empty data folder with the fictional demo district').option('--demo-subjects <count>', 'how many businesses the demo district has', number, 5000)
    .option('--https', 'people reach it by https through a proxy on this machine: secure cookies').option('--identity-services <file>', 'outside identity services (OpenID Connect) at which people may sign in').option('--data <dir>', 'data folder')
  command.action(async () => {
    const options = commonOf(command) as Options
    try {
      await serve(options)
    } catch (error) {
      const refusal = error instanceof Refusal ? error : refusalOfSurroundings(error)
      if (refusal === null) throw error
      print(refused(refusal.parts), false)
      // What was opened before it was refused would hold the process.
      process.exit()
    }
  })
}

async function serve(options: Options): Promise<void> {
  const form = process.env.XINHENG_LOG
  const log = openLog(process.stdout, () => systemClock.now(), form === 'json' || form === 'text' ? form : undefined)
  const say = (line: string): void => log.info({}, `信衡 | ${line}`)
  takeConsole(log)
  const settings = options.identityServices ?? process.env.XINHENG_IDENTITY_SERVICES
  const services = (settings === undefined ? [] : readIdentityServices(settings)).map((one) => openIdentityService(one, systemClock))
  const xinheng = await boot({ ...placeOf(options) })
  // Whoever gets hold of this process finds no way to the owner's login.
  delete process.env.XINHENG_OWNER_URL
  if (xinheng.database.kind === 'embedded') say('内嵌数据库仅供试用，正式使用请以 DATABASE_URL 连接 PostgreSQL · the embedded database is for trying out; use PostgreSQL by DATABASE_URL for real work')
  await tellScanner(say, log)
  if (xinheng.world.breached) say(`密码按泄露密码库核对 · passwords are compared with ${process.env.XINHENG_BREACHED_PASSWORDS}`)
  const filler = options.demo ? await demoFiller(xinheng, { subjects: options.demoSubjects, data: options.data }) : null
  const server = await serverOf(xinheng, { demo: filler !== null, filling: () => filler?.progress() ?? null, https: options.https === true, ...(process.env.XINHENG_PROXY ? { proxy: process.env.XINHENG_PROXY } : {}), services }, log).catch((error: unknown) => {
    throw error instanceof TypeError && error.message.startsWith('invalid') ? proxyUnclear(error.message) : error
  })
  let starting: Promise<void> = Promise.resolve()
  let stopping = false
  stopOnSignals({
    server, say, fault: (err) => log.error({ err }, 'stopping failed'),
    async close() {
      stopping = true
      await filler?.stop()
      await starting
      await xinheng.close({ layDown: true })
    },
  })
  await server.listen({ port: options.port, host: options.host })
  const { address, family, port } = server.addresses()[0] as AddressInfo
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  xinheng.servesAt(url)
  say(`已启动，请打开 · running, open  ${url}/console`)
  if (options.demo && !filler) say('数据库或数据目录已有非演示数据，未启用演示 · database or data folder hold data that are not the demo\'s: no demo here')
  if (filler) say('演示：登录页一键以各角色登录；要开立真正的管理员，请换一个数据目录、不带 --demo 启动，届时给出一次性代码 · demo: sign in by role with one click; real administrators get their one-time codes when it is started without --demo on a folder of its own')
  else await tellFirstCodes(xinheng)
  await filler?.fill(say)
  if (!stopping) await (starting = xinheng.follow())
}

function proxyUnclear(why: string): Refusal {
  return new Refusal({ code: 'proxy.unclear', message: text(`XINHENG_PROXY 无法识别：${why}`, `XINHENG_PROXY cannot be read: ${why}`), fix: text('写地址或网段，以逗号分隔，也可写 loopback、uniquelocal', 'Write addresses or networks with commas between, or loopback, uniquelocal') })
}

/** Who set a scanner learns at the start whether it finds the harmless test text, not from somebody's upload. */
async function tellScanner(say: (line: string) => void, log: Log): Promise<void> {
  const command = process.env.XINHENG_SCANNER
  if (!command) return
  const found = await tryScanner(openScanner(command))
  if (found === 'finds') say(`上传文件由 ${command} 扫描 · uploads are scanned by ${command}`)
  else log.error({}, found === 'overlooks' ? `XINHENG_SCANNER does not find the EICAR test text: ${command}` : `XINHENG_SCANNER gives no word, so uploads will be refused: ${command}`)
}

/** Until each of the three administrators exists, whoever stands at the console can open the first account of it. Past the log, which others read. */
async function tellFirstCodes({ world, keeper }: Xinheng): Promise<void> {
  const codes = await firstAdministratorCodes(keeper)
  if (codes.size === 0) return
  const titles = new Map(rolesOf(world.policy).roles.map(({ key, zh, en }) => [key, `${zh} ${en}`]))
  process.stderr.write(['尚无管理员：请三人各自打开登录页，选“使用一次性代码”，自设用户名和密码。每次启动重新签发。', 'No administrators yet: three people open the page, choose "Use a one-time code" and set a password of their own. Each start issues new codes.',
    ...[...codes].map(([role, code]) => `  ${code}  ${titles.get(role) ?? role}`), ''].join('\n'))
}
