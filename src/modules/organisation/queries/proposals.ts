import { sql, type Queryable, type Tx } from '../../../platform/db/index.ts'

/** A role that waits for the security administrator (角色待确认), or what was decided about it. */
export type Proposal = {
  readonly proposalId: number; readonly officerId: number; readonly role: string; readonly because: string; readonly proposedAt: Date; readonly proposedBy: string
  readonly decidedAt: Date | null; readonly decidedBy: string | null; readonly decision: 'confirmed' | 'refused' | null; readonly reason: string | null; readonly grantId: number | null
}

const columns = sql`role_proposal_id as "proposalId", officer_id as "officerId", role, because, proposed_at as "proposedAt", proposed_by as "proposedBy", decided_at as "decidedAt", decided_by as "decidedBy", decision, role_proposal.reason, officer_role_id as "grantId"`

/** Proposals by number. */
export async function findProposals(db: Queryable, ids: readonly number[]): Promise<Proposal[]> {
  const { rows } = await sql<Proposal>`select ${columns} from organisation.role_proposal where role_proposal_id = any(${[...ids]}::bigint[])`.execute(db)
  return rows
}

/** The proposals that wait, the oldest first, or the decided ones, the latest first; with whose role it would be. */
export async function listProposals(db: Queryable, { open, offset, limit }: { open: boolean; offset: number; limit: number }): Promise<{ rows: (Proposal & { readonly name: string; readonly number: string; readonly department: string })[]; total: number }> {
  const where = open ? sql`decided_at is null` : sql`decided_at is not null`
  const { rows: [count] } = await sql<{ total: number }>`select count(*) as total from organisation.role_proposal where ${where}`.execute(db)
  const { rows } = await sql<Proposal & { name: string; number: string; department: string }>`select ${columns}, name, number, department from organisation.role_proposal join organisation.officer using (officer_id)
    where ${where} order by ${open ? sql`role_proposal_id` : sql`decided_at desc, role_proposal_id desc`} limit ${limit} offset ${offset}`.execute(db)
  return { rows, total: count!.total }
}

/** The open proposals of one officer. */
export async function listOpenProposalsOf(db: Queryable, officerId: number): Promise<Proposal[]> {
  const { rows } = await sql<Proposal>`select ${columns} from organisation.role_proposal where officer_id = ${officerId} and decided_at is null order by role_proposal_id`.execute(db)
  return rows
}

/** Proposes a role. */
export async function insertProposal(tx: Tx, { officerId, role, because }: Pick<Proposal, 'officerId' | 'role' | 'because'>, at: Date, by: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into organisation.role_proposal (officer_id, role, because, proposed_at, proposed_by) values (${officerId}, ${role}, ${because}, ${at}, ${by}) returning role_proposal_id as id`.execute(tx)
  return rows[0]!.id
}

/** Holds a proposal for this transaction; null when there is none. */
export async function holdProposal(tx: Tx, proposalId: number): Promise<Proposal | null> {
  const { rows } = await sql<Proposal>`select ${columns} from organisation.role_proposal where role_proposal_id = ${proposalId} for update`.execute(tx)
  return rows[0] ?? null
}

/** Decides a proposal. */
export async function decideProposalRow(tx: Tx, proposalId: number, { decision, reason, grantId }: { decision: 'confirmed' | 'refused'; reason: string | null; grantId: number | null }, at: Date, by: string): Promise<void> {
  await sql`update organisation.role_proposal set decision = ${decision}, reason = ${reason}, officer_role_id = ${grantId}, decided_at = ${at}, decided_by = ${by} where role_proposal_id = ${proposalId}`.execute(tx)
}
