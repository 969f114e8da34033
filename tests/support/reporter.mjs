// Prints failing tests in full and files by a line each as they end; leaves the counts where scripts/test.mjs finds them.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

export default async function* report(events) {
  let pass = 0
  let fail = 0
  let ofFile = 0
  // By node's own runner files are no suites: they are told at the end.
  const apart = new Map()
  for await (const { type, data } of events) {
    const { error, type: kind, duration_ms: ms } = data.details ?? {}
    const isFile = kind === 'suite' && data.nesting === 0
    if (type === 'test:pass' && kind !== 'suite') {
      pass += 1
      ofFile += 1
      if (data.nesting === 0) apart.set(data.file, (apart.get(data.file) ?? 0) + ms)
    } else if (type === 'test:fail' && !(kind === 'suite' && error?.failureType === 'subtestsFailed')) {
      fail += 1
      yield `✖ ${data.name}  (${data.file ? relative('.', data.file) : ''}${data.line ? `:${data.line}` : ''})\n${(error?.cause ?? error)?.stack ?? error?.cause ?? error}\n`
    } else if (type === 'test:stderr') yield data.message
    if (isFile && (type === 'test:pass' || type === 'test:fail')) {
      yield `${type === 'test:pass' ? '✔' : '✖'} ${data.name} ${ofFile} (${(ms / 1000).toFixed(1)} s)\n`
      ofFile = 0
    }
  }
  for (const [file, ms] of apart) yield `✔ ${relative('.', file)} (${(ms / 1000).toFixed(1)} s)\n`
  if (process.env.XINHENG_TEST_REPORT) writeFileSync(process.env.XINHENG_TEST_REPORT, JSON.stringify({ pass, fail }))
}
