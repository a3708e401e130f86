import { expect, test } from 'vitest'
import { entryPlacesOf, filingOf, isAgent, isRelative, SELF, type Who } from './who'

const OTHER: Who = { kind: 'other', draftKey: 'other:LX-005:1' }
const role = (role: string, unitName: string) => ({ role, roleName: '', unitId: '', unitName })
const place = { channel: 'window', staffId: 'zhao-min', unitName: '梅渚镇' } as const
const entry = (applicantIs: Extract<Who, { kind: 'entry' }>['applicantIs']): Who => ({
  kind: 'entry',
  place,
  came: 'person',
  agreed: { how: 'spoken', visitReason: '没有智能手机' },
  applicantIs,
})
const AGREED = { consent: { how: 'spoken' }, visitReason: '没有智能手机' }

test('who files on their own phone says nothing of a place', () => {
  expect(filingOf(SELF)).toEqual({ agent: false })
  expect(filingOf(OTHER)).toEqual({ agent: true })
})

test.each([
  ['spouse', 'spouse'],
  ['parent', 'child'],
  ['child', 'parent'],
  ['sibling', 'sibling'],
  ['other', 'other'],
] as const)('the applicant is my %s, so I am their %s', (applicantIs, kind) => {
  const who = entry(applicantIs)
  expect(filingOf(who)).toEqual({
    ...AGREED,
    relation: [{ staffId: 'zhao-min', kind }],
  })
  expect(isRelative(who)).toBe(true)
})

test('who is no relative is named nowhere', () => {
  expect(filingOf(entry('none'))).toEqual(AGREED)
  expect([SELF, OTHER, entry('none')].some(isRelative)).toBe(false)
})

test('who came with a power agrees too, and it goes in as typed for an agent', () => {
  const who = { ...entry('none'), came: 'agent' } as Who
  expect(filingOf(who)).toEqual({ agent: true, ...AGREED })
  expect([SELF, OTHER, entry('none'), who].map(isAgent)).toEqual([false, true, false, true])
})

test('the way in follows the role; who only examines or decides types for nobody', () => {
  expect(entryPlacesOf({ staffId: 'a', roles: [role('reviewer', '梅渚镇')] })).toEqual([])
  expect(entryPlacesOf({ staffId: null, roles: [] })).toEqual([])
  expect(
    entryPlacesOf({ staffId: 'a', roles: [role('town-window', '梅渚镇'), role('village-agent', '大梁村')] }),
  ).toEqual([{ channel: 'window', staffId: 'a', unitName: '梅渚镇' }])
  expect(entryPlacesOf({ staffId: 'a', roles: [role('village-agent', '大梁村')] })).toEqual([
    { channel: 'village', staffId: 'a', unitName: '大梁村' },
  ])
})

test('where the form asks for no number staff say who applies, and it is sent beside the answers', () => {
  const who = { ...entry('none'), applicant: { name: '邬窗口', idNumber: '341821197503050023' } } as Who
  expect(filingOf(who)).toMatchObject({ applicant: { name: '邬窗口', idNumber: '341821197503050023' } })
})
