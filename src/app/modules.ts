import type { EntryType, Follower } from '../engines/ledger/index.ts'
import type { Asked, World, WorkSource } from '../engines/procedure/index.ts'
import type { Day } from '../kernel/day.ts'
import { openApiOf, type Route } from '../platform/http/index.ts'
import type { IdentityService } from '../platform/oidc/index.ts'
import type { SealedPlace } from '../platform/sealing/index.ts'
import * as evaluation from '../modules/evaluation/index.ts'
import { evidenceEntryTypes, evidenceRoutes } from '../modules/evidence/index.ts'
import * as grading from '../modules/grading/index.ts'
import { agentEntryTypes, agentRoutes, claimSource, representByIdentityService } from '../modules/agents/index.ts'
import * as audit from '../modules/audit/index.ts'
import { identityEntryTypes, identityRoutes, sealedNumbers, sealedPhones, sealedSecrets } from '../modules/identity/index.ts'
import { lawRoutes } from '../modules/law/index.ts'
import { privacyRoutes } from '../modules/privacy/index.ts'
import { adoptDepartments, certificateSource, organisationEntryTypes, organisationRoutes, proposalSource, type Instance } from '../modules/organisation/index.ts'
import { entriesOfRecord, licenceKind, penaltyKind, recomputeProvisionalDeadlines, recordEntryTypes, recordRoutes, sealedFacts } from '../modules/records/index.ts'
import { sealedContents, sealedIdentifiers, subjectEntryTypes, subjectKind, subjectRoutes } from '../modules/subjects/index.ts'
import { objectionEntryTypes, objectionRoutes, objectionSource } from '../modules/objections/index.ts'
import { makeImportDesk, rejectionSource, submissionEntryTypes, submissionRoutes, type AnyKind, type ImportDesk, sealedCells } from '../modules/submissions/index.ts'
import { worklistEntryTypes, worklistRoutes } from '../modules/worklist/index.ts'

/** Something done once every legal day. */
export type DailyRun = { readonly name: string; run(world: World, day: Day): Promise<unknown> }

/** What departments can send in. */
export const kinds: readonly AnyKind[] = [subjectKind, licenceKind, penaltyKind, evaluation.publicGradeKind]

/** Everything that waits for someone. */
export const workSources: readonly WorkSource[] = [audit.alarmSource, proposalSource, certificateSource, rejectionSource(kinds), claimSource, objectionSource]

/** Every kind of entry, so that the audit can recompute it. */
export const entryTypes: readonly EntryType[] = [
  ...organisationEntryTypes,
  ...identityEntryTypes,
  ...audit.auditEntryTypes,
  ...submissionEntryTypes,
  ...subjectEntryTypes,
  ...recordEntryTypes,
  ...evaluation.evaluationEntryTypes,
  ...grading.gradingEntryTypes,
  ...agentEntryTypes,
  ...objectionEntryTypes,
  ...evidenceEntryTypes,
  ...worklistEntryTypes,
]

/** Where sealed values stand: what a new key seals anew. */
export const sealedPlaces: readonly SealedPlace[] = [sealedSecrets, sealedPhones, sealedNumbers, sealedCells, sealedIdentifiers, sealedContents, sealedFacts]

/** Everything that reacts to the ledger, in the order in which facts flow. */
export const followers: readonly Follower<World>[] = [evaluation.evaluationFollower, grading.gradingFollower]

/** Everything that is done once every legal day, in order. */
export const dailyRuns: readonly DailyRun[] = [
  { name: 'records.provisional-deadlines', run: (world) => recomputeProvisionalDeadlines(world) },
  ...evaluation.dailyRuns, ...grading.dailyRuns, ...audit.dailyRuns,
]

/** What is done at every start, before anything else. */
export async function atStart(world: World, keeper: World): Promise<void> {
  await adoptDepartments(keeper)
  await evaluation.adoptPolicyModels(world)
  await evaluation.resumePopulationRuns(world)
}

/** The desk at which files are taken in. */
export function makeDesk(): ImportDesk {
  return makeImportDesk(kinds)
}

/** Every route of the API, and the document that describes them. */
export function routesOf(parts: { readonly desk: ImportDesk; readonly trailKey: Uint8Array; readonly instance: Instance; readonly ledger: { readonly origin: string; readonly verifierKey: string }; readonly services?: readonly IdentityService[] }): readonly Route<Asked>[] {
  return [
    ...organisationRoutes(parts.instance),
    ...identityRoutes(parts.services ?? [], representByIdentityService),
    ...audit.auditRoutes({ key: parts.trailKey, entriesOfRecord }),
    ...privacyRoutes,
    ...lawRoutes,
    ...submissionRoutes(parts.desk),
    ...subjectRoutes,
    ...recordRoutes,
    ...evaluation.evaluationRoutes,
    ...grading.gradingRoutes,
    ...agentRoutes,
    ...objectionRoutes,
    ...evidenceRoutes({ types: entryTypes, ...parts.ledger }),
    ...worklistRoutes(workSources),
  ] as readonly Route<Asked>[]
}

/** The OpenAPI document of the routes. */
export function apiDocument(routes: readonly Route<Asked>[], version: string): object {
  return openApiOf(routes.map(({ endpoint }) => endpoint), { title: '信衡 Xinheng', version })
}
