import { expect, test } from 'vitest'
import { deliveryChoicesFor } from './delivery-choices'
import { lacksAddress, wishOf } from './wish'

const deliveryChoices = [
  { method: 'electronic', label: '手机上收' },
  { method: 'post', label: '寄到家' },
  { method: 'pickup', label: '窗口或村里拿' },
] as const
const form = { deliveryChoices: [...deliveryChoices] }
const methods = (kind: 'self' | 'other' | 'entry') =>
  deliveryChoicesFor(form, { kind }).map(({ method }) => method)

test('on the phone one is served by one’s own word alone, and at a counter nothing is asked yet', () => {
  expect(methods('self')).toEqual(['electronic', 'post', 'pickup'])
  expect(methods('other')).toEqual(['post', 'pickup'])
  expect(methods('entry')).toEqual([])
  // An older server tells of none.
  expect(deliveryChoicesFor({}, { kind: 'self' })).toEqual([])
})

test('a letter goes to a whole address, and nothing else has one', () => {
  expect(lacksAddress({ method: 'post', address: ' 梅渚镇 ' })).toBe(true)
  expect(lacksAddress({ method: 'pickup', address: '' })).toBe(false)
  expect(wishOf({ method: 'post', address: ' 梅渚镇大梁村 12 号 ' })).toEqual({
    method: 'post',
    address: '梅渚镇大梁村 12 号',
  })
  expect(wishOf({ method: 'pickup', address: '梅渚镇大梁村 12 号' })).toEqual({ method: 'pickup' })
  expect(wishOf({ method: undefined, address: '' })).toBeUndefined()
})
