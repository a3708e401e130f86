import { expect, test } from 'vitest'
import { CASE_STATUSES } from '../case-status'
import { type Dealing, standsInTheWay } from './stands-in-the-way'

const MINE: Dealing = {
  status: 'examining',
  owner: true,
  files: true,
  isOther: false,
  ownerTookPart: false,
  disowned: false,
}
const FOR_MOTHER: Dealing = { ...MINE, owner: false }
const TYPED_BY_OTHERS: Dealing = { ...MINE, files: false }

test('one’s own case stands in the way until it is decided: nobody takes back what was granted', () => {
  const standing = CASE_STATUSES.filter((status) => standsInTheWay({ ...MINE, status }))
  expect(standing).toEqual(['submitted', 'correcting', 'accepted', 'examining', 'suspended'])
})

test('what was filed for somebody needs whoever filed it until its owner takes part', () => {
  expect(standsInTheWay(FOR_MOTHER)).toBe(true)
  expect(standsInTheWay({ ...FOR_MOTHER, ownerTookPart: true })).toBe(false)
  expect(standsInTheWay({ ...FOR_MOTHER, isOther: true })).toBe(false)
  // To say that it is not theirs is to take part, and leaves it to whoever filed it alone.
  expect(standsInTheWay({ ...FOR_MOTHER, ownerTookPart: true, disowned: true })).toBe(true)
})

test('what others typed keeps nobody here, unless they took part in it', () => {
  expect(standsInTheWay(TYPED_BY_OTHERS)).toBe(false)
  expect(standsInTheWay({ ...TYPED_BY_OTHERS, ownerTookPart: true })).toBe(true)
})

test('whose power has ended can do nothing for the firm’s case, and is not kept by it', () => {
  expect(standsInTheWay({ ...MINE, owner: false, files: false })).toBe(false)
})
