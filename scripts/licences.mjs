// docs/operate/licences.md: every package that the program is made with, at its version, with its licence, as the packages themselves say.
// Without --write it only checks: that the paper is fresh, and that no licence occurs which has not been looked at.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const PAPER = 'docs/operate/licences.md'

/** Licences under which a package may be used and passed on without conditions that reach our own code. */
const PERMISSIVE = new Set(['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Python-2.0', 'PostgreSQL', 'OFL-1.1', 'Zlib', 'CC-BY-4.0'])
/** Weak copyleft on files that are used as they are, and only by tools of tests and builds: nothing of them is in what is passed on. */
const TOOLS_ONLY = new Set(['MPL-2.0'])
/** Stands among the product's packages because the screens are built at the first start, but is such a tool: vite's reader of style sheets. */
const BUILDS_ONLY = /^lightningcss(-|$)/

/** What a package says of its licence; the lock file knows it for packages that belong to another platform and are not installed here. */
function licenceOf(path, locked) {
  const file = join(path, 'package.json')
  const said = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const licence = said.license ?? said.licenses ?? locked.license
  return typeof licence === 'string' ? licence : Array.isArray(licence) ? licence.map((one) => one.type ?? one).join(' OR ') : (licence?.type ?? 'unknown')
}

/** One of several offered is enough; of several that hold together, all must do. */
function isOne(expression, allowed) {
  const bare = expression.replace(/^\((.*)\)$/, '$1')
  if (bare.includes(' OR ')) return bare.split(' OR ').some((one) => isOne(one.trim(), allowed))
  return bare.split(' AND ').every((one) => allowed.has(one.replace(/[()]/g, '').trim()))
}

/** Every package of the lock file, the ones of the product before the tools. */
export function packages() {
  const { packages: locked } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const found = new Map()
  for (const [path, entry] of Object.entries(locked)) {
    if (path === '' || entry.link) continue
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const tool = entry.dev === true || entry.devOptional === true || BUILDS_ONLY.test(name)
    const key = `${name} ${entry.version}`
    found.set(key, { name, version: entry.version, licence: licenceOf(path, entry), tool: tool && (found.get(key)?.tool ?? true) })
  }
  return [...found.values()].sort((one, other) => Number(one.tool) - Number(other.tool) || (one.name < other.name ? -1 : one.name > other.name ? 1 : one.version < other.version ? -1 : 1))
}

/** Packages whose licence is not among those that were looked at. */
export function notPermitted() {
  return packages().filter(({ licence, tool }) => !isOne(licence, PERMISSIVE) && !(tool && isOne(licence, TOOLS_ONLY))).map(({ name, version, licence }) => `${name} ${version}: ${licence}`)
}

/** The paper as it must stand. */
export function paper() {
  const all = packages()
  const table = (rows) => ['| package | version | licence |', '|---|---|---|', ...rows.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)]
  return [
    '# Licences of what the program is made with', '',
    'Made by `scripts/licences.mjs --write` from the lock file and the packages themselves; a test keeps it fresh and lets permissive licences in only. Xinheng itself: Apache-2.0.',
    'The typeface Noto Sans SC (思源黑体) comes with `@fontsource-variable/noto-sans-sc` under the SIL Open Font License 1.1 and is passed on unchanged; the icons are those of `@ant-design/icons` (MIT). The embedded database (`@electric-sql/pglite`) holds PostgreSQL (PostgreSQL License).', '',
    '## In the product', '', ...table(all.filter(({ tool }) => !tool)), '', '## Tools of building and testing, not passed on', '', ...table(all.filter(({ tool }) => tool)), '',
  ].join('\n')
}

if (process.argv[1]?.endsWith('licences.mjs')) {
  const [made, wrong] = [paper(), notPermitted()]
  if (process.argv.includes('--write')) writeFileSync(PAPER, made)
  else if (!existsSync(PAPER) || readFileSync(PAPER, 'utf8') !== made) wrong.push(`${PAPER} is not fresh: node scripts/licences.mjs --write`)
  for (const one of wrong) console.error(one)
  process.exit(wrong.length === 0 ? 0 : 1)
}
