import { redactionDigests, type EntryType } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { findRemovals, findSteps, type Removal, type RemovalStep } from './queries/removals.ts'

/** What is said of a request: its ground and days. Whom it concerns only by the account, never by a number. */
export const witnessOfRemoval = ({ accountId, askedBy, askedOn, ground, words, dueOn }: Pick<Removal, 'accountId' | 'askedBy' | 'askedOn' | 'ground' | 'words' | 'dueOn'>): JsonObject =>
  ({ account_id: accountId, asked_by: askedBy, asked_on: askedOn, ground, words, due_on: dueOn })
/** What is said of a step. */
export const witnessOfStep = ({ removalId, act, words, remedy, found }: Pick<RemovalStep, 'removalId' | 'act' | 'words' | 'remedy' | 'found'>): JsonObject =>
  ({ removal_id: removalId, act, words, remedy, found: found === null ? null : found.map(({ what, count, fate }) => ({ what: what.zh, count, fate })) })
/** What is said of a removal that was carried out: by which digests the entries that lost a person's data go on. */
export const witnessOfRedactions = (redactions: string): JsonObject => ({ redactions })

/** The kinds of entry of removals. */
export const removalEntryTypes: readonly EntryType[] = [
  { name: 'removal.filed', table: { relation: 'removals.removal', key: 'removal_id' }, witness: async (db, ids) => new Map((await findRemovals(db, ids)).map((row) => [row.removalId, witnessOfRemoval(row)])) },
  { name: 'removal.stepped', table: { relation: 'removals.step', key: 'step_id' }, witness: async (db, ids) => new Map((await findSteps(db, ids)).map((row) => [row.stepId, witnessOfStep(row)])) },
  { name: 'person.removed', redacts: true, table: { relation: 'ledger.redaction', key: 'removal_id' }, witness: async (db, ids) => new Map([...(await redactionDigests(db, ids))].map(([id, digest]) => [id, witnessOfRedactions(digest)])) },
]
