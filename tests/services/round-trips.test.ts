import { expect, it } from 'vitest'
import { ask } from './databases'
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

it('reads for staff what staff need: at first in two trips, from then on in one', async () => {
  const measured = await openMeasured()
  try {
    const { caseId } = await measured.walk()
    const { token } = (await measured.logIn(measured.holderOf('window'))).body
    const [first, second] = [
      await measured.send(`/api/cases/${caseId}`, token),
      await measured.send<{ staff: object | null }>(`/api/cases/${caseId}`, token),
    ]
    expect([first.trips.length, second.trips.length]).toEqual([2, 1])
    expect(second.body.staff).not.toBeNull()
    expect(second.text).toBe(first.text)
  } finally {
    await measured.close()
  }
})

it('notes once an hour that somebody is there, in a trip of its own', async () => {
  const measured = await openMeasured()
  try {
    const { token } = (await measured.logIn('li-jianguo')).body
    await ask(measured.databaseUrl, `update sessions set last_seen_at = last_seen_at - interval '61 minutes'`)
    const trips = async (path: string) => (await measured.send(path, token)).trips.length
    expect([await trips('/api/cases'), await trips('/api/cases'), await trips('/api/home')]).toEqual([
      2, 1, 1,
    ])
  } finally {
    await measured.close()
  }
})
