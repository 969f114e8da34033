// @clause X.4
import { readFileSync } from 'node:fs'

const NAMES = ['DATABASE_URL', 'XINHENG_OWNER_URL', 'XINHENG_METRICS_TOKEN'] as const

/**
 * Takes secrets from the files that `NAME_FILE` names, where `NAME` itself is not set: what a vault, a container engine or systemd hands over (`LoadCredential`) stands in a file that the program alone may read,
 * not in the environment, which others of the same user and every child see. Throws where a file cannot be read, or is empty.
 */
export function takeSecrets(environment: NodeJS.ProcessEnv): void {
  for (const name of NAMES) {
    const path = environment[`${name}_FILE`]
    if (!path || environment[name]) continue
    const secret = readFileSync(path, 'utf8').trim()
    if (secret === '') throw Object.assign(new Error(`${path} is empty`), { code: 'ENOENT', path })
    environment[name] = secret
  }
}
