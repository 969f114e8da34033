import type { EntryType, Follower, Signer } from '../engines/ledger/index.ts'
import type { Asked, PersonPlace, World, WorkSource } from '../engines/procedure/index.ts'
import type { Day } from '../kernel/day.ts'
import type { Text } from '../kernel/text.ts'
import type { Queryable } from '../platform/db/index.ts'
import { openApiOf, type Route } from '../platform/http/index.ts'
import type { IdentityService } from '../platform/oidc/index.ts'
import type { SealedPlace } from '../platform/sealing/index.ts'
import * as evaluation from '../modules/evaluation/index.ts'
import { evidenceEntryTypes, evidenceRoutes } from '../modules/evidence/index.ts'
import * as grading from '../modules/grading/index.ts'
import { agentEntryTypes, agentRoutes, claimSource, namedInClaims, personsClaims, representByIdentityService } from '../modules/agents/index.ts'
import * as audit from '../modules/audit/index.ts'
import { identityEntryTypes, identityRoutes, personsAccounts, sealedOutsideNumbers, sealedPhones, sealedSecrets, verificationSource } from '../modules/identity/index.ts'
import { lawRoutes } from '../modules/law/index.ts'
import { privacyRoutes } from '../modules/privacy/index.ts'
import { adoptDepartments, certificateSource, closingSource, organisationEntryTypes, organisationRoutes, proposalSource, type Instance } from '../modules/organisation/index.ts'
import { entriesOfRecord, licenceKind, penaltyKind, personsInRecords, recomputeProvisionalDeadlines, recordEntryTypes, recordRoutes, sealedFacts } from '../modules/records/index.ts'
import { namedInRegistrations, registeredPersons, sealedContents, sealedIdentifiers, subjectEntryTypes, subjectKind, subjectRoutes } from '../modules/subjects/index.ts'
import { listPending, namedInObjections, objectionEntryTypes, objectionRoutes, objectionSource, personsInObjections } from '../modules/objections/index.ts'
import { partnerRoutes } from '../modules/partners/index.ts'
import { makeImportDesk, personsInSubmissions, rejectionSource, removeOriginals, submissionEntryTypes, submissionRoutes, type AnyKind, type ImportDesk, sealedCells } from '../modules/submissions/index.ts'
import { removalEntryTypes, removalRoutes, removalSource, namedInRemovals, removeFiles, sealedNumbers, type RemovalParts } from '../modules/removals/index.ts'
import { noticeRoutes } from '../modules/notices/index.ts'
import { worklistEntryTypes, worklistRoutes } from '../modules/worklist/index.ts'

/** Something done once every legal day. */
export type DailyRun = { readonly name: string; run(world: World, day: Day): Promise<unknown> }

/** What departments can send in. */
export const kinds: readonly AnyKind[] = [subjectKind, licenceKind, penaltyKind, evaluation.publicGradeKind]

/** Everything that waits for someone. */
export const workSources: readonly WorkSource[] = [audit.alarmSource, proposalSource, closingSource, certificateSource, verificationSource, rejectionSource(kinds), claimSource, objectionSource, removalSource]

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
  ...removalEntryTypes,
  ...evidenceEntryTypes,
  ...worklistEntryTypes,
]

/** Where sealed values stand: what a new key seals anew. */
export const sealedPlaces: readonly SealedPlace[] = [sealedSecrets, sealedPhones, sealedOutsideNumbers, sealedCells, sealedIdentifiers, sealedContents, sealedFacts, sealedNumbers]

/** Where data of persons lie, in the order in which a removal empties them: what finds other places by the records comes before them. */
export const personPlaces: readonly PersonPlace[] = [personsInSubmissions, personsInRecords, registeredPersons, namedInRegistrations, personsClaims, namedInClaims, personsInObjections, namedInObjections, personsAccounts, namedInRemovals]

/** Which of some kept files a module still needs. */
async function neededFiles(db: Queryable, digests: readonly string[]): Promise<ReadonlySet<string>> {
  const needed = new Set<string>()
  for (const { needs } of personPlaces) for (const digest of (await needs?.(db, digests)) ?? []) needed.add(digest)
  return needed
}

/** Everything that reacts to the ledger, in the order in which facts flow. */
export const followers: readonly Follower<World>[] = [evaluation.evaluationFollower, grading.gradingFollower]

/** Everything that is done once every legal day, in order. */
export const dailyRuns: readonly DailyRun[] = [
  { name: 'records.provisional-deadlines', run: (world) => recomputeProvisionalDeadlines(world) },
  { name: 'submissions.originals', run: (world, day) => removeOriginals(world, day, neededFiles) },
  ...evaluation.dailyRuns, ...grading.dailyRuns, ...audit.dailyRuns,
]

/** What is done at every start, before anything else. */
export async function atStart(world: World, keeper: World): Promise<void> {
  await adoptDepartments(keeper)
  await evaluation.adoptPolicyModels(world)
  await evaluation.resumePopulationRuns(world)
  await removeFiles(world)
}

/** The desk at which files are taken in. */
export function makeDesk(): ImportDesk {
  return makeImportDesk(kinds)
}

/** Every route of the API, and the document that describes them. */
export function routesOf(parts: { readonly desk: ImportDesk; readonly trailKey: Uint8Array; readonly instance: Instance; readonly signer: Pick<Signer, 'name' | 'verifierKey'>; readonly services?: readonly IdentityService[]; readonly asOwner: RemovalParts['asOwner']; /** Routes that stand beside those of the modules, which the trail names too. */ readonly beside?: readonly Route<Asked>[] }): readonly Route<Asked>[] {
  const titles = new Map<string, Text>()
  const routes = [
    ...organisationRoutes(parts.instance),
    ...identityRoutes(parts.services ?? [], representByIdentityService),
    ...audit.auditRoutes({ key: parts.trailKey, entriesOfRecord, titleOf: (method, path) => titles.get(`${method} ${path}`) ?? null }),
    ...privacyRoutes,
    ...lawRoutes,
    ...submissionRoutes(parts.desk),
    ...subjectRoutes(listPending),
    ...recordRoutes,
    ...evaluation.evaluationRoutes(listPending),
    ...grading.gradingRoutes(listPending),
    ...agentRoutes,
    ...objectionRoutes,
    ...removalRoutes({ places: personPlaces, types: entryTypes, asOwner: parts.asOwner }),
    ...noticeRoutes,
    ...partnerRoutes,
    ...evidenceRoutes({ types: entryTypes, signer: parts.signer }),
    ...worklistRoutes(workSources),
  ] as readonly Route<Asked>[]
  for (const { endpoint: { method, path, summary } } of [...routes, ...(parts.beside ?? [])]) titles.set(`${method} ${path}`, summary)
  return routes
}

/** The OpenAPI document of the routes. */
export function apiDocument(routes: readonly Route<Asked>[], version: string): object {
  return openApiOf(routes.map(({ endpoint }) => endpoint), { title: '信衡 Xinheng', version })
}
