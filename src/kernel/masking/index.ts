export { maskAddress, maskCharacters, maskIdsIn, maskName, type Kept } from './masking.ts'
