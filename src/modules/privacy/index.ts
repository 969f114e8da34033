export { audienceOf, isByPost, maySeeInFull, mustHavePurpose, mustSayPurpose, purposesOn } from './purpose.ts'
export { privacyRoutes } from './routes.ts'
export { sealedFields } from './sealed-fields.ts'
export { fieldsSeen, holdsId, isSealedField, keptFieldsOf, maskedId, maskedPhone, nameFor, partyClassIn, partyClassOf, shownName, viewOf, viewsOf, withoutIds, type Audience, type PartyClass, type Shown } from './views.ts'
