export { regrade } from './acts.ts'
export { gradingEntryTypes } from './entries.ts'
export { dailyRuns, gradingFollower, regradeReceived } from './jobs.ts'
