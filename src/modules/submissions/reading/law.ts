import type { World } from '../../../engines/procedure/index.ts'
import type { PolicyBook } from '../../../engines/policy/index.ts'
import type { Day } from '../../../kernel/day.ts'
import { day } from '../../../kernel/day.ts'
import { listDepartments } from '../../organisation/index.ts'
import { kindTableFrom, standardFrom, type IntakeContext, type Standard } from '../intake/index.ts'
import type { AnyKind } from '../kind.ts'

/** The law by which the rows of one file are read: plain data, ready for another thread. */
export type ReadingLaw = { readonly standard: Standard; readonly context: IntakeContext }

const standards = new WeakMap<PolicyBook, Map<string, Standard>>()

/** The field standard (数据项标准) of a kind. Refuses `standard.unreadable` and `policy.unknown-file`. */
export function standardOf(policy: PolicyBook, { standard: name }: Pick<AnyKind, 'standard'>): Standard {
  const known = standards.get(policy) ?? standards.set(policy, new Map()).get(policy)!
  return known.get(name) ?? known.set(name, standardFrom(policy.file(`standards/${name}`))).get(name)!
}

/** Gathers the law for a file that a department sent. */
export async function lawFor({ policy, db }: Pick<World, 'policy' | 'db'>, kind: AnyKind, { receivedOn, department }: { receivedOn: Day; department: string }): Promise<ReadingLaw> {
  const source = (await listDepartments(db)).find(({ key }) => key === department)
  const earliest = kind.kind === 'licence' ? 'records/earliest-licence-decision' : 'records/earliest-decision'
  return {
    standard: standardOf(policy, kind),
    context: {
      receivedOn, earliestDecision: day(policy.on(receivedOn).value<string>(earliest)),
      penaltyKinds: kindTableFrom(policy.file('penalty-kinds')), licenceKinds: kindTableFrom(policy.file('licence-kinds')), sectors: kindTableFrom(policy.file('sectors')),
      admitted: (await kind.admittedCodes?.(db)) ?? new Set(),
      ...(source ? { source: { name: source.zh, uscc: source.uscc } } : {}),
    },
  }
}
