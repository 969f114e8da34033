import { spawnSync } from 'node:child_process'

let updated = false

/** Installs Debian packages where that is possible (as root, with apt-get); answers whether it worked. */
export function aptInstall(...packages) {
  if (process.getuid?.() !== 0 || spawnSync('which', ['apt-get']).status !== 0) return false
  console.log(`installing ${packages.join(' ')} …`)
  const apt = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
  updated ||= apt('update', '-qq')
  return apt('install', '-y', '-qq', '--no-install-recommends', ...packages)
}
