import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { APPLICANT, act, attempt, file, type Journey, later } from '../journeys/case-fixture'
import { driveToEnd } from '../journeys/sensible-acts'
import {
  disownedTold,
  disownedWays,
  disownedWaysOf,
  disownedWords,
  endedAsDisowned,
  isDecidedForNobody,
  saidDisowned,
} from './disowned'

const itemOf = (id: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const unconfirmed = (id: string, more: Parameters<typeof file>[2] = {}) =>
  file(itemOf(id), '2026-03-02', { identityConfirmed: false, ...more })
const disown = (journey: Journey): Journey => {
  const tried = attempt(journey, { type: 'disown', staffIds: [] }, { ...APPLICANT, mayDisown: true })
  if (!tried.ok) throw new Error(tried.error.code)
  return tried.value
}

test('of a person and of a firm it is said otherwise, to staff and to residents; of before it was kept it was a person', () => {
  const person = disown(unconfirmed('LX-005')).state
  const firm = disown(unconfirmed('LX-038', { applicant: { kind: 'firm' } })).state
  expect([disownedWords(person), disownedWords(firm), disownedWords({ applicant: null })]).toEqual([
    '本人说不是自己申请的',
    '这家企业说不是自己申请的',
    '本人说不是自己申请的',
  ])
  // Whoever filed it would take 本人 for themselves.
  expect(disownedTold(person)).not.toContain('本人')
  expect(saidDisowned(firm, '县交通局').title).toContain('这家企业')
  expect(saidDisowned(person, '梅渚镇').line).toContain('有事问梅渚镇')
})

describe('how whoever filed it goes on', () => {
  test('with the number put right; while it is open it can be taken back too', () => {
    const { item, state } = disown(unconfirmed('LX-005'))
    const open = disownedWaysOf(item, state, '梅渚镇')
    expect(open).toBe('写的证件号是别人的。号写错了的，按对的再申请；不办了可以撤回')
    const ended = act({ item, state, events: [], now: state.filedAt }, 'terminate').state
    expect(disownedWaysOf(item, ended, '梅渚镇')).toBe('写的证件号是别人的。号写错了的，按对的再申请')
  })

  test('decided for nobody, it cannot be taken back any more', () => {
    const decided = driveToEnd(file(itemOf('LX-005'), '2026-03-02'), 'granted').find(
      ({ state }) => state.decision !== null,
    )
    expect(decided && disownedWaysOf(decided.item, decided.state, '梅渚镇')).not.toContain('撤回')
  })

  test('a form without a number is confirmed in WeChat or at the window, as long as it is open', () => {
    const form = { ...itemOf('LX-005'), fields: [] }
    const way = (isOpen: boolean) => disownedWays(form, { applicant: null, isOpen }, '梅渚镇')
    expect(way(true)).toContain('到梅渚镇窗口')
    expect(way(true)).toContain('；不办了可以撤回')
    expect(way(false)).not.toContain('梅渚镇')
    expect(way(false)).not.toContain('撤回')
    expect(endedAsDisowned(form, { applicant: null })).toContain('在微信里核一次身份')
    expect(endedAsDisowned(itemOf('LX-005'), { applicant: null })).toContain('按对的再申请')
  })
})

test('a decision is addressed to whoever filed it where nobody applied any more when it was made', () => {
  const open = unconfirmed('LX-031')
  const disowned = disown(later(open, 1))
  expect(isDecidedForNobody(disowned.state)).toBe(false)
  const refused = act(later(act(disowned, 'accept'), 1), 'refuse')
  expect(isDecidedForNobody(refused.state)).toBe(true)
  // It was somebody's when it was made.
  const before = disown(later(act(later(act(open, 'accept'), 1), 'refuse'), 1))
  expect(isDecidedForNobody(before.state)).toBe(false)
  expect(isDecidedForNobody({ ...refused.state, disownments: [] })).toBe(false)
})
