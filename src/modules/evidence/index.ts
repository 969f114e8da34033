export { evidenceEntryTypes, renewDigests, rotateSigningKey } from './acts.ts'
export { latestSigningKey } from './queries.ts'
export { evidenceRoutes } from './routes.ts'
