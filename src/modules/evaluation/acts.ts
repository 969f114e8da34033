// @clause 5.1, 5.2
import { z } from 'zod'
import { basis } from '../../kernel/basis.ts'
import type { Day } from '../../kernel/day.ts'
import { daySchema } from '../../kernel/endpoint.ts'
import { modelHash, parseModel, type Model } from '../../engines/scoring/index.ts'
import { act, systemActor, type ActContext, type World } from '../../engines/procedure/index.ts'
import { evaluationLock, insertAdoptions, listAdoptions } from './queries/adoptions.ts'
import { witnessOfAdoption } from './entries.ts'
import { importModel as importModelEndpoint } from './contract.ts'
import { isAdopted, type Adoption } from './models.ts'
import { applyModels, rescoreExpiring, rescoreSubjects } from './rescore.ts'

const ground = basis('law', 'gbf-2026-8', '行业信用评价')

/** 采用政策包中的评价模型: those that are new or changed since they were last adopted. Idle when there are none. */
const adopt = act({
  name: 'evaluation.adopt-policy', permission: 'evaluation.adopt', basis: ground, input: z.object({}),
  async run(context) {
    await evaluationLock(context.tx)
    const adoptions = await listAdoptions(context.tx)
    const models = policyModels(context.policy).filter(({ model, hash }) => !isAdopted(adoptions.filter(({ origin }) => origin === 'policy'), model, hash))
    await keep(context, models, 'policy')
    return { adopted: models.length }
  },
})

/** Takes over the models of the policy packs, by content hash; to be called at every start. Gives the number of new or changed ones. */
export async function adoptPolicyModels(world: World): Promise<number> {
  return (await adopt.perform(world, systemActor('evaluation'), {})).adopted
}

/** 导入评价模型. Takes effect from the model's own day; refuses `model.not-valid` with every problem of it. Nothing is edited: it is a further adoption. */
export const importModel = act({
  name: 'evaluation.import-model', permission: 'evaluation.adopt', basis: ground, input: importModelEndpoint.input.omit({ requestId: true }),
  async run(context, { definition }) {
    const model = parseModel(definition)
    const hash = modelHash(model)
    await evaluationLock(context.tx)
    if (!isAdopted(await listAdoptions(context.tx), model, hash)) await keep(context, [{ model, hash }], 'imported')
    return { key: model.key, hash }
  },
})

/** 重新评价: brings the results of some subjects, or of all whose result expires, up to a day; first of all, models that came into or went out of force. */
export const rescore = act({
  name: 'evaluation.rescore', permission: 'evaluation.rescore', basis: ground,
  input: z.object({
    on: daySchema.optional(),
    scope: z.discriminatedUnion('of', [z.object({ of: z.literal('subjects'), subjects: z.array(z.number()), cause: z.enum(['records', 'subjects']) }), z.object({ of: z.literal('expired') }), z.object({ of: z.literal('models') })]),
  }),
  async run(context, { scope, on }) {
    const day = (on as Day | undefined) ?? context.today
    await evaluationLock(context.tx)
    const adoptions = await listAdoptions(context.tx)
    const applied = await applyModels(context, adoptions, day)
    const further = scope.of === 'subjects' ? await rescoreSubjects(context, adoptions, day, scope.subjects, scope.cause) : scope.of === 'expired' ? await rescoreExpiring(context, adoptions, day) : []
    return { runs: [...applied, ...further].length, changed: [...applied, ...further].reduce((sum, run) => sum + run.changed + run.ended, 0) }
  },
})

/** The models of the packs: of files of one name the lowest pack's counts. */
function policyModels(policy: World['policy']): { model: Model; hash: string }[] {
  const files = new Map(policy.folder('models').map((file) => [file.name, file]))
  return [...files.values()].map(({ content }) => parseModel(content)).map((model) => ({ model, hash: modelHash(model) }))
    .sort((a, b) => (a.model.in_force.from < b.model.in_force.from ? -1 : a.model.in_force.from > b.model.in_force.from ? 1 : a.model.key < b.model.key ? -1 : 1))
}

async function keep({ tx, now, actor, enter }: ActContext, models: readonly { model: Model; hash: string }[], origin: Adoption['origin']): Promise<void> {
  const kept = await insertAdoptions(tx, models.map(({ model, hash }) => ({ model, hash, origin, adoptedAt: now, adoptedBy: actor.id })))
  await enter(kept.map(({ adoptionId, hash, model: { key, in_force } }) => ({
    name: 'model.adopted', subjectId: null, aboutId: adoptionId, body: witnessOfAdoption({ key, hash, origin, from: in_force.from, until: in_force.until }),
  })))
}
