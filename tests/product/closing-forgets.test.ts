import { expect, test } from 'vitest'
import type { Queue } from '#shared/contract/work'
import { fileAllowance } from './allowance'
import { act, caseOf } from './county'
import { openLeavers } from './leavers'

// Whose cases are not found by name any more once somebody has left, and whose still are.
const { county, born, closingOf, close, verb } = await openLeavers()

const found = async (staff: string, q: string) => {
  const sent = await (await county.as(staff)).send<Queue>('POST', '/api/work/cases/search', { body: { q } })
  expect(sent.status).toBe(200)
  return sent.body.items.map(({ caseId }) => caseId)
}
const done = async (staff: string, id: string, ...steps: readonly Parameters<typeof act>[2][]) => {
  for (const step of steps) {
    const { status, body } = await act(
      await county.as(staff),
      id,
      step,
      step === 'refuse' ? { reason: '户口不在本县' } : {},
    )
    expect(status, JSON.stringify(body)).toBe(200)
  }
}

test('whoever only typed a person’s name and number takes none of the person’s cases along', async () => {
  const owner = await born('蒯桂香')
  const { id } = await fileAllowance(owner.person, '蒯桂香', owner.idNumber)
  await verb(owner.person, id, 'withdrawal')
  const stranger = await born('蒯生人', 1, '1980-03-05')
  const typed = { name: '蒯桂香', idNumber: owner.idNumber }
  expect((await stranger.person.send('POST', '/api/account/identity', { body: typed })).status).toBe(200)
  expect(await found('zhao-min', '蒯桂香')).toEqual([id])
  expect((await close(stranger.person)).status).toBe(200)
  expect(await found('zhao-min', '蒯桂香')).toEqual([id])
})

test('what somebody never confirmed filed for themselves goes from the search, what they filed for another does not', async () => {
  const son = await born('蒯未核', 2, '1940-03-05')
  const mother = await born('蒯老妈', 0)
  const own = await fileAllowance(son.person, '蒯未核', son.idNumber)
  const hers = await fileAllowance(son.person, '蒯老妈', mother.idNumber)
  for (const { id } of [own, hers]) await verb(son.person, id, 'withdrawal')
  expect(await found('zhao-min', '蒯未核')).toEqual([own.id])
  expect((await close(son.person)).status).toBe(200)
  expect(await found('zhao-min', '蒯未核')).toEqual([])
  expect(await found('zhao-min', '蒯老妈')).toEqual([hers.id])
})

test('what is decided and goes on is told before, keeps nobody here, and is found by number alone from then on', async () => {
  const { person, idNumber } = await born('蒯未结')
  const { id, caseNumber } = await fileAllowance(person, '蒯未结', idNumber)
  await done('wang-lixin', id, 'verify')
  await done('zhao-min', id, 'accept')
  await done('sun-zhiyuan', id, 'grant')
  expect(await closingOf(person)).toMatchObject({
    openCases: [],
    holdings: { endedCases: 0, casesGoingOn: 1 },
  })
  expect(await found('zhao-min', '蒯未结')).toEqual([id])
  expect((await close(person)).status).toBe(200)
  expect(await found('zhao-min', '蒯未结')).toEqual([])
  await done('zhao-min', id, 'conclude')
  expect(await found('zhao-min', '蒯未结')).toEqual([])
  expect(await found('zhao-min', caseNumber)).toEqual([id])
})

test('an open case that another filed for whoever leaves is told before, and forgotten with the rest', async () => {
  const owner = await born('蒯被代')
  const helper = await born('蒯代办', 3, '1980-03-05')
  const { id } = await fileAllowance(helper.person, '蒯被代', owner.idNumber)
  expect((await closingOf(owner.person)).holdings).toMatchObject({ endedCases: 0, casesGoingOn: 1 })
  expect((await close(owner.person)).status).toBe(200)
  expect(await found('wang-lixin', '蒯被代')).toEqual([])
  expect((await caseOf(helper.person, id)).id).toBe(id)
})
