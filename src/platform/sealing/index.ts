export { openSealing, type SealingFile } from './open.ts'
export { countSealed, resealAll, type SealedPlace } from './places.ts'
export { newRing, withNewKey, type Algorithm, type KeyRing } from './ring.ts'
export { isSealed, sameness, sealingOf, type Sealing } from './sealing.ts'
