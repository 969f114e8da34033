import { z } from 'zod'
import { basisSchema, daySchema, endpoint, pageInput, pageOf, textSchema } from '../../kernel/endpoint.ts'

/** A model as a list shows it. Decimals are texts. */
export const modelRowSchema = z.object({
  key: z.string(), title: textSchema, sector: z.string(), scale: z.string(), status: z.string(), origin: z.enum(['policy', 'imported']),
  inForceFrom: daySchema, inForceUntil: daySchema.nullable(), inForce: z.boolean(), hash: z.string(), confirmed: z.boolean(),
  grades: z.array(z.object({ grade: z.string(), title: textSchema, subjects: z.number() })), subjects: z.number(), average: z.string().nullable(),
})
/** All models. */
export const listModels = endpoint({ method: 'GET', path: '/models', sees: 'public', permission: 'evaluation.read', reach: ['department', 'sector', 'subject'], summary: { zh: '评价模型', en: 'Models' }, input: z.object({}), output: z.object({ rows: z.array(modelRowSchema) }) })

/** One model: definition, SQL, distribution. */
export const getModel = endpoint({
  method: 'GET', path: '/models/:key', sees: 'public', permission: 'evaluation.read', reach: ['department', 'sector', 'subject'], summary: { zh: '模型详情', en: 'One model' },
  input: z.object({ key: z.string() }),
  output: modelRowSchema.extend({
    definition: z.json(), sql: z.string(), bases: z.array(basisSchema), notes: z.array(textSchema),
    dimensions: z.array(z.object({ key: z.string(), title: textSchema, weight: z.string().nullable(), min: z.string().nullable(), max: z.string().nullable(),
      characteristics: z.array(z.object({ key: z.string(), title: textSchema, words: textSchema, points: z.array(z.object({ when: textSchema, points: z.string() })), basis: basisSchema.nullable() })) })),
    vetoes: z.array(z.object({ title: textSchema, effect: textSchema, basis: basisSchema.nullable() })),
    bands: z.array(z.object({ grade: z.string(), title: textSchema, from: z.string().nullable(), below: z.string().nullable() })),
    distribution: z.array(z.object({ from: z.number(), below: z.number(), subjects: z.number() })),
    versions: z.array(z.object({ hash: z.string(), inForceFrom: daySchema, inForceUntil: daySchema.nullable(), adoptedAt: z.coerce.date(), adoptedBy: z.string(), origin: z.string() })),
  }),
})

/** A line of a score (得分明细). The lines add up to the score exactly. */
export const lineSchema = z.object({
  key: z.string(), dimension: z.string().nullable(), title: textSchema, words: textSchema, value: z.string().nullable(), points: z.string(), kind: z.enum(['base', 'characteristic', 'cap', 'adjustment']),
  basis: basisSchema.nullable(),
  records: z.array(z.object({ recordId: z.number(), documentNumber: z.string(), kind: z.string(), decidedOn: daySchema, fallsAwayOn: daySchema.nullable() })),
  fallsAwayOn: daySchema.nullable(),
})
/** A score that explains itself. */
export const explanationSchema = z.object({
  subjectId: z.number(), subjectName: z.string(), uscc: z.string().nullable(), model: z.string(), modelTitle: textSchema, modelHash: z.string(), policyHash: z.string(), on: daySchema, knownAt: z.coerce.date().nullable(),
  score: z.string(), grade: z.string(), gradeTitle: textSchema, scale: z.string(), evaluatedGrade: z.string(),
  lines: z.array(lineSchema), vetoes: z.array(z.object({ title: textSchema, effect: textSchema })), holdsUntil: daySchema.nullable(),
  /** The next days on which it moves by itself. */
  ahead: z.array(z.object({ on: daySchema, score: z.string(), grade: z.string(), why: textSchema })),
  /** What the result may be used for, said plainly. */
  standing: textSchema,
})
/** Explains a subject's score. */
export const explainScore = endpoint({
  method: 'GET', path: '/subjects/:subjectId/score', sees: 'internal', permission: 'evaluation.read', reach: ['department', 'sector', 'subject'], summary: { zh: '得分说明', en: 'Explain a score' },
  input: z.object({ subjectId: z.coerce.number().int(), model: z.string(), on: daySchema.optional(), knownAt: z.iso.datetime({ offset: true }).optional() }), output: explanationSchema,
})
/** Present results of a subject by model. */
export const listScoresOfSubject = endpoint({
  method: 'GET', path: '/subjects/:subjectId/scores', sees: 'internal', permission: 'evaluation.read', reach: ['department', 'sector', 'subject'], summary: { zh: '主体各模型结果', en: 'Scores of a subject' },
  input: z.object({ subjectId: z.coerce.number().int() }),
  output: z.object({ rows: z.array(z.object({ model: z.string(), title: textSchema, score: z.string(), grade: z.string(), gradeTitle: textSchema, scale: z.string(), evaluatedOn: daySchema, holdsUntil: daySchema.nullable() })) }),
})
/** Results of a model over its population. */
export const listScores = endpoint({
  method: 'GET', path: '/models/:key/scores', sees: 'internal', permission: 'evaluation.read', reach: ['department', 'sector', 'subject'], summary: { zh: '模型结果', en: 'Scores by a model' },
  input: z.object({ key: z.string(), ...pageInput, grade: z.string().optional(), on: daySchema.optional() }),
  output: pageOf(z.object({ subjectId: z.number(), name: z.string(), uscc: z.string().nullable(), score: z.string(), grade: z.string(), holdsUntil: daySchema.nullable(), /** An objection to the grade by this model is pending since this day. */ objectedSince: daySchema.nullable() })),
})
/** Imports a model file (YAML) that replaces another of the same key from its day on. */
export const importModel = endpoint({
  method: 'POST', path: '/models', permission: 'evaluation.adopt', summary: { zh: '导入模型', en: 'Import a model' },
  input: z.object({ definition: z.string().max(500_000), requestId: z.string().max(100).optional() }), output: z.object({ key: z.string(), hash: z.string() }),
})

/** A run over everybody (全量评价), done range by range. `subjects` and `changed` count what is done so far; `total` is null until the ranges are drawn. */
export const populationRunSchema = z.object({
  populationRunId: z.number(), key: z.string(), hash: z.string(), on: daySchema, state: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']), actor: z.string(), askedAt: z.coerce.date(), finishedAt: z.coerce.date().nullable(),
  failure: z.string().nullable(), total: z.number().nullable(), ranges: z.number(), rangesDone: z.number(), subjects: z.number(), changed: z.number(),
})
/** Scores everybody by the version of a model that is in force today. Answers at once; the progress is read with `getPopulationRun`. */
export const startPopulationRun = endpoint({
  method: 'POST', path: '/models/:key/runs', permission: 'evaluation.rescore', summary: { zh: '发起全量评价', en: 'Score everybody' },
  input: z.object({ key: z.string(), requestId: z.string().max(100).optional() }), output: populationRunSchema,
})
/** The runs over everybody of a model, newest first. */
export const listPopulationRuns = endpoint({
  method: 'GET', path: '/models/:key/runs', sees: 'internal', permission: 'evaluation.read', summary: { zh: '全量评价批次', en: 'Runs over everybody' }, input: z.object({ key: z.string() }), output: z.object({ rows: z.array(populationRunSchema) }),
})
/** One run with its progress. */
export const getPopulationRun = endpoint({
  method: 'GET', path: '/models/:key/runs/:populationRunId', sees: 'internal', permission: 'evaluation.read', summary: { zh: '全量评价进度', en: 'Progress of a run' },
  input: z.object({ key: z.string(), populationRunId: z.coerce.number().int() }), output: populationRunSchema,
})
/** Cancels a run: what was evaluated stays. */
export const cancelPopulationRun = endpoint({
  method: 'POST', path: '/models/:key/runs/:populationRunId/cancel', permission: 'evaluation.rescore', summary: { zh: '取消全量评价', en: 'Cancel a run' },
  input: z.object({ key: z.string(), populationRunId: z.coerce.number().int() }), output: populationRunSchema,
})
/** Tries a model that is not in force: how its results would lie, and whose grade would change beside what stands by the model of its key, or of another. Nothing is written. */
export const tryModel = endpoint({
  method: 'POST', path: '/models/try', sees: 'internal', permission: 'evaluation.read', summary: { zh: '试算模型', en: 'Try a model' },
  input: z.object({ definition: z.string().max(500_000), beside: z.string().optional() }),
  output: z.object({
    key: z.string(), hash: z.string(), on: daySchema, beside: z.string(), subjects: z.number(), average: z.string().nullable(),
    grades: z.array(z.object({ grade: z.string(), subjects: z.number() })),
    moves: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable(), subjects: z.number() })),
    movers: z.array(z.object({ subjectId: z.number(), name: z.string(), uscc: z.string().nullable(), from: z.string().nullable(), to: z.string().nullable(), scoreFrom: z.string().nullable(), scoreTo: z.string().nullable() })),
  }),
})
