export { isFailure, openIdentityService, type Bond, type Face, type IdentityService } from './service.ts'
export type { Represented, Vouched } from './claims.ts'
export { readIdentityServices, type IdentityServiceSettings } from './settings.ts'
