import { expect } from 'vitest'
import { type County, caseOf } from './county'

/** The window writes down that whom it was decided for has died today, or that this was an error. */
export async function death(county: County, id: string, action: 'record' | 'withdraw') {
  const clerk = await county.as('zhao-min')
  const { version } = await caseOf(clerk, id)
  const diedOn = (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
  const more = action === 'record' ? { diedOn, proof: '死亡医学证明书' } : { reason: '同名的另一个人' }
  const { status, body } = await clerk.send('POST', `/api/cases/${id}/death`, {
    body: { version, action, ...more },
  })
  expect(status, JSON.stringify(body)).toBe(200)
}
