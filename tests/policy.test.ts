// @clause X.1
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { checkPolicy, groundOf, loadPolicy, runExample } from '../src/engines/policy/index.ts'
import { basis, PLAN_MATTERS, planBasis } from '../src/kernel/basis.ts'
import { isUscc } from '../src/kernel/codes/index.ts'
import { addDays, type Day, day } from '../src/kernel/day.ts'
import { seedProblems } from '../src/modules/organisation/index.ts'

const book = loadPolicy(join(import.meta.dirname, '../policy'))

test('the policy folder has no build error, and what the district begins with none either', () => {
  assert.deepEqual([...checkPolicy(book), ...seedProblems(book)].map(({ message }) => message.en), [])
})

test('acts that rest on the plan of the district cite its own: the text and article that its pack names, practice where it has none', () => {
  for (const matter of PLAN_MATTERS) assert.equal(groundOf(book, planBasis(matter)).text, 'haitang-2023-10')
  assert.deepEqual(groundOf(book, planBasis('organisation')), basis('policy', 'haitang-2023-10', '(十二)'))
  const without = { parts: { ...book.parts, data: book.parts.data.filter(({ name }) => name !== 'plan') }, file: book.file }
  assert.deepEqual(groundOf(without, planBasis('records')), basis('practice', 'practice'))
  const law = basis('law', 'penalty-law-2021', '第四十八条')
  assert.equal(groundOf(without, law), law)
})

describe('the examples of the law', () => {
  for (const { key, pack, examples } of book.parts.parameters) {
    for (const example of examples) {
      test(`${pack}/${key}: ${example.name}`, () => {
        const { got, passed } = runExample(book, key, example)
        assert.ok(passed, `gives ${JSON.stringify(got)}, not ${JSON.stringify(example.expect)}`)
      })
    }
  }
})

test('every figure that no authority has confirmed says so, or why', () => {
  for (const { key, values } of book.list()) {
    for (const { from, basis } of values) {
      if (basis!.status === 'unconfirmed') assert.ok(basis!.kind === 'practice' || basis!.note !== undefined, `${key} of ${from}: unconfirmed without a note`)
    }
  }
})

test('from the earliest decision on, every class of penalty has its publicity periods', () => {
  const earliest = book.on(day('2026-11-22')).value<Day>('records/earliest-decision')
  for (const on of [earliest, day('2026-03-31'), day('2026-04-01'), day('2026-11-22')]) {
    const periods = book.on(on).value<Record<string, { min_months: number; max_months: number }>>('records/publicity-periods')
    const { heaviest } = book.on(on).value<{ heaviest: string[] }>('records/class-of-penalty')
    for (const level of heaviest) assert.ok(periods[level]!.min_months <= periods[level]!.max_months, `${level} on ${on}`)
  }
})

type Scales = Record<string, { grades: { key: string; rank: number | null; missing?: boolean }[] }>

test('every grade of every scale has a supervision class with ratio and frequency', () => {
  const law = book.on(day('2026-11-22'))
  const supervision = law.value<Record<string, Record<string, { class: string }>>>('grading/supervision')
  const [ratio, frequency] = [law.value<Record<string, unknown>>('inspections/ratio'), law.value<Record<string, unknown>>('inspections/frequency')]
  for (const [scale, { grades }] of Object.entries(law.value<Scales>('grading/scales'))) {
    for (const { key } of grades) {
      const level = supervision[scale]?.[key]?.class
      assert.ok(level !== undefined && ratio[level] !== undefined && frequency[level] !== undefined, `${scale} ${key}`)
    }
    assert.deepEqual(grades.filter(({ rank }) => rank !== null).map(({ rank }) => rank), grades.filter(({ rank }) => rank !== null).map((_, i) => i + 1), `the ranks of ${scale}`)
  }
})

test('a better grade is never supervised more closely than a worse one', () => {
  const law = book.on(day('2026-11-22'))
  const supervision = law.value<Record<string, Record<string, { class: string }>>>('grading/supervision')
  for (const [scale, { grades }] of Object.entries(law.value<Scales>('grading/scales'))) {
    const classes = grades.filter(({ rank }) => rank !== null).map(({ key }) => supervision[scale]![key]!.class)
    assert.deepEqual(classes, [...classes].sort(), scale)
  }
})

test('the classification of industries has all twenty sections and all ninety-seven divisions', () => {
  const { sections } = book.file<{ sections: { code: string; divisions: { code: string }[] }[] }>('industries')
  assert.equal(sections.map(({ code }) => code).join(''), 'ABCDEFGHIJKLMNOPQRST')
  assert.deepEqual(sections.flatMap(({ divisions }) => divisions.map(({ code }) => code)), Array.from({ length: 97 }, (_, i) => String(i + 1).padStart(2, '0')))
})

test('Haitang has 4 residents\' committees and 19 villages, each with a code of its own', () => {
  const { places } = book.file<{ places: { code: string; kind: string }[] }>('places')
  assert.equal(places.filter(({ kind }) => kind === 'residents').length, 4)
  assert.equal(places.filter(({ kind }) => kind === 'village').length, 19)
  assert.equal(new Set(places.map(({ code }) => code)).size, 23)
  assert.ok(places.every(({ code }) => /^460202198\d{3}$/.test(code)))
})

test('each demo department has a code of a government organ in Haitang and a sector of the plan', () => {
  const { departments } = book.file<{ departments: { key: string; uscc: string; sector: string | null }[] }>('departments')
  const { sectors } = book.file<{ sectors: { key: string }[] }>('sectors')
  assert.deepEqual(departments.flatMap(({ sector }) => sector ?? []).sort(), sectors.map(({ key }) => key).sort())
  for (const { uscc } of departments) assert.ok(isUscc(uscc) && uscc.startsWith('11460202'), uscc)
  assert.equal(new Set(departments.map(({ uscc }) => uscc)).size, departments.length)
})

test('the class of penalty knows no kind that the Penalty Law does not', () => {
  const { kinds } = book.file<{ kinds: { key: string }[] }>('penalty-kinds')
  for (const { value } of book.list().find(({ key }) => key === 'records/class-of-penalty')!.values) {
    const named = (value as unknown as { rows: { when: { kinds?: string[] } }[] }).rows.flatMap(({ when }) => when.kinds ?? [])
    for (const name of named) assert.ok(kinds.some(({ key }) => key === name), name)
  }
})

test('our calendar agrees with an independent one on every day from 2017 to 2026', () => {
  const data = createRequire(import.meta.url).resolve('chinese-days').replace(/dist.*/, 'dist/chinese-days.json')
  const { holidays, workdays } = JSON.parse(readFileSync(data, 'utf8')) as Record<'holidays' | 'workdays', Record<string, string>>
  const different: Day[] = []
  for (let on = day('2017-01-01'); on <= '2026-12-31'; on = addDays(on, 1)) {
    const weekday = new Date(on).getUTCDay() % 6 !== 0
    const theirs = workdays[on] !== undefined || (holidays[on] === undefined && weekday)
    if (book.calendar.isWorkingDay(on) !== theirs) different.push(on)
  }
  assert.deepEqual(different, [])
  assert.deepEqual(book.calendar.officialYears(), [2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026])
})
