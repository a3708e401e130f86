import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALLOWANCE, allowanceOf } from './allowance'
import { type County, newcomer, openCounty } from './county'

// Whoever moves the clock on finds the county as time would have left it: what was due by then rang before.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-11-24T09:27:00.000Z' })
})
afterAll(() => county.close())

/** Its agent is there while the offices are open. */
const VILLAGE = '341821105203'

const ringsOf = async (person: string) =>
  (
    await county.door<{ deliveries: { api: string; at: string }[] }>('GET', `deliveries?person=${person}`)
  ).body.deliveries.filter(({ api }) => api === 'relation')

test('what is due as the clock is moved rings before, not when it has come to stand', async () => {
  const { person, idNumber } = await newcomer(county, {
    name: '凌月娥',
    birth: ALLOWANCE.born,
    villageCode: VILLAGE,
    level: 3,
  })
  const body = await allowanceOf(person, { name: '凌月娥', idNumber }, { answers: { villageCode: VILLAGE } })
  expect((await person.send('POST', '/api/cases', { body })).status).toBe(201)
  const { status } = await county.door('POST', 'clock', { set: '2026-11-24T17:45:00+08:00' })
  expect(status).toBe(200)
  expect((await ringsOf('zhao-xiaoyan')).map(({ at }) => at.slice(0, 16))).toEqual(['2026-11-24T17:27'])
})
