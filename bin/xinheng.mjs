#!/usr/bin/env node
// Starts the command line with a Node that runs TypeScript: the one that the package brings, else the machine's own.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const brought = here('../node_modules/.bin/node')
const node = existsSync(brought) ? brought : process.execPath
const { status, signal } = spawnSync(node, [here('../src/app/cli.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? (signal === 'SIGINT' ? 130 : 1))
