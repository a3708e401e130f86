import { describe, expect, test } from 'vitest'
import type { FiledBefore } from '#shared/contract/service-item'
import { filedAllTold, filedIn, filedInShort, leadingOf, takesAnother } from './filed-words'

const filed = (whose: FiledBefore['whose'], more: Partial<FiledBefore> = {}): FiledBefore => ({
  caseId: 'a',
  whose,
  forFirm: whose === 'firm',
  bars: false,
  applicantMasked: '陆*妈',
  toldApart: null,
  filedOn: '2026-11-24',
  word: '等着受理',
  isOver: false,
  ...more,
})
const own = filed('own', { caseId: 'b' })
/** Of one alone. */
function toldOf(each: FiledBefore, ...how: [Parameters<typeof filedAllTold>[1], string]) {
  const [told] = filedAllTold([each], ...how)
  if (!told) throw new Error('untold')
  return told
}
const wordsOf = (each: FiledBefore, toldApartBy: string[] | null, beside: readonly FiledBefore[] = []) =>
  toldOf(each, { filed: [each, ...beside], toldApartBy }, '点“再办一件”').words

test('the bar leads to one’s own matter, else to what was filed for somebody this very day', () => {
  const lead = (all: readonly FiledBefore[]) => leadingOf({ filed: all }, '2026-11-24')?.whose
  const before = filed('other', { filedOn: '2026-11-23' })
  expect(lead([filed('other')])).toBe('other')
  expect(lead([before])).toBeUndefined()
  expect(lead([filed('other', { isOver: true })])).toBeUndefined()
  expect(lead([filed('helped'), filed('other')])).toBe('helped')
  expect(lead([filed('other'), filed('helped'), filed('firm')])).toBe('firm')
  expect(lead([])).toBeUndefined()
})

describe('what was filed is told as the server takes it', () => {
  test('another period of a helped person may be filed', () => {
    expect(wordsOf(filed('other'), ['申领期间'])).toContain('换一个申领期间，点“再办一件”')
    expect(wordsOf(filed('other'), null)).toContain('不用再交一次')
    expect(wordsOf(filed('firm'), [])).toContain('同样的不用再交；另办一件，点“再办一件”')
  })

  test('what a stranger filed for a firm may be taken over', () => {
    const told = toldOf(filed('helped', { forFirm: true }), { filed: [], toldApartBy: [] }, '接着填')
    expect(told.title).toBe('有人替陆*妈交过一件')
    expect(told.words).toContain('接过来就行')
  })

  test('who is not confirmed is not barred', () => {
    const [open, barred] = [filed('own'), filed('own', { bars: true })]
    expect(takesAnother({ filed: [open], toldApartBy: null })).toBe(true)
    expect(takesAnother({ filed: [barred], toldApartBy: null })).toBe(false)
    expect(takesAnother({ filed: [filed('other', { bars: true })], toldApartBy: null })).toBe(true)
    expect(takesAnother({ filed: [barred], toldApartBy: ['申领期间'] })).toBe(true)
    expect(wordsOf(open, null)).toContain('真要再办')
    expect(wordsOf(barred, null)).toContain('自己的不用再交一次')
  })

  test('beside one of one’s own nobody is told to take over a second', () => {
    expect(wordsOf(filed('helped'), null)).toContain('接过来就行')
    expect(wordsOf(filed('helped'), null, [own])).toContain('留一件就够')
    // Not withdrawn by whoever has not filed it: each is offered for what it is.
    expect(wordsOf(filed('helped'), null, [own])).toContain('打开由你接着办')
    expect(wordsOf(filed('helped'), null, [own])).not.toContain('撤回')
    expect(toldOf(filed('helped'), { filed: [own], toldApartBy: null }, '').see).toBe('看一看，接过来')
    expect(toldOf(own, { filed: [own], toldApartBy: null }, '').see).toBe('看办到哪')
    const firms = filed('firm', { caseId: 'b', bars: true })
    const strangers = filed('helped', { forFirm: true })
    expect(wordsOf(strangers, [], [firms])).toContain('你们自己也交过，留一件就够')
    expect(wordsOf(strangers, [], [{ ...firms, bars: false }])).toContain('接过来就行')
    expect(wordsOf({ ...strangers, toldApart: '申领期间 上半年' }, [], [firms])).toContain('接过来就行')
  })

  test('of two of one’s own one is enough', () => {
    const told = { filed: [own, filed('own', { bars: true })], toldApartBy: null }
    expect(told.filed.map((each) => toldOf(each, told, '').title)).toEqual([
      '这件事你已经在办了',
      '这件你还交过一件',
    ])
    expect(toldOf(filed('own', { bars: true }), told, '').words).toContain('留一件就够，多的打开撤回')
  })

  test('how another one differs is said once of several, below the last of them', () => {
    const others = ['a', 'b', 'c'].map((caseId, at) =>
      filed(at === 2 ? 'helped' : 'other', { caseId, filedOn: `2026-11-2${at}` }),
    )
    const words = filedAllTold(others, { filed: others, toldApartBy: ['申领期间'] }, '点“再办一件”').map(
      (each) => each.words,
    )
    expect(words.map((each) => each.match(/换一个申领期间/g)?.length ?? 0)).toEqual([0, 1, 1])
    expect(words[0]).toBe('11月20日交的，等着受理。')
    expect(words[2]).toContain('接过来就行')
  })

  test('a row says no more than the page of the same', () => {
    const short = (each: FiledBefore, toldApartBy: string[] | null, beside: readonly FiledBefore[] = []) =>
      filedInShort(each, { filed: [...beside, each], toldApartBy })
    expect(short(filed('own'), null)).not.toContain('不用再交一次')
    expect(short(filed('own', { bars: true }), null)).toContain('不用再交一次')
    expect(short(filed('other'), null)).toContain('不用再交一次')
    expect(short(filed('other'), ['申领期间'])).not.toContain('不用再交一次')
    expect(short(filed('helped'), null)).toContain('接过来就行')
    expect(short(filed('helped'), null, [own])).toContain('留一件就够')
  })

  test('a guide from before it was told has nothing', () => {
    expect(filedIn({})).toEqual({ filed: [], toldApartBy: null })
  })
})
