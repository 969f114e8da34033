// docs/clauses.md: which file carries out which capability of the plan, made from the tags `@clause 4.2, 4.7` in comments.
// `node scripts/clauses.mjs --write` writes it; without the flag it checks (exit 1 when stale or when a tag names an unknown id).
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('..', import.meta.url))
const TAG = /^[ \t]*(?:\/\*\*|\*|\/\/|#)?[ \t]*@clause[ \t]+(.+?)[ \t]*(?:\*\/)?$/gm

/** The column in which a file stands, or null for one that the matrix does not list. */
const COLUMNS = [
  { title: 'policy', has: (file) => file.startsWith('policy/') },
  { title: 'tests', has: (file) => /\.test\.tsx?$/.test(file) },
  { title: 'acts', has: (file) => /\/acts(\/[^/]+)?\.ts$/.test(file) },
  { title: 'routes', has: (file) => file.endsWith('/routes.ts') },
  { title: 'pages', has: (file) => file.endsWith('.tsx') },
  { title: 'other code', has: () => true },
]

/** The plan: phases, clauses, capabilities. */
export function readPlan() {
  return parse(readFileSync(join(root, 'docs/clauses.yaml'), 'utf8'))
}

/** Every tag in source, tests and policy: `{ file, id }`, ordered by file. */
export function findTags() {
  const files = globSync(['src/**/*.{ts,tsx}', 'tests/**/*.ts', 'policy/**/*.yaml'], { cwd: root }).map((file) => file.replaceAll('\\', '/')).sort()
  return files.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(TAG)].flatMap(([, ids]) => ids.split(/\s*,\s*/).map((id) => ({ file, id }))))
}

/** Tags whose id the plan does not have. */
export function unknownTags(plan, tags) {
  const known = new Set(plan.capabilities.map(({ id }) => id))
  return tags.filter(({ id }) => !known.has(id))
}

/** docs/clauses.md as text. */
export function renderMatrix(plan, tags) {
  const filesOf = (id) => [...new Set(tags.filter((tag) => tag.id === id).map(({ file }) => file))]
  const built = plan.capabilities.filter(({ id }) => filesOf(id).length > 0).length
  const lines = [
    '# The plan and the code',
    '',
    '<!-- Made by `node scripts/clauses.mjs --write` from docs/clauses.yaml and the tags `@clause` in the files. Do not edit. -->',
    '',
    'Each capability of the plan (三亚市海棠区构建以信用为基础的新型监管机制实施方案, 2023-10-27), and the files that carry it out.',
    `A file says so itself, by a tag in a comment. Of ${plan.capabilities.length} capabilities, ${built} have code; a listed one may still be carried out in part only (see CHANGELOG.md).`,
  ]
  for (const phase of plan.phases) {
    lines.push('', `## ${phase.zh} ${phase.en}`)
    for (const clause of plan.clauses.filter((one) => one.phase === phase.id)) {
      lines.push('', `### ${[clause.numeral, clause.zh, clause.en].filter(Boolean).join(' ')}`, '', `| id | capability | modules | ${COLUMNS.map(({ title }) => title).join(' | ')} |`, `|---|---|---|${COLUMNS.map(() => '---').join('|')}|`)
      for (const { id, zh, en } of plan.capabilities.filter((one) => one.id.startsWith(`${clause.id}.`))) lines.push(`| ${id} | ${zh}<br>${en} | ${cellsOf(filesOf(id)).join(' | ')} |`)
    }
  }
  return `${lines.join('\n')}\n`
}

function cellsOf(files) {
  if (files.length === 0) return ['not yet', ...COLUMNS.map(() => '')]
  const modules = [...new Set(files.map((file) => /^src\/(?:modules|engines)\/([^/]+)\//.exec(file)?.[1]).filter(Boolean))]
  const left = new Set(files)
  const cells = COLUMNS.map(({ has }) => {
    const mine = [...left].filter(has)
    for (const file of mine) left.delete(file)
    return mine.map(link).join('<br>')
  })
  return [modules.join(', '), ...cells]
}

const link = (file) => `[${file.replace(/^src\/(modules|engines)\/|^policy\/|^src\//, '')}](../${file})`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const plan = readPlan()
  const tags = findTags()
  const unknown = unknownTags(plan, tags)
  for (const { file, id } of unknown) console.error(`${file}: there is no capability ${id} in docs/clauses.yaml`)
  const text = renderMatrix(plan, tags)
  const target = join(root, 'docs/clauses.md')
  if (process.argv.includes('--write')) writeFileSync(target, text)
  else if (readFileSync(target, 'utf8') !== text) {
    console.error('docs/clauses.md is stale: run `node scripts/clauses.mjs --write`')
    process.exitCode = 1
  }
  if (unknown.length > 0) process.exitCode = 1
}
