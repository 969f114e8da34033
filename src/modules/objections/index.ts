export { answerObjection, declineObjection, fileObjection, fileStatement } from './acts.ts'
export { objectionEntryTypes } from './entries.ts'
export { objectionRoutes } from './routes.ts'
export { objectionSource } from './work.ts'
