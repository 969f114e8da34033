// @clause X.4
import type { Asked } from '../../engines/procedure/index.ts'
import { dayOf } from '../../kernel/day.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { text } from '../../kernel/text.ts'
import { keepDocument } from '../records/index.ts'
import { claimRules } from './acts.ts'
import { notYours, tooOften } from './claims.ts'
import { countUploads, insertUpload } from './queries/uploads.ts'

const MS_PER_DAY = 86_400_000
const MEGABYTE = 1_048_576

/** Number of the account of whoever asks. Refuses for the command line, which acts for no business. */
export function accountOf({ actor }: Pick<Asked, 'actor'>): number {
  if (actor.accountId === undefined) throw notYours()
  return actor.accountId
}

/** Keeps a file (证明材料) by its content's hash, told by its bytes. Refuses `claim.too-often`, `record.document-kind`, `file.too-large`, `file.empty`, `file.missing`. */
export async function keepUpload(asked: Pick<Asked, 'world' | 'actor' | 'upload'>, name: string): Promise<{ uploadId: number; fileName: string; size: number }> {
  const { world, upload } = asked
  if (upload === undefined) throw new Refusal({ code: 'file.missing', status: 400, message: text('没有收到文件', 'No file came with the request'), fix: text('请选择文件后重新上传', 'Choose the file and upload it again') })
  const accountId = accountOf(asked)
  const now = world.clock.now()
  const rules = claimRules(world.policy, dayOf(now))
  if ((await countUploads(world.db, accountId, new Date(now.getTime() - MS_PER_DAY))) >= rules.files_a_day) throw tooOften()
  const { digest, size, contentType } = await keepDocument(world.files, upload, rules.most_megabytes * MEGABYTE)
  return { uploadId: await insertUpload(world.db, accountId, { digest, fileName: name, contentType, size }, now), fileName: name, size }
}
