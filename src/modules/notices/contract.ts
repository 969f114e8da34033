import { z } from 'zod'
import { endpoint, pageInput, textSchema } from '../../kernel/endpoint.ts'

/** What a notice is about. */
export const noticeKindSchema = z.enum(['claim', 'objection', 'mandate', 'record'])
/** What happened that concerns whoever asks (消息), the latest first, and how many of them are unread. */
export const listNotices = endpoint({
  method: 'GET', path: '/my/notices', sees: 'own', permission: 'my.open', summary: { zh: '本人的消息', en: 'Own notices' }, input: z.object(pageInput),
  output: z.object({
    rows: z.array(z.object({ notice: z.string(), kind: noticeKindSchema, at: z.coerce.date(), subjectId: z.number(), subjectName: z.string(), title: textSchema, words: textSchema.nullable(), read: z.boolean() })),
    total: z.number(), unread: z.number(),
  }),
})
/** Says that notices were read; without any named, all that there are. */
export const readNotices = endpoint({
  method: 'POST', path: '/my/notices/read', permission: 'my.open', summary: { zh: '标为已读', en: 'Mark notices as read' }, input: z.object({ notices: z.array(z.string().max(60).regex(/^(claim|objection|record|mandate:[a-z]+):\d+$/)).max(500).optional() }), output: z.object({ unread: z.number() }),
})
