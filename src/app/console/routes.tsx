import { createRootRoute, createRoute, createRouter, lazyRouteComponent, parseSearchWith, stringifySearchWith } from '@tanstack/react-router'
import type { TableSearch } from '../../ui/query-table/columns.ts'
import { NotFound, PageFault } from './NotFound.tsx'
import { choice, count, day, flag, month, table, text, type Given } from './search.ts'
import { quietHistory } from './history.ts'
import { Shell } from './Shell.tsx'

// Every URL of the console, with what it keeps in its search parameters. Pages reach theirs by getRouteApi('<path>').

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageFault })
const at = <Path extends string>(path: Path, load: () => Promise<object>, name: string) => ({ getParentRoute: () => root, path, component: lazyRouteComponent(load as () => Promise<Record<string, never>>, name) }) as const

const KINDS = ['licence', 'penalty', 'public-grade'] as const
const SUBMISSIONS = ['subject', ...KINDS] as const
const TYPES = ['enterprise', 'individual-business', 'cooperative', 'institution', 'social-organisation', 'government', 'other-organisation', 'natural-person'] as const
const LINES = ['view', 'export', 'act', 'sign-in', 'entry'] as const
const REMOVALS = ['filed', 'approved', 'refused', 'withdrawn', 'removed'] as const
const STATUSES = ['active', 'dormant', 'revoked', 'deregistered', 'moved-out'] as const

const CLAIM_STATES = ['waiting', 'confirmed', 'refused', 'withdrawn'] as const
const OBJECTION_STATES = ['checking', 'answered', 'upheld', 'partly', 'corrected', 'rejected', 'declined', 'withdrawn'] as const
const MODEL_TABS = ['rules', 'spread', 'results', 'evidence'] as const
const VIEWS = ['mine', 'section', 'department', 'all'] as const

const home = createRoute({ ...at('/', () => import('./HomePage.tsx'), 'HomePage') })
const imports = createRoute({
  ...at('/imports', () => import('../../modules/submissions/ui/ImportsPage.tsx'), 'ImportsPage'),
  validateSearch: (given: Given): TableSearch & { kind?: (typeof SUBMISSIONS)[number] | undefined; department?: string | undefined } => ({ ...table(given), kind: choice(given.kind, SUBMISSIONS), department: text(given.department) }),
})
const batch = createRoute({
  ...at('/imports/$batchId', () => import('../../modules/submissions/ui/BatchPage.tsx'), 'BatchPage'),
  validateSearch: (given: Given): TableSearch & { warnings?: boolean | undefined } => ({ ...table(given), warnings: flag(given.warnings) }),
})
const subjects = createRoute({
  ...at('/subjects', () => import('../../modules/subjects/ui/SubjectsPage.tsx'), 'SubjectsPage'),
  validateSearch: (given: Given): TableSearch & { find?: string | undefined; type?: (typeof TYPES)[number] | undefined; status?: (typeof STATUSES)[number] | undefined; sector?: string | undefined } => ({ ...table(given), find: text(given.find), type: choice(given.type, TYPES), status: choice(given.status, STATUSES), sector: text(given.sector) }),
})
const subject = createRoute({
  ...at('/subjects/$subjectId', () => import('./SubjectPage.tsx'), 'SubjectPage'),
  validateSearch: (given: Given): { kind?: (typeof KINDS)[number] | undefined; model?: string | undefined } => ({ kind: choice(given.kind, KINDS), model: text(given.model) }),
})
const records = createRoute({
  ...at('/records', () => import('../../modules/records/ui/RecordsPage.tsx'), 'RecordsPage'),
  validateSearch: (given: Given): TableSearch & { find?: string | undefined; kind?: (typeof KINDS)[number] | undefined; department?: string | undefined; late?: boolean | undefined; from?: string | undefined; until?: string | undefined } =>
    ({ ...table(given), find: text(given.find), kind: choice(given.kind, KINDS), department: text(given.department), late: flag(given.late), from: day(given.from), until: day(given.until) }),
})
const record = createRoute({ ...at('/subjects/$subjectId/records/$recordId', () => import('./RecordPage.tsx'), 'RecordPage') })
const changes = createRoute({
  ...at('/changes', () => import('../../modules/grading/ui/GradeChangesPage.tsx'), 'GradeChangesPage'),
  validateSearch: (given: Given): TableSearch & { model?: string | undefined; direction?: 'up' | 'down' | 'first' | undefined; from?: string | undefined; until?: string | undefined } =>
    ({ ...table(given), model: text(given.model), direction: choice(given.direction, ['up', 'down', 'first'] as const), from: day(given.from), until: day(given.until) }),
})
const league = createRoute({
  ...at('/league', () => import('../../modules/records/ui/LeaguePage.tsx'), 'LeaguePage'),
  validateSearch: (given: Given): TableSearch & { from?: string | undefined; until?: string | undefined; kind?: (typeof KINDS)[number] | undefined; department?: string | undefined } => ({ ...table(given), from: month(given.from), until: month(given.until), kind: choice(given.kind, KINDS), department: text(given.department) }),
})
const models = createRoute({ ...at('/models', () => import('../../modules/evaluation/ui/ModelsPage.tsx'), 'ModelsPage') })
const model = createRoute({
  ...at('/models/$key', () => import('../../modules/evaluation/ui/ModelPage.tsx'), 'ModelPage'),
  validateSearch: (given: Given): TableSearch & { tab?: (typeof MODEL_TABS)[number] | undefined; grade?: string | undefined } => ({ ...table(given), tab: choice(given.tab, MODEL_TABS), grade: text(given.grade) }),
})
const policy = createRoute({
  ...at('/policy', () => import('../../modules/law/ui/PolicyPage.tsx'), 'PolicyPage'),
  validateSearch: (given: Given): TableSearch & { tab?: string | undefined; find?: string | undefined; on?: string | undefined; key?: string | undefined } => ({ ...table(given), tab: text(given.tab), find: text(given.find), on: day(given.on), key: text(given.key) }),
})
const ledger = createRoute({
  ...at('/ledger', () => import('../../modules/evidence/ui/LedgerPage.tsx'), 'LedgerPage'),
  validateSearch: (given: Given): TableSearch & { name?: string | undefined; entry?: string | undefined; subject?: string | undefined } => ({ ...table(given), name: text(given.name), entry: text(given.entry), subject: text(given.subject) }),
})

const work = createRoute({
  ...at('/work', () => import('../../modules/worklist/ui/WorkPage.tsx'), 'WorkPage'),
  validateSearch: (given: Given): TableSearch & { view?: (typeof VIEWS)[number] | undefined; kind?: string | undefined; urgency?: 'late' | 'due-soon' | 'open' | undefined; department?: string | undefined; officer?: number | undefined } =>
    ({ ...table(given), view: choice(given.view, VIEWS), kind: text(given.kind), urgency: choice(given.urgency, ['late', 'due-soon', 'open'] as const), department: text(given.department), officer: count(given.officer) }),
})
const audit = createRoute({
  ...at('/audit', () => import('../../modules/audit/ui/TrailPage.tsx'), 'TrailPage'),
  validateSearch: (given: Given): TableSearch & { actor?: string | undefined; find?: string | undefined; department?: string | undefined; subject?: number | undefined; record?: number | undefined; kind?: (typeof LINES)[number] | undefined; outcome?: 'given' | 'refused' | 'fault' | undefined; from?: string | undefined; until?: string | undefined; purpose?: string | undefined; sought?: string | undefined } =>
    ({ ...table(given), actor: text(given.actor), find: text(given.find), department: text(given.department), subject: count(given.subject), record: count(given.record), kind: choice(given.kind, LINES), outcome: choice(given.outcome, ['given', 'refused', 'fault'] as const), from: day(given.from), until: day(given.until), purpose: text(given.purpose), sought: text(given.sought) }),
})
const alarms = createRoute({ ...at('/alarms', () => import('../../modules/audit/ui/AlarmsPage.tsx'), 'AlarmsPage'), validateSearch: (given: Given): TableSearch & { all?: boolean | undefined } => ({ ...table(given), all: flag(given.all) }) })
const claims = createRoute({
  ...at('/claims', () => import('../../modules/agents/ui/ClaimsPage.tsx'), 'ClaimsPage'),
  validateSearch: (given: Given): TableSearch & { find?: string | undefined; state?: (typeof CLAIM_STATES)[number] | undefined; capacity?: 'legal-representative' | 'agent' | undefined; late?: boolean | undefined; from?: string | undefined; until?: string | undefined } =>
    ({ ...table(given), find: text(given.find), state: choice(given.state, CLAIM_STATES), capacity: choice(given.capacity, ['legal-representative', 'agent'] as const), late: flag(given.late), from: day(given.from), until: day(given.until) }),
})
const claim = createRoute({ ...at('/claims/$claimId', () => import('../../modules/agents/ui/ClaimPage.tsx'), 'ClaimPage') })
const objections = createRoute({
  ...at('/objections', () => import('../../modules/objections/ui/ObjectionsPage.tsx'), 'ObjectionsPage'),
  validateSearch: (given: Given): TableSearch & { find?: string | undefined; state?: (typeof OBJECTION_STATES)[number] | undefined; about?: 'record' | 'grade' | 'registration' | undefined; department?: string | undefined; open?: boolean | undefined; late?: boolean | undefined; from?: string | undefined; until?: string | undefined } =>
    ({ ...table(given), find: text(given.find), state: choice(given.state, OBJECTION_STATES), about: choice(given.about, ['record', 'grade', 'registration'] as const), department: text(given.department), open: flag(given.open), late: flag(given.late), from: day(given.from), until: day(given.until) }),
})
const objection = createRoute({ ...at('/objections/$objectionId', () => import('../../modules/objections/ui/ObjectionPage.tsx'), 'ObjectionPage') })
const removals = createRoute({
  ...at('/removals', () => import('../../modules/removals/ui/RemovalsPage.tsx'), 'RemovalsPage'),
  validateSearch: (given: Given): TableSearch & { state?: (typeof REMOVALS)[number] | undefined } => ({ ...table(given), state: choice(given.state, REMOVALS) }),
})
const removal = createRoute({ ...at('/removals/$removalId', () => import('../../modules/removals/ui/RemovalPage.tsx'), 'RemovalPage') })
const organisation = createRoute({
  ...at('/organisation', () => import('../../modules/organisation/ui/OrganisationPage.tsx'), 'OrganisationPage'),
  validateSearch: (given: Given): TableSearch & { tab?: 'people' | 'duties' | 'import' | undefined; department?: string | undefined; find?: string | undefined } => ({ ...table(given), tab: choice(given.tab, ['people', 'duties', 'import'] as const), department: text(given.department), find: text(given.find) }),
})
const officer = createRoute({ ...at('/people/$officerId', () => import('./OfficerPage.tsx'), 'OfficerPage') })
const rights = createRoute({
  ...at('/rights', () => import('../../modules/organisation/ui/RightsPage.tsx'), 'RightsPage'),
  validateSearch: (given: Given): { tab?: 'proposals' | 'holders' | 'table' | undefined } => ({ tab: choice(given.tab, ['proposals', 'holders', 'table'] as const) }),
})
const accounts = createRoute({
  ...at('/accounts', () => import('../../modules/identity/ui/AccountsPage.tsx'), 'AccountsPage'),
  validateSearch: (given: Given): TableSearch & { find?: string | undefined } => ({ ...table(given), find: text(given.find) }),
})
const security = createRoute({ ...at('/security', () => import('../../modules/identity/ui/SecurityPage.tsx'), 'SecurityPage') })

/** The console's router. Search parameters are plain texts in the URL: codes stay codes, nothing is read as JSON. */
export const router = createRouter({
  routeTree: root.addChildren([home, work, imports, batch, subjects, subject, records, record, changes, league, claims, claim, objections, objection, removals, removal, models, model, policy, ledger, audit, alarms, organisation, officer, rights, accounts, security]),
  basepath: '/console',
  history: quietHistory(),
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith(String),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
