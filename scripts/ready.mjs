// Makes a fresh clone ready: installs the dependencies when the lock file is newer, builds the screens when their sources changed.
// Plain JavaScript for any Node from 18 on, because it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const say = (zh, en) => console.log(`信衡 | ${zh} · ${en}`)

function digestOf(paths) {
  const hash = createHash('sha256')
  const visit = (path) => {
    if (!existsSync(path)) return
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name))
    else if (!path.endsWith('.test.ts')) hash.update(path.slice(root.length)).update(readFileSync(path))
  }
  for (const path of paths) visit(join(root, path))
  return hash.digest('hex')
}

function upToDate(mark, digest) {
  return existsSync(mark) && readFileSync(mark, 'utf8') === digest
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status === 0) return
  console.error(`\n${command} ${args.join(' ')} 失败 failed${error ? `: ${error.message}` : ''}`)
  process.exit(1)
}

// npm keeps what it installed in a hidden lock file: it is as new as ours unless ours came in later. Running the product needs no tools for developers.
const lockFile = join(root, 'package-lock.json')
const hidden = join(root, 'node_modules', '.package-lock.json')
const isCurrent = existsSync(hidden) && statSync(hidden).mtimeMs >= statSync(lockFile).mtimeMs
const hasTools = existsSync(join(root, 'node_modules', 'typescript'))
const needsTools = process.argv.includes('--test') || hasTools
if (!isCurrent || (needsTools && !hasTools)) {
  say('正在安装依赖(首次约一分钟)…', 'installing dependencies (about a minute the first time) …')
  run('npm', ['ci', ...(needsTools ? [] : ['--omit=dev']), '--no-audit', '--no-fund', '--loglevel=error'])
}

const brought = join(root, 'node_modules', '.bin', 'node')
const node = existsSync(brought) ? brought : process.execPath
const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
const [major, minor] = version.slice(1).split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`需要 Node 22.18 或更高版本,当前是 ${version}:本平台没有随附的 Node,请先升级。\nNode 22.18 or newer is needed, this is ${version}: no Node is brought along for this platform, please install a newer one.`)
  process.exit(1)
}

if (process.argv.includes('--screens')) {
  const modules = readdirSync(join(root, 'src/modules')).flatMap((name) => [`src/modules/${name}/ui`, `src/modules/${name}/contract.ts`])
  const sources = digestOf(['package-lock.json', 'vite.config.ts', 'index.html', 'my.html', 'src/kernel', 'src/ui', 'src/app/web.tsx', 'src/app/console', 'src/app/my.tsx', 'src/app/my', 'docs/words.md', ...modules])
  const built = join(root, 'dist', 'web', '.built')
  if (!upToDate(built, sources)) {
    say('正在构建页面…', 'building the screens …')
    run(node, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'])
    mkdirSync(dirname(built), { recursive: true })
    writeFileSync(built, sources)
  }
}
