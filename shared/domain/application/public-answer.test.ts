import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import type { Field } from '../service-item/item'
import type { Answer } from './answers'
import { describeAnswer } from './describe-answer'
import { hanging, namesAnyone, namesIn, publicParts } from './public-answer'

const labels = {
  village: () => undefined,
  region: () => undefined,
  scope: () => undefined,
  policy: () => undefined,
}
const publicAnswer = (field: Field, answer: Answer, words: typeof labels, names: readonly string[]) =>
  hanging(publicParts(field, answer, words, { names, places: [] }))
const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`))
const number = fc.oneof(
  digits(9).map((rest) => `13${rest}`),
  fc
    .tuple(digits(4), fc.constantFrom(...'0123456789X'))
    .map(([order, check]) => `3418211946111${order}${check}`),
  fc.tuple(fc.constantFrom('62', '4', '5'), digits(15)).map(([bank, rest]) => bank + rest),
  digits(7).map((rest) => `0563${rest}`),
)
/** As people write it: wide, and parted by whatever is at hand. */
const written = fc
  .tuple(
    number,
    fc.boolean(),
    fc.constantFrom('', ' ', '-', '　', '.', '·', '/', '\u200b', '—', ' - ', '----', '    ', '_', '~'),
    fc.nat(3),
  )
  .map(([whole, isWide, gap, size]) => {
    const parted = (whole.match(new RegExp(`.{1,${size + 3}}`, 'g')) ?? []).join(gap)
    const wide = (digit: string) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)
    return isWide ? parted.replace(/\d/g, wide) : parted
  })
const typed = fc
  .tuple(fc.array(written, { minLength: 1, maxLength: 3 }), fc.constantFrom('，电话', '；', '（', '号身份证'))
  .map(([numbers, between]) => `大梁村东头 7 号${numbers.join(between)}旁`)
const plain = (text: string) => text.normalize('NFKC').replace(/[^\dA-Za-z\u4e00-\u9fff,，、;；]/g, '')

const free = packItems().flatMap(({ id, fields }) =>
  fields.flatMap((field) => (field.kind === 'location' ? [[id, field] as const] : [])),
)

describe('what hangs in public', () => {
  test.each(free)('holds no number of a person, however it was typed: %s', (_id, field) => {
    fc.assert(
      fc.property(typed, (address) => {
        const words = publicAnswer(field, { address }, labels, [])
        expect(plain(words)).not.toMatch(/\d{7}/)
        expect(words).toContain('大梁村东头 7 号（号码不公示）')
      }),
    )
  })

  test.each(['大梁村东头 7 号，2 组 12、13、14、15 号地', '3 幢 12-3-401', '东至路 12.5 米，西至河 300 米'])(
    'says where it is: %s',
    (address) => {
      for (const [, field] of free) expect(publicAnswer(field, { address }, labels, [])).toBe(address)
    },
  )

  test('has no map beside it', () => {
    const [, field] = free[0] ?? []
    expect(field && publicAnswer(field, { address: '东头', lat: 31, lng: 119 }, labels, [])).toBe('东头')
  })

  test('an area, and a number in its place', () => {
    const area = packItems()
      .flatMap(({ fields }) => fields)
      .find(({ kind }) => kind === 'number')
    if (area?.kind !== 'number') throw new Error('no number is asked for')
    expect(publicAnswer(area, 120.5, labels, [])).toBe(`120.5 ${area.unit}`)
    expect(publicAnswer(area, 13_900_001_234, labels, [])).toBe(`（号码不公示） ${area.unit}`)
  })

  test('names neither the applicant nor the family, whose names the form knows', () => {
    const item = packItems().find(({ id }) => id === 'LX-025')
    const field = item?.fields.find(({ kind }) => kind === 'location')
    if (!item || !field) throw new Error('LX-025 asks for no place')
    const members = [{ mName: '房小军', mId: '341821197903085479', mRel: '子女' }]
    const names = namesIn(item, { applicantName: '房小', answers: { members }, places: [] }).names
    const address = '房小军和房小家老屋旁'
    expect(publicAnswer(field, { address }, labels, names)).toBe('某某和某某家老屋旁')
    const apart = '房 小 军和房·小家老屋旁'
    expect(publicAnswer(field, { address: apart }, labels, names)).toBe('某某和某某家老屋旁')
  })

  test('a place that somebody wrote as a name stays, and what was taken out is told with what hangs in its place', () => {
    const item = packItems().find(({ id }) => id === 'LX-025')
    const field = item?.fields.find(({ kind }) => kind === 'location')
    if (!item || !field) throw new Error('LX-025 asks for no place')
    const members = ['大梁村东头', '大梁村', '东头'].map((mName) => ({ mName, mId: '341821197903085479' }))
    const places = ['大梁村', '梅渚镇']
    const names = namesIn(item, { applicantName: '房小', answers: { members }, places })
    expect(publicParts(field, { address: '大梁村东头7号，电话13900001234' }, labels, names)).toEqual([
      { text: '大梁村', instead: null },
      { text: '东头', instead: '某某' },
      { text: '7号，电话', instead: null },
      { text: '13900001234', instead: '（号码不公示）' },
    ])
  })
})

test.each([
  ['王五', '王五：341821197903085479', '某某：（号码不公示）'],
  ['李四', '李四 13900001234家东', '某某 （号码不公示）家东'],
  ['赵六', '赵六0563-7012345', '某某（号码不公示）'],
  ['张一', '张一一三九零零零零一二三四', '某某（号码不公示）'],
])('a name that ends in a digit leaves nothing of the number behind it: %s', (name, address, hangs) => {
  const field = packItems()
    .find(({ id }) => id === 'LX-025')
    ?.fields.find(({ kind }) => kind === 'location')
  if (!field) throw new Error('LX-025 asks for no place')
  expect(hanging(publicParts(field, { address }, labels, { names: [name], places: [] }))).toBe(hangs)
})

test('a place in whose name a person’s stands is told, and the person beside it is not', () => {
  const item = packItems().find(({ id }) => id === 'LX-025')
  const field = item?.fields.find(({ kind }) => kind === 'location')
  if (!item || !field) throw new Error('LX-025 asks for no place')
  const named = namesIn(item, { applicantName: '万全', answers: {}, places: ['万全村', '大梁村'] })
  expect(named).toEqual({ names: ['万全'], places: ['万全村'] })
  const told = (address: string) => hanging(publicParts(field, { address }, labels, named))
  expect(told('万全村老街东头')).toBe('万全村老街东头')
  expect(told('万全村万全家东，大梁村万 全家西')).toBe('万全村某某家东，大梁村某某家西')
  expect([namesAnyone('万全村老街东头', named), namesAnyone('万全村万全家东', named)]).toEqual([false, true])
})

describe('what somebody typed as they liked', () => {
  const ofKind = (kind: string) =>
    packItems()
      .flatMap(({ fields }) => fields)
      .find((field) => field.kind === kind)
  test.each([
    ['location', { address: '电话13912345678' }, '电话139****5678'],
    ['location', { address: '电话13912345678', lat: 31, lng: 119 }, '电话139****5678（图上已标）'],
    ['region', { province: '34', city: '电话13912345678' }, '34 电话139****5678'],
    ['policyPicker', { other: '电话13912345678' }, '电话139****5678'],
  ] as const)('is masked in every kind of answer: %s', (kind, answer, masked) => {
    const field = ofKind(kind)
    if (!field) throw new Error(`the pack asks for no ${kind}`)
    expect(describeAnswer(field, answer, labels)).toBe(masked)
    expect(describeAnswer(field, answer, labels, { unmasked: true })).toContain('13912345678')
  })
})
