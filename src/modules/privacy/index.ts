export { mustHavePurpose } from './purpose.ts'
export { sealedFields } from './sealed-fields.ts'
export { isSealedField, maskedId, nameFor, partyClassOf, viewOf, viewsOf, withoutIds, type PartyClass, type Shown } from './views.ts'
