export { clearSizeOf, HEAD_BYTES, keyOfHead, SEALED_FRAME_BYTES } from './frames.ts'
export { openSealing, type SealingFile } from './open.ts'
export { countSealed, resealAll, type SealedPlace } from './places.ts'
export { isSealed, sameness, type Sealing } from './sealing.ts'
