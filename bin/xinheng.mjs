#!/usr/bin/env node
// Starts the command line with a Node that runs TypeScript: the one that the package brings, else the machine's own.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const brought = here('../node_modules/.bin/node')
// npm writes this file when it is done with all others.
if (!existsSync(here('../node_modules/.package-lock.json'))) {
  console.error('✖ 依赖还没有装好 · The dependencies are not installed yet\n  → 请等 npm start 装好，或执行 npm ci 后再试 · Wait until npm start has installed them, or run npm ci, then try again')
  process.exit(1)
}
const node = existsSync(brought) ? brought : process.execPath
// What Node makes of the sources is kept beside them, where only their owner writes: the next start is quicker, and no thread needs the compiler.
const env = { NODE_COMPILE_CACHE: here('../node_modules/.cache/xinheng'), ...process.env }
// A file of a hundred thousand rows is a stream of short-lived objects: a heap that grows in smaller steps holds a third less, for a few percent of time.
const program = spawn(node, ['--max-semi-space-size=16', '--heap-growing-percent=80', here('../src/app/cli.ts'), ...process.argv.slice(2)], { stdio: 'inherit', env })
// Whoever stops this process means the program. A terminal sends Ctrl-C to both, so that one is not passed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal))
process.on('SIGINT', () => undefined)
program.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
