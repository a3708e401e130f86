import { describe, expect, test } from 'vitest'
import { createRandom, idNumber, packItems } from '../../../tests/generated-input'
import { plainDate } from '../kernel/plain-date'
import type { Field } from '../service-item/item'
import { describeAnswer, isSensitive } from './describe-answer'
import { childrenIn, duplicateKeyOf, identityFieldsOf, slotsOf, uploadIdsOf } from './item-answers'

const items = new Map(packItems().map((item) => [item.id, item]))
const itemOf = (id: string) => {
  const item = items.get(id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const nothing = () => undefined

test('who applies is read from the fields that identity fills', () => {
  const pension = { name: 'name', idNumber: 'idNo', mobile: 'mobile', villageCode: 'villageCode' }
  expect(identityFieldsOf(itemOf('LX-005'))).toEqual(pension)
  expect(identityFieldsOf(itemOf('LX-046'))).toMatchObject({ mobile: 'mobile', villageCode: null })
})

describe('what makes two applications the same', () => {
  const invoices = itemOf('LX-029')
  const key = (answers: Parameters<typeof duplicateKeyOf>[1]) => duplicateKeyOf(invoices, answers, nothing)

  test('equal answers, however they are spaced', () => {
    expect(key({ invoice: '3400 12ab' })).toBe(key({ invoice: '340012AB', price: '1' }))
    expect(key({ invoice: '340012AC' })).not.toBe(key({ invoice: '340012AB' }))
  })

  test('the same number, however it is written', () => {
    const same = key({ invoice: '34001234' })
    for (const invoice of [
      '３４００１２３４',
      '3400-1234',
      '3400–1234',
      '№34001234',
      'No. 3400 1234',
      '号34001234',
      'NO：34001234',
    ])
      expect(key({ invoice }), invoice).toBe(same)
    // An invoice's leading zero is part of its number, and a name may begin with these letters.
    expect(key({ invoice: '034001234' })).not.toBe(same)
    expect(key({ invoice: 'NORTH1' })).not.toBe(key({ invoice: 'RTH1' }))
    const priced = { ...invoices, duplicateKeys: ['price'] }
    const priceKey = (price: string) => duplicateKeyOf(priced, { price }, nothing)
    expect(priceKey('0120.50')).toBe(priceKey('120.5'))
    expect(priceKey('-5')).not.toBe(priceKey('5'))
  })

  test('a value of a credential', () => {
    const house = itemOf('LX-025')
    const key = (householdNo: string | undefined) =>
      duplicateKeyOf(house, {}, (code, field) =>
        code === 'LIC-HUKOU' && field === 'householdNo' ? householdNo : undefined,
      )
    expect(key('8001')).toBe(key('8001'))
    expect(key('8001')).not.toBe(key('8002'))
    expect(key(undefined)).toBeNull()
  })

  test('nothing but person and item where the guide names no key', () => {
    expect(duplicateKeyOf(itemOf('LX-005'), { name: '陈桂兰' }, nothing)).toBeNull()
  })

  test('parts of an answer in any order', () => {
    const range = itemOf('LX-019')
    const [from, to] = [plainDate('2026-01-01'), plainDate('2026-06-30')]
    expect(duplicateKeyOf(range, { idNo: 'X', period: { from, to } }, nothing)).toBe(
      duplicateKeyOf(range, { period: { to, from }, idNo: 'X' }, nothing),
    )
  })
})

test('uploads in rows are found, slots with their capacity', () => {
  const base = {
    required: true,
    hint: null,
    prefill: null,
    sensitive: false,
    showWhen: null,
    ofNumber: null,
    label: '',
  }
  const image: Field = {
    ...base,
    key: 'photo',
    kind: 'image',
    maxFiles: 2,
    maxMegabytes: 5,
    formats: ['jpg'],
  }
  const table: Field = { ...base, key: 'rows', kind: 'table', columns: [image], minRows: 1, maxRows: 9 }
  const answers = { photo: ['a', 'b'], rows: [{ photo: ['c'] }, {}, { photo: ['d'] }] }
  expect(uploadIdsOf({ fields: [image, table] }, answers)).toEqual(['a', 'b', 'c', 'd'])

  const date = plainDate('2026-11-25')
  expect(slotsOf(itemOf('LX-052'), { slot: { date, half: '上午' } })).toEqual([
    { fieldKey: 'slot', date, half: '上午', capacity: 12 },
  ])
})

describe('the words of an answer', () => {
  const labels = {
    village: (code: string) => (code === '341821105200' ? '大梁村' : undefined),
    region: () => '上海市',
    scope: () => undefined,
    policy: () => '设备投资补助',
  }
  const field = (id: string, key: string) => {
    const found = itemOf(id).fields.find((each) => each.key === key)
    if (!found) throw new Error(`no ${key}`)
    return found
  }
  const words = (id: string, key: string, value: Parameters<typeof describeAnswer>[1], unmasked = false) =>
    describeAnswer(field(id, key), value, labels, { unmasked })

  test('are masked for what is sensitive, until somebody unmasks them', () => {
    expect(words('LX-005', 'idNo', '341821194612300024')).toBe('3418**********0024')
    expect(words('LX-005', 'idNo', '341821194612300024', true)).toBe('341821194612300024')
    expect(words('LX-005', 'mobile', '15412342714')).toBe('154****2714')
    expect(words('LX-005', 'bankCard', '6217000000000004602')).toBe('**** 4602')
    expect(isSensitive(field('LX-005', 'mobile'))).toBe(true)
    expect(isSensitive(field('LX-005', 'name'))).toBe(false)
  })

  test('hide the ID number inside of a text', () => {
    expect(words('LX-010', 'disNo', '11010519491231002X44')).toBe('1101**********002X44')
  })

  test('name what codes stand for', () => {
    expect(words('LX-005', 'villageCode', '341821105200')).toBe('大梁村')
    expect(words('LX-022', 'dest', { province: '31', city: '上海市' })).toBe('上海市 上海市')
    expect(words('LX-046', 'policy', 'P01')).toBe('设备投资补助')
    expect(words('LX-046', 'policy', { other: '别的' })).toBe('别的')
    expect(words('LX-052', 'slot', { date: plainDate('2026-11-25'), half: '上午' })).toBe(
      '2026年11月25日 周三 上午',
    )
    expect(words('LX-005', 'birth', undefined)).toBe('')
  })

  test('go through rows, with the same masks', () => {
    const rows = [
      { mName: '陈桂兰', mId: '341821194612300024', mRel: '父母', mIncome: '1200.5' },
      { mName: '李国' },
    ]
    expect(words('LX-007', 'members', rows)).toBe('陈桂兰，3418**********0024，父母，1200.5 元；李国')
  })
})

describe('whom a guardian has to agree for', () => {
  const today = plainDate('2026-11-26')
  const numberOf = (birth: string) => idNumber(createRandom(3), plainDate(birth))
  const [child, fourteen] = [numberOf('2012-11-27'), numberOf('2012-11-26')]

  test('every number that an item asks for, in a row as beside it, tells a child until the fourteenth birthday', () => {
    for (const item of items.values())
      for (const field of item.fields) {
        const columns = field.kind === 'table' ? field.columns : [field]
        for (const { key } of columns.filter(({ kind }) => kind === 'idcard')) {
          const answered = (number: string) =>
            field.kind === 'table' ? { [field.key]: [{}, { [key]: number }] } : { [key]: number }
          expect(childrenIn(item, answered(child), today), `${item.id} ${key}`).toEqual([child])
          expect(childrenIn(item, answered(fourteen), today), `${item.id} ${key}`).toEqual([])
        }
      }
  })

  test('a baby without a number is told by its day of birth, and by none that is still to come', () => {
    const registered = (id: string, key: string, birth: string) =>
      childrenIn(itemOf(id), { [key]: plainDate(birth) }, today)
    expect(registered('LX-002', 'birthDate', '2026-11-20')).toEqual(['2026-11-20'])
    expect(registered('LX-002', 'birthDate', '2012-11-26')).toEqual([])
    expect(registered('LX-001', 'dueDate', '2026-11-26')).toEqual(['2026-11-26'])
    expect(registered('LX-001', 'dueDate', '2026-11-27')).toEqual([])
  })
})

test('of a number that is still being typed a child is known once it is whole, blanks and full width no matter', () => {
  const item = itemOf('LX-005')
  const today = plainDate('2026-11-24')
  const named = (idNo: unknown) => childrenIn(item, { idNo } as never, today).length
  const child = idNumber(createRandom(5), plainDate('2017-05-01'))
  expect(named(child)).toBe(1)
  expect(named(` ${child.slice(0, 6)} ${child.slice(6)}`)).toBe(1)
  expect(named(child.slice(0, 17))).toBe(0)
  expect(named(7)).toBe(0)
})
