// @clause X.4
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPolicy } from '../../engines/policy/index.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Actor } from '../../engines/procedure/index.ts'
import { isSealedField, mustHavePurpose, nameFor, viewOf, viewsOf, withoutIds } from './index.ts'

const book = loadPolicy('policy')
const ID = '460200199003078538'
const standards = { subject: 'subject', licence: 'administrative-licence', penalty: 'administrative-penalty', 'public-grade': 'public-grade' }

test('every field of every standard has a line in the table of views, and no line is of a field that there is not', () => {
  for (const [kind, standard] of Object.entries(standards)) {
    const ids = book.file<{ fields: { id: string }[] }>(`standards/${standard}`).fields.map(({ id }) => id)
    assert.deepEqual(Object.keys(viewsOf(book).kinds[kind]!).sort(), ids.sort(), kind)
  }
})

test('of a natural person nothing is public, in any kind', () => {
  for (const [kind, fields] of Object.entries(viewsOf(book).kinds)) {
    const seen = viewOf(book, kind, 'public', 'person')
    assert.deepEqual(Object.keys(fields).filter((id) => seen(id, 'x') !== null), [], kind)
  }
})

test('an id number is never public and never whole to officers, whoever the party is, and is kept sealed', () => {
  for (const [kind, id] of [['penalty', 'CF_XDR_ZJHM'], ['penalty', 'CF_FR_ZJHM'], ['licence', 'XK_XDR_ZJHM'], ['licence', 'XK_FR_ZJHM'], ['a-kind-to-come', 'QT_ZJHM']] as const) {
    for (const party of ['organisation', 'business', 'person'] as const) {
      assert.equal(viewOf(book, kind, 'public', party)(id, ID), null)
      assert.equal(viewOf(book, kind, 'internal', party)(id, ID), '4602**********8538')
    }
    assert.ok(isSealedField(book, kind, id))
  }
})

test('what the table does not name is neither public nor shared', () => {
  assert.equal(viewOf(book, 'a-kind-to-come', 'public', 'organisation')('title', 'x'), null)
  assert.equal(viewOf(book, 'a-kind-to-come', 'shared', 'organisation')('title', 'x'), null)
  assert.equal(viewOf(book, 'penalty', 'public', 'organisation')('an-extra-column', 'x'), null)
})

test('an individual business that bears its owner\'s name is masked in public; a trade name is not', () => {
  assert.equal(nameFor(book, 'public', 'business', '王小明'), '王**')
  assert.equal(nameFor(book, 'public', 'business', '海棠湾小明海鲜店'), '海棠湾小明海鲜店')
  assert.equal(nameFor(book, 'internal', 'business', '王小明'), '王小明')
  assert.equal(nameFor(book, 'internal', 'person', '王小明'), '王**')
})

test('messages that repeat what was sent show ids in part, wrong ones too', () => {
  assert.equal(withoutIds(book, `没有代码“${ID}”`), '没有代码“4602**********8538”')
  assert.equal(withoutIds(book, '号码“46020019900307”位数不对', ['46020019900307']), '号码“4602*******307”位数不对')
})

test('a person is shown in full only with the permission, within its reach, and for a purpose', () => {
  const officer = (may: boolean): Actor => ({ id: 'officer:a', name: '甲', department: 'tax', may: () => may, scope: () => ({ departments: ['tax'], sectors: [], subjects: [] }) })
  const refused = (code: string) => (error: Refusal) => error.code === code
  assert.throws(() => mustHavePurpose(officer(false), '办理行政处罚复核', 'tax'), refused('act.not-allowed'))
  assert.throws(() => mustHavePurpose(officer(true), '办理行政处罚复核', 'water'), refused('act.other-department'))
  assert.throws(() => mustHavePurpose(officer(true), null, 'tax'), refused('purpose.missing'))
  assert.throws(() => mustHavePurpose(officer(true), '看看', 'tax'), refused('purpose.missing'))
  mustHavePurpose(officer(true), '办理行政处罚复核', 'tax')
})
