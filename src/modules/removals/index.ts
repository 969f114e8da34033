export { removalEntryTypes } from './entries.ts'
export { removeFiles } from './files.ts'
export { removalRoutes, type RemovalParts } from './routes.ts'
export { removalSource } from './work.ts'
