import { expect, test, vi } from 'vitest'

vi.mock('@tarojs/taro', () => ({ default: {} }))
vi.mock('../../../platform', () => ({ platform: {} }))
vi.mock('../../../platform/clock', () => ({ today: () => '2026-11-09' }))
vi.mock('../../../platform/use-request', () => ({ useRequest: () => undefined }))
vi.mock('../../../platform/use-draft', () => ({ useDraft: () => undefined }))
vi.mock('../../../features/application/parts/drafts', () => ({ ownerOfDraft: () => undefined }))
vi.mock('../../../features/application/parts/photos', () => ({}))

import { carriedOn, isStale } from './visit-draft'
import { type VisitOfBefore, wholeVisit } from './visit-sheet'

const written = (signed: boolean): VisitOfBefore => ({
  stepKey: 'site',
  unitId: 'forestry',
  stepName: '现场核查',
  checklist: null,
  record: {
    digest: 'first',
    at: '2026-11-02T08:00:00.000Z',
    officers: [{ staffId: 'one', name: '示例一', signed }],
    findings: [],
    onSite: 'agreed',
    onSiteWords: null,
    note: null,
  },
})
const sheetOf = (visit: VisitOfBefore) => ({
  id: 'case',
  version: 3,
  plainName: '砍树',
  applicantMasked: '示**',
  visit: wholeVisit(visit),
  colleagues: [],
  mayRecord: true,
  maySign: false,
})
const draft = { officerIds: ['one'], points: {}, note: '看过了', onSiteWords: '', photos: {} }

test('a sheet that the version before kept is read whole: what is unsigned is mended, what was signed stands', () => {
  expect(wholeVisit(written(true))).toMatchObject({
    notBefore: '2026-11-09',
    round: '',
    mends: null,
    earlier: [],
    record: { visitedOn: '2026-11-02', whyAnew: null },
  })
  expect(wholeVisit(written(false)).mends).toBe('open')
  expect(wholeVisit({ ...written(true), mends: 'signed', round: 'r' })).toMatchObject({
    mends: 'signed',
    round: 'r',
  })
})

test('a draft of before it told its visit is an old one there, and goes on', () => {
  const sheet = sheetOf(written(true))
  expect(isStale(draft, sheet)).toBe(true)
  const on = carriedOn(draft, sheet)
  expect(isStale(on, sheet)).toBe(false)
  expect(on.note).toBe('看过了')
})

test('what was begun at another visit keeps what was seen, and not its day nor what the applicant said', () => {
  const of = (round: string) => sheetOf({ ...written(true), round, mends: null })
  const base = { round: 'first', record: null }
  const begun = { ...draft, base, visitedOn: '2026-11-02', onSite: 'agreed' as const, onSiteWords: '没有' }
  expect(carriedOn(begun, of('first'))).toMatchObject({ visitedOn: '2026-11-02', onSite: 'agreed' })
  const after = carriedOn(begun, of('second'))
  expect([after.visitedOn, after.onSite, after.onSiteWords, after.note]).toEqual([
    '2026-11-09',
    undefined,
    '',
    '看过了',
  ])
})
