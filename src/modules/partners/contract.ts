import { z } from 'zod'
import { daySchema, endpoint, pageInput, pageOf, textSchema } from '../../kernel/endpoint.ts'

/** Who is signed in for which association or agency, and of which sector it is. */
export const getPartner = endpoint({
  method: 'GET', path: '/partners', sees: 'own', permission: 'partners.open', summary: { zh: '协会与服务机构', en: 'The place of associations and agencies' }, input: z.object({}),
  output: z.object({ name: z.string(), district: textSchema, organisation: textSchema, kind: z.enum(['association', 'credit-agency']), sector: textSchema.nullable(), mayRead: z.boolean() }),
})
/** What is public of the subjects of the own sector: legal persons and other organisations, by part of a name or the beginning of a code. */
export const listPublicSubjects = endpoint({
  method: 'GET', path: '/partners/subjects', sees: 'public', permission: 'partners.read', reach: ['sector'], summary: { zh: '本行业主体的公开信息', en: 'What is public of the subjects of the own sector' },
  input: z.object({ ...pageInput, find: z.string().trim().max(200).optional() }),
  output: pageOf(z.object({ subjectId: z.number(), name: z.string(), uscc: z.string().nullable(), status: z.string(), industry: z.string().nullable(), place: z.string().nullable(), foundedOn: daySchema.nullable(), legalRepresentative: z.string().nullable() })),
})
