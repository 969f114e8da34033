// @clause X.4
import { held, type PersonPlace } from '../../engines/procedure/index.ts'
import { text } from '../../kernel/text.ts'
import { namedInWords } from '../privacy/index.ts'
import { countPersonsClaims, emptyPersonsClaims, listOthersFiles } from './queries/person.ts'

/** A person in claims of subjects (认领材料). */
export const personsClaims: PersonPlace = {
  name: 'agents.claim',
  async list(db, { accountIds }) {
    const { claims, waiting, files } = await countPersonsClaims(db, accountIds)
    return [
      ...held(text('等待答复的认领', 'Claims that wait for an answer'), waiting, 'bars', text('请先答复或由本人撤回', 'Answer them, or let the person withdraw them, first')),
      ...held(text('认领中的姓名与附言', 'Names and words in claims'), claims, 'goes'),
      ...held(text('认领证明材料', 'Evidence that came with them'), files, 'goes'),
    ]
  },
  async remove(tx, { accountIds }) {
    const { claims, files } = await emptyPersonsClaims(tx, accountIds)
    return { changed: [{ relation: 'agents.claim', ids: claims }], files }
  },
  needs: listOthersFiles,
}

/** Persons named by number in what others wrote about a claim (认领文字中的证件号码). */
export const namedInClaims: PersonPlace = namedInWords(text('认领附言与答复文字中的证件号码', 'The number in the words of claims and their answers'), [
  { relation: 'agents.claim', key: 'claim_id', columns: ['words'] }, { relation: 'agents.answer', key: 'claim_id', columns: ['reason'] },
])
