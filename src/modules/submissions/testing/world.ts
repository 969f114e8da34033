import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { freshDatabase } from '../../../../tests/support/database.ts'
import { loadPolicy } from '../../../engines/policy/index.ts'
import type { Actor, Asked, World } from '../../../engines/procedure/index.ts'
import type { Endpoint, InputOf, OutputOf } from '../../../kernel/endpoint.ts'
import { standingClock } from '../../../platform/clock.ts'
import { openFileStore } from '../../../platform/files/file-store.ts'
import type { FileAnswer, Route } from '../../../platform/http/index.ts'
import { seededRandomness } from '../../../platform/randomness.ts'
import { sealingForTests } from '../../../platform/sealing/testing/sealing.ts'
import { adoptDepartments } from '../../organisation/index.ts'

/** A world for tests: fresh database with the departments of the policy folder, files in a temporary folder, the law of the program, a clock that stands. */
export async function testWorld(at = '2026-11-22T10:00:00+08:00') {
  const database = await freshDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'xinheng-test-'))
  const clock = standingClock(new Date(at))
  const randomness = seededRandomness(7)
  const sealing = sealingForTests(randomness)
  const world: World = { db: database.db, clock, randomness, policy: loadPolicy(new URL('../../../../policy', import.meta.url).pathname), files: openFileStore(join(folder, 'files'), randomness, sealing), sealing, wake: () => undefined }
  await adoptDepartments(world)
  return {
    world, clock, database, folder,
    async close() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** An officer who may do everything. */
export const officer: Actor = { id: 'officer:test', name: '测试员', department: 'credit-office', may: () => true, scope: () => 'all' }

/** Asks routes as the server does: input and answer by the contract. */
export function askOf(world: World, routes: readonly Route<Asked>[], actor: Actor = officer) {
  return async <E extends Endpoint>(endpoint: E, input: InputOf<E>, upload?: string | Uint8Array): Promise<OutputOf<E>> => {
    const found = routes.find((one) => one.endpoint === (endpoint as Endpoint))!
    const answer = await found.handle({ world, actor, ...(upload === undefined ? {} : { upload: Readable.from([Buffer.from(upload)]) }) }, endpoint.input.parse(input) as never)
    return (endpoint.gives === 'file' ? answer : endpoint.output.parse(JSON.parse(JSON.stringify(answer)))) as OutputOf<E>
  }
}

/** The bytes of a file answer. */
export async function bytesOf(answer: unknown): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of (answer as FileAnswer).stream) pieces.push(Buffer.from(piece as Uint8Array))
  return Buffer.concat(pieces)
}
