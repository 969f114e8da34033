import type { EntryType } from '../../engines/ledger/index.ts'
import type { JsonObject } from '../../kernel/json.ts'
import { findObjections, findSteps, type Objection, type Step } from './queries/objections.ts'
import { findStatements, type Statement } from './queries/statements.ts'

/** What is said of an objection that was filed. */
export const witnessOfObjection = ({ about, recordId, model, grounds, wish, files, repeats }: Pick<Objection, 'about' | 'recordId' | 'model' | 'grounds' | 'wish' | 'files' | 'repeats'>): JsonObject =>
  ({ about, record_id: recordId, model, grounds, wish, files: files.map(({ digest }) => digest), repeats })
/** What is said of a step of an objection. */
export const witnessOfStep = ({ objectionId, act, words, remedy, how, toDepartment, dueOn }: Omit<Step, 'stepId' | 'subjectId' | 'department' | 'at' | 'actor' | 'actorName'>): JsonObject =>
  ({ objection_id: objectionId, act, words, remedy, how, to_department: toDepartment, due_on: dueOn })
/** What is said of a statement. */
export const witnessOfStatement = ({ recordId, words }: Pick<Statement, 'recordId' | 'words'>): JsonObject => ({ record_id: recordId, words })
/** What is said of a statement that was taken back. */
export const witnessOfStatementEnd = ({ withdrawnAt, withdrawnBy }: Pick<Statement, 'withdrawnAt' | 'withdrawnBy'>): JsonObject => ({ withdrawn_at: withdrawnAt?.toISOString() ?? null, withdrawn_by: withdrawnBy })

const statement = (name: string, said: (row: Statement) => JsonObject): EntryType => ({
  name, table: { relation: 'objections.statement', key: 'statement_id' }, witness: async (db, ids) => new Map((await findStatements(db, ids)).map((row) => [row.statementId, said(row)])),
})

/** The kinds of entry of objections and statements. */
export const objectionEntryTypes: readonly EntryType[] = [
  { name: 'objection.filed', table: { relation: 'objections.objection', key: 'objection_id' }, witness: async (db, ids) => new Map((await findObjections(db, ids)).map((row) => [row.objectionId, witnessOfObjection(row)])) },
  { name: 'objection.stepped', table: { relation: 'objections.step', key: 'step_id' }, witness: async (db, ids) => new Map((await findSteps(db, ids)).map((row) => [row.stepId, witnessOfStep(row)])) },
  statement('statement.filed', witnessOfStatement), statement('statement.withdrawn', witnessOfStatementEnd),
]
