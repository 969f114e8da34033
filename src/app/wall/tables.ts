// @clause X.4
import type { TableWall } from '../../platform/db/index.ts'

/**
 * The second wall (第二道防线): what each role of the database may do with each table, and by what a part of its rows is told. A table that does not stand here is granted to nobody.
 * S select, I insert, U update (of these columns), D delete, L lock only. worker: followers, imports, daily runs, sequencer; keeper: the gate, one's own pages and the administrators';
 * auditor: trail and ledger; business: requests about business data, by their reach.
 * Acts are entered into the ledger by whoever performs them; no role updates or deletes what was entered.
 */
export const walls: readonly TableWall[] = [
  { table: 'platform.migration', by: 'nothing', worker: 'S' },
  { table: 'platform.daily_run', by: 'nothing', worker: 'SIU(started_at, finished_at)' },
  { table: 'platform.performed_act', by: 'actor', worker: 'SIU(answer)', keeper: 'SIU(answer)', auditor: 'SIU(answer)', business: 'SIU(answer)' },
  { table: 'ledger.entry', by: 'subject', worker: 'SI', keeper: 'SI', auditor: 'SI', business: 'SI' },
  { table: 'ledger.pending', by: 'nothing', worker: 'SID', keeper: 'I', auditor: 'SI', business: 'I' },
  { table: 'ledger.sequence', by: 'nothing', worker: 'SI', auditor: 'S', business: 'S' },
  { table: 'ledger.tile', by: 'nothing', worker: 'SIU(width, hashes)', auditor: 'S' },
  { table: 'ledger.checkpoint', by: 'nothing', worker: 'SI', auditor: 'S' },
  { table: 'ledger.follower', by: 'nothing', worker: 'SIU', auditor: 'S' },
  { table: 'organisation.department', by: 'nothing', worker: 'S', keeper: 'SI', auditor: 'S', business: 'S' },
  { table: 'organisation.section', by: 'nothing', worker: 'S', keeper: 'S', auditor: 'S', business: 'S' },
  { table: 'organisation.duty', by: 'nothing', worker: 'S', keeper: 'S', auditor: 'S', business: 'S' },
  { table: 'organisation.officer', by: 'nothing', worker: 'S', keeper: 'SIU(left_on)', auditor: 'S', business: 'S' },
  { table: 'organisation.certificate', by: 'nothing', worker: 'S', keeper: 'SI', auditor: 'S', business: 'S' },
  { table: 'organisation.officer_role', by: 'nothing', worker: 'S', keeper: 'SIU(ended_at, ended_by)', auditor: 'S', business: 'S' },
  { table: 'organisation.delegation', by: 'nothing', worker: 'S', keeper: 'SIU(ended_at, ended_by)', auditor: 'S', business: 'S' },
  { table: 'identity.account', by: 'nothing', keeper: 'SIU(closed_at, closed_by)', auditor: 'S' },
  { table: 'identity.password', by: 'nothing', keeper: 'SI', auditor: 'S(password_id, account_id, set_at)' },
  { table: 'identity.totp', by: 'nothing', keeper: 'SIU(confirmed_at, last_step, ended_at)', auditor: 'S(totp_id, account_id, begun_at, confirmed_at, ended_at)' },
  { table: 'identity.recovery_code', by: 'nothing', keeper: 'SIU(used_at)' },
  { table: 'identity.one_time_code', by: 'nothing', keeper: 'SIU(used_at, void_at)', auditor: 'S(one_time_code_id, purpose, role, account_id, issued_at, issued_by, ends_at, used_at, void_at)' },
  { table: 'identity.session', by: 'nothing', keeper: 'SIU(last_seen_at, ended_at, end_reason)' },
  { table: 'identity.sign_in', by: 'nothing', keeper: 'SIU(outcome, account_id)', auditor: 'S' },
  { table: 'identity.outside_link', by: 'nothing', keeper: 'SIU(standing, ended_at, ended_by)', auditor: 'S' },
  { table: 'identity.outside_attempt', by: 'nothing', keeper: 'SIU(used_at, issuer, subject, number, second_factor, finished_at)D' },
  { table: 'audit.trail', by: 'nothing', worker: 'SI', auditor: 'S' },
  { table: 'audit.seal', by: 'nothing', worker: 'SI', auditor: 'S' },
  { table: 'submissions.batch', by: 'department', worker: 'SIU', auditor: 'S', business: 'SI' },
  { table: 'submissions.flagged_row', by: 'batch', worker: 'SIU(settled_by)', auditor: 'S', business: 'S' },
  { table: 'subjects.subject', by: 'register', worker: 'SIU', auditor: 'S', business: 'SIU' },
  { table: 'subjects.name', by: 'subject', worker: 'SIU', auditor: 'S', business: 'SIU' },
  { table: 'subjects.registration', by: 'subject', worker: 'SI', auditor: 'S', business: 'SI' },
  { table: 'subjects.identifier', by: 'subject', worker: 'SI', auditor: 'S', business: 'SI' },
  { table: 'subjects.identifier_owner', by: 'subject', worker: 'SI', auditor: 'S', business: 'SI' },
  { table: 'records.fact', by: 'either', worker: 'SI', auditor: 'S', business: 'SI' },
  { table: 'records.standing', by: 'either', worker: 'SIU(known_until)', auditor: 'S', business: 'SIU(known_until)' },
  { table: 'records.document', by: 'subject', worker: 'SIL', auditor: 'S', business: 'SIL' },
  { table: 'records.attachment', by: 'subject', worker: 'S', auditor: 'S', business: 'SI' },
  { table: 'evaluation.model', by: 'nothing', worker: 'SI', auditor: 'S', business: 'SI' },
  { table: 'evaluation.applied_model', by: 'nothing', worker: 'SIUD', auditor: 'S', business: 'S' },
  { table: 'evaluation.result', by: 'subject', worker: 'SIUD', auditor: 'S', business: 'S' },
  { table: 'evaluation.ended_result', by: 'subject', worker: 'SI', auditor: 'S', business: 'S' },
  { table: 'evaluation.run', by: 'nothing', worker: 'SI', auditor: 'S', business: 'S' },
  { table: 'evaluation.population_run', by: 'nothing', worker: 'SIU', auditor: 'S', business: 'SIU' },
  { table: 'evaluation.population_range', by: 'nothing', worker: 'SIU(run_id)', auditor: 'S', business: 'S' },
  { table: 'grading.grade', by: 'subject', worker: 'SIU(until_on)', auditor: 'S', business: 'S' },
  { table: 'evidence.audit', by: 'nothing', worker: 'S', auditor: 'SI' },
  { table: 'worklist.assignment', by: 'nothing', worker: 'S', keeper: 'SIU(ended_at, ended_by)', auditor: 'S', business: 'SIU(ended_at, ended_by)' },
]
