export { isFailure, openIdentityService, type Bond, type IdentityService, type Vouched } from './service.ts'
export { readIdentityServices, type IdentityServiceSettings } from './settings.ts'
