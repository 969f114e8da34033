export { worklistEntryTypes } from './entries.ts'
export { worklistRoutes } from './routes.ts'
