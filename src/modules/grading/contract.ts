import { z } from 'zod'
import { basisSchema, daySchema, endpoint, pageInput, pageOf, textSchema } from '../../kernel/endpoint.ts'

/** Why a grade is what it is. */
export const becauseSchema = z.object({ cause: z.enum(['records', 'subjects', 'model', 'daily', 'received']), words: textSchema, recordIds: z.array(z.number()), runId: z.number().nullable() })

/** A grade (等级) with the days it stood. */
export const gradeSchema = z.object({
  gradeId: z.number(), subjectId: z.number(), model: z.string(), modelTitle: textSchema, scale: z.string(), grade: z.string(), gradeTitle: textSchema, rank: z.number().nullable(), score: z.string().nullable(),
  evaluatedGrade: z.string().nullable(), origin: z.enum(['received', 'local']), fromOn: daySchema, untilOn: daySchema.nullable(), because: becauseSchema, recordedAt: z.coerce.date(),
})
/** What follows from a grade (差异化监管). */
export const supervisionSchema = z.object({
  sector: z.string(), model: z.string(), grade: z.string(), gradeTitle: textSchema, supervisionClass: z.string(),
  ratio: z.string().nullable(), frequency: textSchema.nullable(), greenChannel: z.boolean(), strict: z.boolean(),
  lines: z.array(z.object({ what: textSchema, value: textSchema, basis: basisSchema.nullable(), policyKey: z.string() })),
})
/** The present grades of a subject, their history, and what follows. */
export const getGrades = endpoint({
  method: 'GET', path: '/subjects/:subjectId/grades', sees: 'internal', permission: 'grading.read', reach: ['department', 'sector', 'subject'], summary: { zh: '主体等级', en: 'Grades of a subject' },
  input: z.object({ subjectId: z.coerce.number().int() }),
  output: z.object({ present: z.array(gradeSchema), history: z.array(gradeSchema), supervision: z.array(supervisionSchema), publicGrade: gradeSchema.nullable() }),
})
/** Who changed grade, when and why. */
export const listGradeChanges = endpoint({
  method: 'GET', path: '/grades/changes', sees: 'internal', permission: 'grading.read', reach: ['department', 'sector', 'subject'], summary: { zh: '等级变动', en: 'Changes of grade' },
  input: z.object({ ...pageInput, from: daySchema.optional(), until: daySchema.optional(), model: z.string().optional(), direction: z.enum(['up', 'down', 'first']).optional() }),
  output: pageOf(z.object({ gradeId: z.number(), subjectId: z.number(), subjectName: z.string(), model: z.string(), modelTitle: textSchema, from: z.string().nullable(), fromTitle: textSchema.nullable(), to: z.string(), toTitle: textSchema, direction: z.enum(['up', 'down', 'first', 'same']), on: daySchema, recordedAt: z.coerce.date(), because: becauseSchema,
    /** An objection to the grade is pending (异议处理中) since this day, and it is the one that stands. */
    objectedSince: daySchema.nullable(),
  })),
})
