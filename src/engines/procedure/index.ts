export { act, mustBeAllowed, type Act, type ActContext, type Said } from './act.ts'
export { systemActor, type Actor, type Asked, type World } from './world.ts'
