// @clause X.4
import { held, type PersonPlace } from '../../engines/procedure/index.ts'
import { text } from '../../kernel/text.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { isSealed, type Sealing } from '../../platform/sealing/index.ts'
import { withoutIdOf } from '../privacy/index.ts'
import { placeOfCell } from './persons.ts'
import { countPersonsRows, emptyPersonsRows, listFileDigests, listPersonsBatches, listUnread } from './queries/person.ts'
import { listSealedCells, replaceSealedCells, type SealedCells } from './queries/sealed.ts'

/** A person in what departments sent (报送): rows with problems, and the files as they came. Its removal comes before that of the records, by which the files are found. */
export const personsInSubmissions: PersonPlace = {
  name: 'submissions.flagged_row',
  async list(db, person, { sealing }) {
    const named = await listNamed(db, sealing, person.idDigests)
    const { rows, open } = await countPersonsRows(db, person.idDigests)
    return [
      ...held(text('等待重新报送的退回行', 'Rejected rows that wait to be sent again'), open, 'bars', text('报送时限仍在计算，请来源部门先重新报送或撤回', 'Their time runs: let the department send them again or take them back first')),
      ...held(text('问题行的单元格', 'Cells of rows with problems'), rows, 'goes'),
      ...held(text('他人问题行的文字中的证件号码', 'The number in the text of other rows with problems'), named.length, 'goes', text('只删号码；含有它的原始报送文件整个删除', 'The number only; the files in which it came go whole')),
      ...held(text('含有该人的原始报送文件', 'Files, as they came, in which the person stands'), (await listPersonsBatches(db, person)).length, 'goes', text('整个文件一并删除；其他行已入库，内容不受影响', 'The whole file goes; what else stood in it was taken in and stays')),
    ]
  },
  async remove(tx, person, { sealing }) {
    const batches = await listPersonsBatches(tx, person)
    const emptied = await emptyPersonsRows(tx, person.idDigests)
    // What is left of a row that was emptied is looked at no more.
    const named = await listNamed(tx, sealing, person.idDigests)
    for (const row of named) await replaceSealedCells(tx, row)
    const others = [...new Set(named.map(({ batchId }) => batchId))]
    return { changed: [{ relation: 'submissions.batch', ids: [...emptied, ...others] }], files: [...batches.map(({ fileDigest }) => fileDigest), ...(await listFileDigests(tx, others))] }
  },
  needs: listUnread,
}

const BATCHES = 50

/** Rows in a text of which the person's number stands, with their cells without it. A row that is the person's own is told and emptied otherwise. */
async function listNamed(db: Queryable, sealing: Sealing, idDigests: readonly string[]): Promise<SealedCells[]> {
  const named: SealedCells[] = []
  for (let after = 0; idDigests.length > 0;) {
    const rows = await listSealedCells(db, after, BATCHES)
    if (rows.length === 0) break
    after = rows.at(-1)!.batchId
    for (const row of rows) {
      if (Object.values(row.cells).some((value) => idDigests.some((digest) => value.includes(`:${digest}:`)))) continue
      const cells = Object.fromEntries(Object.entries(row.cells).map(([field, value]) => [field, isSealed(value) ? cellWithout(sealing, value, placeOfCell(field, row.batchId), idDigests) : value]))
      if (Object.keys(cells).some((field) => cells[field] !== row.cells[field])) named.push({ ...row, cells })
    }
  }
  return named
}

function cellWithout(sealing: Sealing, sealed: string, place: string, idDigests: readonly string[]): string {
  const clear = sealing.open(sealed, place)
  const without = withoutIdOf(sealing, clear, idDigests)
  return without === clear ? sealed : sealing.seal(without, place)
}
