import { describe, expect, it } from 'vitest'
import { isTrackingNumber, trackingNumber } from './tracking-number'

describe('the number of a letter', () => {
  it('is checked by its last digit where the shape has one (UPU S10)', () => {
    expect(isTrackingNumber('ems', 'EE876543216CN')).toBe(true)
    expect(isTrackingNumber('registered', 'RR473124829CN')).toBe(true)
    expect(isTrackingNumber('ems', 'EE876543217CN')).toBe(false)
    expect(isTrackingNumber('ems', 'EE876543261CN')).toBe(false)
  })

  it('has the shape of its own carrier', () => {
    expect(isTrackingNumber('ems', '1023456789012')).toBe(true)
    expect(isTrackingNumber('registered', '1023456789012')).toBe(false)
    expect(isTrackingNumber('registered', 'XA20541234534')).toBe(true)
    for (const wrong of ['', '12345', 'SF1234567890123', '2023456789012'])
      expect([wrong, isTrackingNumber('ems', wrong)]).toEqual([wrong, false])
  })

  it('is kept without blanks', () => {
    expect(trackingNumber('ee 8765 4321-6cn')).toBe('EE876543216CN')
  })
})
