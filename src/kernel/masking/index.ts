export { REMOVED } from './removed.ts'
export { maskAddress, maskCharacters, maskIdsIn, maskName, type Kept } from './masking.ts'
