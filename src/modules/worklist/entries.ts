import type { EntryType } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { findAssignments, type Assignment } from './queries.ts'

const table = { relation: 'worklist.assignment', key: 'assignment_id' }

/** What is said of an item that an officer took or was given. */
export const witnessOfAssignment = ({ kind, item, officerId, note }: Pick<Assignment, 'kind' | 'item' | 'officerId' | 'note'>): JsonObject => ({ kind, item, officer_id: officerId, note })
/** What is said of an item that waits for its department again. */
export const witnessOfRelease = ({ endedAt, endedBy }: Pick<Assignment, 'endedAt' | 'endedBy'>): JsonObject => ({ ended_at: endedAt?.toISOString() ?? null, ended_by: endedBy })

/** The kinds of entry of the work list: 待办已指派、待办已退回. */
export const worklistEntryTypes: readonly EntryType[] = [
  { name: 'work.assigned', table, witness: async (db, ids) => new Map((await findAssignments(db, ids)).map((row) => [row.assignmentId, witnessOfAssignment(row)])) },
  { name: 'work.released', table, witness: async (db, ids) => new Map((await findAssignments(db, ids)).map((row) => [row.assignmentId, witnessOfRelease(row)])) },
]
