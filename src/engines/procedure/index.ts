export { act, mustBeAllowed, type Act, type ActContext, type Said } from './act.ts'
export { departmentsWithin, mustBeWithin } from './scope.ts'
export { systemActor, type Actor, type Asked, type Scope, type Visit, type World } from './world.ts'
