import { expect, it } from 'vitest'
import { type Measured, openMeasured, ROUND_TRIPS } from './measured-product'

it('asks the database as seldom as it may', async () => {
  const measured = await openMeasured()
  try {
    const walked = await measured.walk()
    const names = Object.keys(ROUND_TRIPS) as Measured[]
    expect(names.map((name) => walked[name].status)).toEqual([201, 200, 200, 200, 201, 200])
    const counted = Object.fromEntries(names.map((name) => [name, walked[name].trips.length]))
    expect(counted).toEqual(ROUND_TRIPS)
  } finally {
    await measured.close()
  }
})
