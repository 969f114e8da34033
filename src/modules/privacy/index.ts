export { mustHavePurpose } from './purpose.ts'
export { privacyRoutes } from './routes.ts'
export { sealedFields } from './sealed-fields.ts'
export { holdsId, isSealedField, maskedId, nameFor, partyClassOf, viewOf, viewsOf, withoutIds, type PartyClass, type Shown } from './views.ts'
