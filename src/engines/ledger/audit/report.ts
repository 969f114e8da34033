import { text, type Text } from '../../../kernel/text.ts'

/** Where and why the ledger does not fit. */
export type AuditProblem = {
  readonly code: keyof typeof CAUSES
  /** Place in the log; null for what has none. */
  readonly seq: number | null
  readonly entryId: number | null
  /** Name of the entry. */
  readonly name: string | null
  readonly cause: Text
  /** The row concerned, where one is known: `relation` is the witnessed table, if the type names one. */
  readonly about: { readonly relation: string | null; readonly id: number; readonly subjectId: number | null } | null
}

/** What an audit found. */
export type AuditReport = {
  /** Entries recomputed. */
  readonly entries: number
  /** The last of them: the audit says for the ledger as of this entry. Null for an empty ledger, and where that entry is gone. */
  readonly asOf: { readonly seq: number; readonly entryId: number; readonly at: Date } | null
  /** Committed entries that had no place yet when it ended; no part of what it says. */
  readonly waiting: number
  /** How many of them lost a person's data by a removal since: their leaves stand, what they say now is covered by the entry of the removal. */
  readonly redacted: number
  readonly checkpointsChecked: number
  readonly valid: boolean
  /** The problem at the lowest place of the log; problems without a place come after all others. */
  readonly firstProblem: AuditProblem | null
  /** The first 100, in the order of the log. */
  readonly problems: readonly AuditProblem[]
  readonly problemCount: number
}

const CAUSES = {
  'content-changed': text('账目所见证的数据行（或账目的经办人、依据、关联、盐值）被改动，与摘要不符', 'The row that the entry witnesses (or the entry\'s actor, basis, references or salt) was changed: it does not give the digest'),
  'row-missing': text('账目所见证的数据行已不存在', 'The row that the entry witnesses is gone'),
  'unknown-type': text('程序不认识这种账目，无法重算', 'No module knows this kind of entry, so it cannot be recomputed'),
  'entry-changed': text('账目的名称、时间或摘要被改动，与已签名的账本不符', 'The name, instant or digest of the entry was changed: the signed log holds another'),
  'entry-missing': text('账目已被删除，而账本中仍有其位置', 'The entry was deleted, but its place in the log remains'),
  'place-missing': text('账本序号中断：该位置没有账目', 'The sequence has a gap: no entry has this place'),
  'tile-changed': text('存储的哈希块被改动，与账目不符；账目本身与已签名的账本一致', 'A stored tile was changed; the entries themselves give the signed root'),
  'tile-missing': text('存储的哈希块缺失或不完整', 'A stored tile is missing or cut short'),
  'upper-tile-differs': text('上层哈希块与账目重算的结果不符：该哈希块被改动，或其下的账目被成段改写', 'A stored tile above the leaves differs from what the entries give: it was changed, or the entries below it were rewritten together with their tile'),
  'does-not-fit': text('账目与存储的哈希块不一致，且没有检查点可以裁定', 'Entry and stored tile differ, and no checkpoint decides which is right'),
  'checkpoint-signature': text('检查点的签名不正确，或不是已知公钥签署', 'The checkpoint is not signed by a known key, or its signature is wrong'),
  'checkpoint-changed': text('检查点的规模或根与其签名的内容不一致', 'Size or root of the checkpoint differ from what was signed'),
  'root-differs': text('账目重算得到的根与签名的检查点不符：自上一个相符的检查点以来有账目被改写', 'The entries give another root than was signed: entries since the last fitting checkpoint were rewritten'),
  'not-covered': text('有已编号的账目没有检查点覆盖（检查点可能被删除）', 'Numbered entries are covered by no checkpoint (one may have been deleted)'),
  'waits-too-long': text('账目提交已超过一分钟仍未编号，核验期间也没有任何账目获得编号：编号程序可能没有运行', 'The entry waits for its place for over a minute, and nothing got one while the audit looked on: the sequencer may not be running'),
  'never-placed': text('账目既未编号也不在等待编号', 'The entry has no place in the log and does not wait for one'),
  'pending-without-entry': text('等待编号的账目已被删除', 'An entry that waited for its place was deleted'),
  'row-without-entry': text('数据行没有对应的账目：可能绕过程序直接写入', 'The row has no entry: it may have been written behind the program\'s back'),
} as const satisfies Record<string, Text>

const MOST_PROBLEMS = 100

/** Gathers problems; keeps the first ones in the order of the log, and counts the rest. */
export class Problems {
  #kept: AuditProblem[] = []
  count = 0
  redacted = 0

  add(code: AuditProblem['code'], at: Partial<Omit<AuditProblem, 'code' | 'cause'>>): void {
    this.count++
    const problem: AuditProblem = { code, seq: null, entryId: null, name: null, about: null, ...at, cause: CAUSES[code] }
    // Nearly in order already, so the list is sorted only when it overflows.
    this.#kept.push(problem)
    if (this.#kept.length > 2 * MOST_PROBLEMS) this.#kept = this.list()
  }

  list(): AuditProblem[] {
    const place = ({ seq }: AuditProblem): number => seq ?? Number.MAX_SAFE_INTEGER
    return this.#kept.toSorted((one, other) => place(one) - place(other)).slice(0, MOST_PROBLEMS)
  }
}
