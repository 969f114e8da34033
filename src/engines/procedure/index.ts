export { act, forgetAnswers, mustBeAllowed, type Act, type ActContext, type Said } from './act.ts'
/** @public */
export { mustBeAnother } from './four-eyes.ts'
export { departmentsWithin, isReached, mustBeUnderstood, mustBeWithin, mustReach, reachOf, type Belonging, type Reach } from './scope.ts'
export { held, type HeldOfPerson, type PersonPlace, type SoughtPerson } from './person.ts'
export { systemActor, type Actor, type Asked, type Scope, type Visit, type World } from './world.ts'
export type { Work, WorkItem, WorkReach, WorkSource } from './work.ts'
