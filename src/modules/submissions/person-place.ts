// @clause X.4
import { held, type PersonPlace } from '../../engines/procedure/index.ts'
import { text } from '../../kernel/text.ts'
import { countPersonsRows, emptyPersonsRows, listPersonsBatches, listUnread } from './queries/person.ts'

/** A person in what departments sent (报送): rows with problems, and the files as they came. Its removal comes before that of the records, by which the files are found. */
export const personsInSubmissions: PersonPlace = {
  name: 'submissions.flagged_row',
  async list(db, person) {
    const { rows, open } = await countPersonsRows(db, person.idDigests)
    return [
      ...held(text('等待重新报送的退回行', 'Rejected rows that wait to be sent again'), open, 'bars', text('报送时限仍在计算，请来源部门先重新报送或撤回', 'Their time runs: let the department send them again or take them back first')),
      ...held(text('问题行的单元格', 'Cells of rows with problems'), rows, 'goes'),
      ...held(text('含有该人的原始报送文件', 'Files, as they came, in which the person stands'), (await listPersonsBatches(db, person)).length, 'goes', text('整个文件一并删除；其他行已入库，内容不受影响', 'The whole file goes; what else stood in it was taken in and stays')),
    ]
  },
  async remove(tx, person) {
    const batches = await listPersonsBatches(tx, person)
    return { changed: [{ relation: 'submissions.batch', ids: await emptyPersonsRows(tx, person.idDigests) }], files: batches.map(({ fileDigest }) => fileDigest) }
  },
  needs: listUnread,
}
