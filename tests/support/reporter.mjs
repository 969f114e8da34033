// Prints failing tests in full and passing files by a line each; leaves the counts where scripts/test.mjs finds them.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

export default async function* report(events) {
  let pass = 0
  let fail = 0
  const files = new Map()
  for await (const { type, data } of events) {
    if (type === 'test:pass' && data.details?.type !== 'suite') {
      pass += 1
      const known = files.get(data.file) ?? { count: 0, ms: 0 }
      if (data.file) files.set(data.file, { count: known.count + 1, ms: known.ms + (data.details?.duration_ms ?? 0) })
    } else if (type === 'test:fail' && data.details?.type !== 'suite') {
      fail += 1
      const error = data.details.error?.cause ?? data.details.error
      yield `✖ ${data.name}  (${data.file ? relative('.', data.file) : ''}${data.line ? `:${data.line}` : ''})\n${error?.stack ?? error}\n`
    } else if (type === 'test:stderr') yield data.message
  }
  for (const [file, { count, ms }] of files) yield `✔ ${relative('.', file)} ${count} (${(ms / 1000).toFixed(1)} s)\n`
  yield `${pass} passed, ${fail} failed\n`
  if (process.env.XINHENG_TEST_REPORT) writeFileSync(process.env.XINHENG_TEST_REPORT, JSON.stringify({ pass, fail }))
}
