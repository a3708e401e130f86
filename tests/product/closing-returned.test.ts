import { expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { fileAllowance } from './allowance'
import { act, caseOf, type Person } from './county'
import { openLeavers, type Registered } from './leavers'

// Whoever closed their account and registers anew: what they had is theirs, what others filed for them is not.
const { county, born, closed, confirm, verb } = await openLeavers()

const comeBack = async (who: Registered) => {
  const person = await county.logIn(who.personId)
  await confirm(person, who)
  return person
}
const listed = async (person: Person) =>
  (await person.send<CaseList>('GET', '/api/cases')).body.items.map(({ id, filedByOther }) => ({
    id,
    filedByOther,
  }))
const told = async (person: Person, id: string) => {
  const { filedByOther, helpedBy, mayTakeOver, mayDisown, timeline } = await caseOf(person, id)
  return {
    filedByOther,
    helpedBy,
    mayTakeOver,
    mayDisown,
    done: timeline.map(({ type, title, who }) => [type, title, who]),
  }
}
const OWN = { filedByOther: false, helpedBy: null, mayTakeOver: false, mayDisown: false }

test('what somebody filed for themselves is their own when they come back, in list, case and at the desk', async () => {
  const name = '蒯又来'
  const registered = await born(name)
  const { id } = await fileAllowance(registered.person, name, registered.idNumber)
  const clerk = await county.as('zhao-min')
  expect((await act(clerk, id, 'decline', { reason: '材料不在受理范围' })).status).toBe(200)
  const before = await told(registered.person, id)
  expect(before).toMatchObject(OWN)
  await closed(registered.person)
  const again = await comeBack({ ...registered, name })
  expect(await listed(again)).toEqual([{ id, filedByOther: false }])
  expect(await told(again, id)).toEqual(before)
  expect((await caseOf(clerk, id)).filedByOther).toBe(false)
  expect(JSON.stringify(await told(clerk, id))).not.toContain('帮办的人')

  await closed(again)
  const third = await comeBack({ ...registered, name })
  expect(await told(third, id)).toEqual(before)
})

test('confirmed only after it was over, it was their own all the same', async () => {
  const name = '蒯后核'
  const registered = await born(name, 2)
  const { id } = await fileAllowance(registered.person, name, registered.idNumber)
  await verb(registered.person, id, 'withdrawal')
  await confirm(registered.person, { ...registered, name })
  const before = await told(registered.person, id)
  await closed(registered.person)
  const again = await comeBack({ ...registered, name })
  expect(await listed(again)).toEqual([{ id, filedByOther: false }])
  expect(await told(again, id)).toEqual(before)
})

test('what they had taken over is theirs again, filed by whoever filed it', async () => {
  const name = '蒯接过'
  const registered = await born(name)
  const son = await born('蒯好儿', 3, '1980-03-05')
  const { id } = await fileAllowance(son.person, name, registered.idNumber)
  await verb(registered.person, id, 'takeover')
  await verb(registered.person, id, 'withdrawal')
  const before = await told(registered.person, id)
  await closed(registered.person)
  const again = await comeBack({ ...registered, name })
  expect(await told(again, id)).toEqual(before)
  expect((await again.send<CaseList>('GET', '/api/cases')).body.items).toHaveLength(1)
})

test('what a stranger filed whose account is closed stays another’s, by a typed number too', async () => {
  const name = '蒯被冒'
  const registered = await born(name, 0)
  const stranger = await born('蒯外人', 2, '1980-03-05')
  const { id } = await fileAllowance(stranger.person, name, registered.idNumber)
  await verb(stranger.person, id, 'withdrawal')
  await closed(stranger.person)
  const typist = await born('蒯打字', 1, '1980-03-05')
  await typist.person.send('POST', '/api/account/identity', { body: { name, idNumber: registered.idNumber } })
  const typed = await fileAllowance(typist.person, name, registered.idNumber)
  await verb(typist.person, typed.id, 'withdrawal')
  await closed(typist.person)
  const owner = await comeBack({ ...registered, name })
  expect(await listed(owner)).toEqual([
    { id: typed.id, filedByOther: true },
    { id, filedByOther: true },
  ])
  expect(await told(owner, id)).toMatchObject({ filedByOther: true, helpedBy: { isReader: false } })
})
