export { evidenceEntryTypes } from './acts.ts'
export { evidenceRoutes } from './routes.ts'
