// @clause X.4
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { charactersOf } from './characters.ts'
import { maskAddress, maskCharacters, maskIdsIn, maskName } from './index.ts'

test('a name keeps its surname, counted in characters and never in bytes', () => {
  assert.equal(maskName('王'), '*')
  assert.equal(maskName('王伟'), '王*')
  assert.equal(maskName('王小明'), '王**')
  assert.equal(maskName('欧阳修'), '欧阳*')
  assert.equal(maskName('欧阳'), '欧*', 'of two characters one is always hidden')
  assert.equal(maskName('司马相如'), '司马**')
  assert.equal(maskName('陈王美丽'), '陈***')
})

test('names with a middle dot and Latin names keep one character', () => {
  assert.equal(maskName('买买提·艾力'), '买**·**')
  assert.equal(maskName('阿卜杜拉・库尔班'), '阿***・***')
  assert.equal(maskName('John Smith'), 'J*** *****')
  assert.equal(maskName("O'Neil"), 'O*****')
})

test('a rare character beyond the first plane, a combining mark, a variation selector count with their character', () => {
  assert.equal(maskName('\u{20BB7}野家'), '\u{20BB7}**')
  assert.equal(maskName('葛\u{E0100}城'), '葛\u{E0100}*')
  assert.equal(maskName('王e\u0301'), '王*')
})

test('what is masked already stays', () => {
  assert.equal(maskName('王**'), '王**')
  assert.equal(maskCharacters('4602************12', { first: 4, last: 4 }), '4602**********' + '**12')
})

test('numbers keep beginning and end, short ones less', () => {
  assert.equal(maskCharacters('460200199003078538', { first: 4, last: 4 }), '4602**********8538')
  assert.equal(maskCharacters('13812345678', { first: 3, last: 4 }).length, 11)
  assert.equal(maskCharacters('E1234567', { first: 2, last: 2 }), 'E1****67')
  assert.equal(maskCharacters('12', { first: 4, last: 4 }), '1*')
  assert.equal(maskCharacters('1', { first: 4, last: 4 }), '*')
})

test('an address keeps province, city and district', () => {
  assert.equal(maskAddress('海南省三亚市海棠区林旺路12号3单元'), '海南省三亚市海棠区******')
  assert.equal(maskAddress('林旺路12号'), '******')
  assert.equal(maskAddress(''), '')
})

test('messages that repeat an id show it in part, and leave credit codes and amounts alone', () => {
  assert.equal(maskIdsIn('登记库中没有代码“460200199003078538”', { first: 4, last: 4 }), '登记库中没有代码“4602**********8538”')
  assert.equal(maskIdsIn('code 460200900307853.', { first: 4, last: 4 }), 'code 4602********853.')
  assert.equal(maskIdsIn('91460202XHYX00012N', { first: 4, last: 4 }), '91460202XHYX00012N')
})

const anyName = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.array(fc.constantFrom('王', '欧', '阳', '\u{20BB7}', '·', '葛\u{E0100}', 'a', ' ', '*'), { maxLength: 8 }).map((parts) => parts.join('')))

test('a masked name has as many characters, shows two at most beside dots and blanks, and masking it again changes nothing', () => {
  fc.assert(fc.property(anyName, (name) => {
    const [before, after] = [charactersOf(name.trim()), charactersOf(maskName(name))]
    assert.equal(after.length, before.length)
    assert.ok(after.filter((one) => one !== '*' && !/[·•‧∙・･]|^\p{Zs}$/u.test(one)).length <= 2)
    if (before.length > 0) assert.ok(before.length > 1 ? after.includes('*') || after.slice(1).every((one) => /[·•‧∙・･]|^\p{Zs}$/u.test(one)) : maskName(name) === '*')
    assert.equal(maskName(maskName(name)), maskName(name))
  }))
})

test('a masked number shows no more than was allowed, and never more than half', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.nat(8), fc.nat(8), (value, first, last) => {
    const masked = charactersOf(maskCharacters(value, { first, last }))
    const before = charactersOf(value.trim())
    const shown = masked.filter((one, at) => one !== '*' || before[at] === '*').length - before.filter((one, at) => one === '*' && masked[at] === '*').length
    assert.equal(masked.length, before.length)
    assert.ok(shown <= Math.min(first + last, Math.floor(before.length / 2)))
    assert.equal(maskCharacters(masked.join(''), { first, last }), masked.join(''))
  }))
})
