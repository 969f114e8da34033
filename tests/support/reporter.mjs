// Prints failing tests in full and files by a line each as they end; leaves the counts where scripts/test.mjs finds them.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

export default async function* report(events) {
  let pass = 0
  let fail = 0
  let ofFile = 0
  for await (const { type, data } of events) {
    const { error, type: kind, duration_ms: ms } = data.details ?? {}
    const isFile = kind === 'suite' && data.nesting === 0
    if (type === 'test:pass' && kind !== 'suite') {
      pass += 1
      ofFile += 1
    } else if (type === 'test:fail' && !(kind === 'suite' && error?.failureType === 'subtestsFailed')) {
      fail += 1
      yield `✖ ${data.name}  (${data.file ? relative('.', data.file) : ''}${data.line ? `:${data.line}` : ''})\n${(error?.cause ?? error)?.stack ?? error?.cause ?? error}\n`
    } else if (type === 'test:diagnostic' && data.level === 'error') yield `${data.message}\n`
    if (isFile && (type === 'test:pass' || type === 'test:fail')) {
      yield `${type === 'test:pass' ? '✔' : '✖'} ${data.name} ${ofFile} (${(ms / 1000).toFixed(1)} s)\n`
      ofFile = 0
    }
  }
  writeFileSync(process.env.XINHENG_TEST_REPORT, JSON.stringify({ pass, fail }))
}
