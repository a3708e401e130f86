import { describe, expect, test } from 'vitest'
import { packContext, packItems } from '../../../tests/generated-input'
import { idCheckCharacter } from '../kernel/digits'
import { plainDate } from '../kernel/plain-date'
import type { Field } from '../service-item/item'
import { fieldsShown } from './conditions'
import { compareDecimals, decimalOfNumber, decimalToText, findDecimal } from './field-kinds/decimal'
import { validateAnswers } from './validate-answers'

const context = packContext(plainDate('2026-11-24'))
const items = new Map(packItems().map((item) => [item.id, item]))
const itemOf = (id: string) => {
  const item = items.get(id)
  if (!item) throw new Error(`no ${id}`)
  return item
}

const base = { required: false, hint: null, prefill: null, sensitive: false, showWhen: null, ofNumber: null }
const formOf = (...fields: readonly Field[]) => ({ fields })
const onlyFault = (fields: readonly Field[], answers: unknown) => {
  const result = validateAnswers({ fields }, answers, context)
  return result.ok ? undefined : result.error[0]
}

const phone: Field = {
  ...base,
  key: 'mobile',
  label: '手机号',
  kind: 'phone',
  pattern: '^1[3-9]\\d{9}$',
  message: null,
}
const money: Field = {
  ...base,
  key: 'sum',
  label: '钱',
  kind: 'money',
  min: 0,
  max: 9999999,
  decimals: 2,
  unit: '元',
}
const idcard: Field = { ...base, key: 'idNo', label: '身份证号', kind: 'idcard', message: null }
const slot: Field = {
  ...base,
  key: 'slot',
  label: '时段',
  kind: 'slot',
  options: ['上午', '下午'],
  minDaysAhead: 1,
  maxDaysAhead: 10,
  capacity: 12,
}

describe('what a fault says', () => {
  test('the count, as neighbours say it', () => {
    expect(onlyFault([phone], { mobile: '1541234567' })).toEqual({
      pointer: '/answers/mobile',
      code: 'field.too-short',
      message: '少 1 位。手机号是 11 位，现在 10 位',
    })
  })

  test('where it is, escaped as RFC 6901 asks', () => {
    const rows: Field = {
      ...base,
      key: 'a/b~c',
      label: '行',
      kind: 'table',
      columns: [money],
      minRows: 1,
      maxRows: 3,
    }
    expect(onlyFault([rows], { 'a/b~c': [{ sum: '1' }, { sum: '-1' }] })).toMatchObject({
      pointer: '/answers/a~1b~0c/1/sum',
      code: 'field.too-small',
    })
  })

  test('a key of the prototype is no answer and no known field', () => {
    expect(onlyFault([phone], JSON.parse('{"__proto__": {"mobile": "x"}}'))).toMatchObject({
      code: 'field.unknown',
    })
    expect(onlyFault([{ ...phone, key: 'constructor', required: true }], {})).toMatchObject({
      code: 'field.required',
    })
  })
})

test.each([{}, [], 0, false])('%j is no blank text', (mobile) => {
  expect(onlyFault([phone], { mobile })).toMatchObject({
    pointer: '/answers/mobile',
    code: 'field.wrong-type',
  })
})

test('an object of blank parts is absent, one of unknown parts is not', () => {
  expect(validateAnswers(formOf(slot), { slot: { date: '', half: null } }, context)).toEqual({
    ok: true,
    value: {},
  })
  expect(onlyFault([slot], { slot: { day: null } })).toMatchObject({
    pointer: '/answers/slot/day',
    code: 'field.unknown',
  })
})

test('nobody is born tomorrow', () => {
  const first17 = '34182120261125900'
  expect(onlyFault([idcard], { idNo: first17 + idCheckCharacter(first17) })).toMatchObject({
    code: 'field.wrong-form',
  })
})

test('a number below zero that is zero is zero', () => {
  const floors: Field = {
    ...base,
    key: 'floors',
    label: '层数',
    kind: 'number',
    min: 0,
    max: 4,
    decimals: 0,
    unit: '层',
  }
  expect(validateAnswers(formOf(floors), { floors: -0 }, context)).toStrictEqual({
    ok: true,
    value: { floors: 0 },
  })
})

describe('the form that is kept', () => {
  test('trimmed, half width, upper case, absent ones left out', () => {
    const answers = { mobile: ' １５４ 1234 5678 ', idNo: '11010519491231002x', sum: '' }
    expect(validateAnswers(formOf(phone, idcard, money), answers, context)).toEqual({
      ok: true,
      value: { mobile: '15412345678', idNo: '11010519491231002X' },
    })
  })

  const invoice: Field = {
    ...base,
    key: 'no',
    label: '发票号码',
    kind: 'text',
    minLength: 1,
    maxLength: 20,
    pattern: null,
    message: null,
  }

  // LX-029 pays once an invoice: whoever adds a mark that nobody sees files the same one.
  test.each([
    '\u200b',
    '\u00ad',
    '\u2060',
    '\u180e',
    '\ufe0f',
    '\u034f',
    '\u115f',
    '\u3164',
    '\u2800',
    '\u{e0001}',
    '\u200d',
  ])('two that look the same are the same, whatever nobody sees (%j)', (mark) => {
    expect(
      validateAnswers(
        formOf(invoice, phone),
        { no: `777${mark}7777`, mobile: `154${mark}12345678` },
        context,
      ),
    ).toEqual({
      ok: true,
      value: { no: '7777777', mobile: '15412345678' },
    })
    expect(onlyFault([invoice], { no: mark })).toMatchObject({ code: 'field.wrong-form' })
  })

  test.each([
    [0.1, '0.1'],
    ['007.50', '7.5'],
    ['9999999.00', '9999999'],
    [-0, '0'],
  ])('money %s is kept as %s', (sum, kept) => {
    expect(validateAnswers(formOf(money), { sum }, context)).toEqual({ ok: true, value: { sum: kept } })
  })

  test.each([
    ['9999999.01', 'field.too-large'],
    ['1.005', 'field.too-precise'],
    [0.1 + 0.2, 'field.too-precise'],
    ['1,2', 'field.wrong-form'],
    [true, 'field.wrong-type'],
  ])('money %s is %s', (sum, code) => {
    expect(onlyFault([money], { sum })).toMatchObject({ code })
  })
})

test('decimals are compared by their digits', () => {
  const texts = [
    '-10.5',
    '-9',
    '-0.01',
    '0',
    '0.1',
    '0.11',
    '9',
    '10',
    '90071992547409930.1',
    '90071992547409930.2',
  ]
  const decimals = texts.flatMap((text) => findDecimal(text) ?? [])
  expect(decimals.toReversed().sort(compareDecimals).map(decimalToText)).toEqual(texts)
  expect(
    [1e21, 1.5e-7, -1e-7].map((value) => decimalToText(decimalOfNumber(value) ?? decimals[0] ?? fail())),
  ).toEqual(['1000000000000000000000', '0.00000015', '-0.0000001'])
})
const fail = (): never => {
  throw new Error('no decimal')
}

describe('conditions', () => {
  const shown = (id: string, answers: Record<string, unknown>, agent = false) =>
    fieldsShown(itemOf(id), answers, agent).map(({ key }) => key)

  test('a relation is asked of whoever applies for another', () => {
    expect(shown('LX-005', {})).not.toContain('agentRel')
    expect(shown('LX-005', {}, true)).toContain('agentRel')
  })

  test('one of the chosen options is enough', () => {
    expect(shown('LX-012', { category: ['肢体'] })).not.toContain('guardian')
    expect(shown('LX-012', { category: ['肢体', '精神'] })).toContain('guardian')
  })

  test('what is not shown is neither checked nor kept', () => {
    const first: Field = {
      ...base,
      key: 'first',
      label: '一',
      kind: 'checkbox',
      mustBeTrue: false,
      message: null,
    }
    const second: Field = {
      ...phone,
      key: 'second',
      required: true,
      showWhen: { field: 'first', equals: true },
    }
    const third: Field = {
      ...phone,
      key: 'third',
      required: true,
      showWhen: { field: 'second', equals: '15412345678' },
    }
    const form = formOf(first, second, third)
    const answers = { first: false, second: '15412345678', third: 17 }
    expect(validateAnswers(form, answers, context)).toEqual({ ok: true, value: { first: false } })
    expect(validateAnswers(form, { ...answers, first: true }, context)).toMatchObject({
      ok: false,
      error: [{ pointer: '/answers/third', code: 'field.wrong-type' }],
    })
  })

  test('fields that wait for each other stay hidden', () => {
    const one: Field = { ...phone, key: 'one', showWhen: { field: 'two', equals: '1' } }
    const two: Field = { ...phone, key: 'two', showWhen: { field: 'one', equals: '1' } }
    expect(fieldsShown(formOf(one, two), { one: '1', two: '1' }, false)).toEqual([])
  })
})

describe('the age group of 高龄津贴', () => {
  const form = formOf(...itemOf('LX-005').fields.filter(({ key }) => key === 'birth' || key === 'ageGroup'))
  const check = (answers: unknown) => validateAnswers(form, answers, context)

  test('follows from the date of birth, whatever was sent', () => {
    const answers = { birth: '1936-11-24', ageGroup: '80-89周岁' }
    expect(check(answers)).toEqual({ ok: true, value: { birth: '1936-11-24', ageGroup: '90-99周岁' } })
    expect(check({ birth: '1936-11-25' })).toMatchObject({ value: { ageGroup: '80-89周岁' } })
  })

  test('says when somebody is too young', () => {
    expect(check({ birth: '1956-05-01' })).toEqual({
      ok: false,
      error: [
        {
          pointer: '/answers/ageGroup',
          code: 'field.age-outside',
          message: '2036年5月1日 满 80 岁，到那天才能办。现在 70 岁',
        },
      ],
    })
  })

  test('is asked by hand only without a date of birth, which is then missing', () => {
    expect(check({ ageGroup: '80-89周岁' })).toMatchObject({ error: [{ pointer: '/answers/birth' }] })
    expect(check({ birth: 'soon', ageGroup: '80-89周岁' })).toMatchObject({
      error: [{ code: 'field.no-day' }],
    })
  })
})

describe('slots', () => {
  test.each([
    ['2026-11-24', 'field.too-early'],
    ['2026-11-28', 'field.not-a-working-day'],
    ['2026-12-05', 'field.too-late'],
  ])('%s is %s', (date, code) => {
    expect(onlyFault([slot], { slot: { date, half: '上午' } })).toMatchObject({
      pointer: '/answers/slot/date',
      code,
    })
  })

  test('a weekday of a year without a calendar may be chosen, a Sunday may not', () => {
    const late = { ...context, today: plainDate('2026-12-28') }
    const on = (date: string) => validateAnswers(formOf(slot), { slot: { date, half: '下午' } }, late).ok
    expect([on('2027-01-01'), on('2027-01-03')]).toEqual([true, false])
  })
})

describe('places', () => {
  const item = itemOf('LX-025')
  const geo = formOf(...item.fields.filter(({ key }) => key === 'geo'))

  test('words alone will do', () => {
    const result = validateAnswers(geo, { geo: { lat: null, address: '村东头' } }, context)
    expect(result).toEqual({ ok: true, value: { geo: { address: '村东头' } } })
  })
})
