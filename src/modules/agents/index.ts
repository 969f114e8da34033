export { confirmByIdentityService } from './acts.ts'
export { agentEntryTypes } from './entries.ts'
export { agentRoutes } from './routes.ts'
export { claimSource } from './work.ts'
