import { describe, expect, test } from 'vitest'
import { packContext, packItems } from '../../../tests/generated-input'
import { idCheckCharacter } from '../kernel/digits'
import { plainDate } from '../kernel/plain-date'
import type { Field, SimpleField } from '../service-item/item'
import { followersOf, withNumbersRead } from './from-number'
import { validateAnswers } from './validate-answers'

const context = packContext(plainDate('2026-11-24'))
const numberOf = (birth: string, serial: string) => {
  const first17 = `341821${birth.replaceAll('-', '')}${serial}`
  return first17 + idCheckCharacter(first17)
}
const WOMAN = numberOf('1966-03-05', '902')
const MAN = numberOf('1944-03-05', '901')

const base = { required: true, hint: null, prefill: null, sensitive: false, showWhen: null, ofNumber: null }
const number: SimpleField = { ...base, key: 'idNo', label: '身份证号', kind: 'idcard', message: null }
const birth: SimpleField = {
  ...base,
  key: 'birth',
  label: '出生日期',
  kind: 'date',
  min: '1900-01-01',
  max: 'today',
  ofNumber: 'idNo',
}
const sex: SimpleField = {
  ...base,
  key: 'sex',
  label: '性别',
  kind: 'radio',
  options: ['男', '女'],
  ofNumber: 'idNo',
}
const table: Field = {
  ...base,
  key: 'members',
  label: '家里人',
  kind: 'table',
  columns: [number, birth, sex],
  minRows: 1,
  maxRows: 5,
}
const check = (fields: readonly Field[], answers: unknown) => validateAnswers({ fields }, answers, context)
const faultsOf = (fields: readonly Field[], answers: unknown) => {
  const result = check(fields, answers)
  return result.ok ? [] : result.error.map(({ pointer, code }) => [pointer, code])
}

describe('birth and sex', () => {
  const form = [number, birth, sex]

  test('are read from the number, typed or not', () => {
    const read = { ok: true, value: { idNo: WOMAN, birth: '1966-03-05', sex: '女' } }
    expect(check(form, { idNo: WOMAN })).toEqual(read)
    expect(check(form, { idNo: WOMAN.toLowerCase(), birth: ' 1966-03-05 ', sex: '女' })).toEqual(read)
    expect(check(form, { idNo: MAN, sex: '男' })).toMatchObject({ value: { sex: '男' } })
  })

  test('are refused when they are typed otherwise, each at its place, without repeating them', () => {
    expect(faultsOf(form, { idNo: WOMAN, birth: '1944-03-05', sex: '男' })).toEqual([
      ['/answers/birth', 'field.differs-from-number'],
      ['/answers/sex', 'field.differs-from-number'],
    ])
    const refused = check(form, { idNo: WOMAN, birth: '1944-03-05', sex: '女' })
    expect(JSON.stringify(refused)).not.toContain('1944')
  })

  test('are asked for while there is no right number', () => {
    expect(faultsOf(form, { idNo: `${WOMAN.slice(0, 17)}?`, sex: '女' })).toEqual([
      ['/answers/idNo', 'field.wrong-form'],
      ['/answers/birth', 'field.required'],
    ])
  })

  test('of a row are those of the number in the row', () => {
    const rows = [{ idNo: MAN }, { idNo: WOMAN, birth: '1944-03-05', sex: '女' }]
    expect(faultsOf([table], { members: rows })).toEqual([
      ['/answers/members/1/birth', 'field.differs-from-number'],
    ])
    expect(withNumbersRead([table], { members: rows }, false)).toEqual({
      members: [
        { idNo: MAN, birth: '1944-03-05', sex: '男' },
        { idNo: WOMAN, birth: '1966-03-05', sex: '女' },
      ],
    })
  })

  test('of a row may be those of the number around the table', () => {
    const row: Field = { ...table, columns: [{ ...birth }, { ...sex }] }
    expect(faultsOf([number, row], { idNo: WOMAN, members: [{ birth: '1966-03-05', sex: '男' }] })).toEqual([
      ['/answers/members/0/sex', 'field.differs-from-number'],
    ])
  })

  test('follow a number that is corrected', () => {
    expect(followersOf([number, birth, sex], ['idNo', 'mobile'])).toEqual(['birth', 'sex'])
    expect(withNumbersRead(form, { idNo: MAN, birth: '1966-03-05' }, false)).toEqual({
      idNo: MAN,
      birth: '1944-03-05',
      sex: '男',
    })
  })
})

describe('高龄津贴', () => {
  const item = packItems().find(({ id }) => id === 'LX-005')
  const answers = {
    name: '沈秀英',
    mobile: '15400000001',
    villageCode: '341821105200',
    bankCard: '6299000043030583308',
  }

  test('is not for who was born in 1966 and types 1944', () => {
    expect(faultsOf(item?.fields ?? [], { ...answers, idNo: WOMAN, birth: '1944-03-05' })).toEqual([
      ['/answers/birth', 'field.differs-from-number'],
      ['/answers/ageGroup', 'field.age-outside'],
    ])
  })

  test('counts the age from the number', () => {
    expect(check(item?.fields ?? [], { ...answers, idNo: MAN })).toMatchObject({
      value: { birth: '1944-03-05', ageGroup: '80-89周岁' },
    })
  })
})

/** Of somebody who has no number yet. */
const NEWBORN = ['LX-001 dueDate', 'LX-002 babyGender', 'LX-002 birthDate']
const tellsPerson = (field: Field, beside: readonly Field[]) =>
  /出生|性别/.test(field.label) &&
  (field.kind === 'date' || field.kind === 'radio' || field.kind === 'select')
    ? true
    : beside.some((each) => each.kind === 'select' && each.computed?.from === field.key)

test('no item of the pack asks for a birth or a sex beside a number that says otherwise', () => {
  const loose = packItems().flatMap((item) => {
    const forms = [
      item.fields,
      ...item.fields.flatMap((field) => (field.kind === 'table' ? [field.columns] : [])),
    ]
    return forms.flatMap((fields: readonly Field[]) =>
      fields.flatMap((field) =>
        tellsPerson(field, fields) &&
        field.ofNumber === null &&
        item.fields.some(({ kind }) => kind === 'idcard')
          ? [`${item.id} ${field.key}`]
          : [],
      ),
    )
  })
  expect(loose).toEqual(NEWBORN)
})
