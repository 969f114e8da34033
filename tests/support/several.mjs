// Runs test files one after the other in one process, as scripts/test.mjs hands them out: starting node and loading the program takes longer than most files.
// Each is a suite, so that its hooks are its own; it must leave nothing behind in what all share (process.env, globals, ports).
import { resolve } from 'node:path'
import { suite } from 'node:test'
import { pathToFileURL } from 'node:url'

const TIMEOUT_MS = 300_000

/** Says that the file before is done; null when there is no other. */
function nextFile() {
  const handed = new Promise((answer) => process.once('message', answer))
  process.send('next')
  return handed
}

for (let file = await nextFile(); file !== null; file = await nextFile()) await suite(file, { timeout: TIMEOUT_MS }, () => import(pathToFileURL(resolve(file))))
process.disconnect()
