import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AccountClosing } from '#shared/contract/account-closing'
import type { Problem } from '#shared/contract/problems'
import { createEndRecords } from '../../functions/features/account'
import { fileAllowance } from './allowance'
import type { Person } from './county'
import { openLeavers } from './leavers'

// What whoever leaves and registers anew has not shed: what was counted today, and what an owner has said of a number.
const { county, rows, born, closed, typed, confirm, verb, secondOf } = await openLeavers()

const NUMBERS_A_DAY = 10

const left = () => rows<{ wechat_index: string; case_id: string }>(sql`select * from left_filings`)

/** So many valid numbers that nobody has. */
const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const body = `341821${1930 + index}0101001`
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (weights[at] ?? 0), 0)
    return `${body}${'10X98765432'[sum % 11]}`
  })

/** An application for somebody is begun, and what refuses it. */
const filing = async (person: Person, name: string, idNumber: string) => {
  try {
    return (await fileAllowance(person, name, idNumber)).id
  } catch (cause) {
    return String(cause)
  }
}

test('numbers that were changed today stay counted', async () => {
  const { person, personId } = await born('蒯换号', 1)
  const all = numbers(NUMBERS_A_DAY + 2)
  for (const number of all.slice(0, NUMBERS_A_DAY + 1))
    expect((await typed(person, '蒯换号', number)).status).toBe(200)
  const last = all.at(-1) ?? ''
  expect((await typed(person, '蒯换号', last)).status).toBe(429)
  await closed(person)
  expect((await typed(await county.logIn(personId), '蒯换号', last)).status).toBe(429)
})

test('what was agreed to today stays counted', async () => {
  const { person, personId } = await born('蒯反复', 1)
  const version = await rows<{ version: string }>(sql`select each->>'version' as version from profiles,
    jsonb_array_elements(consents) each where each->>'purpose' = 'privacy' limit 1`)
  const consents = [{ purpose: 'sensitive', version: version[0]?.version }]
  const agree = (by: Person) => by.send<Problem>('POST', '/api/account/consents', { body: { consents } })
  while ((await agree(person)).status !== 429)
    await person.send('POST', '/api/account/consents/withdrawal', { body: { purpose: 'sensitive' } })
  await closed(person)
  expect((await agree(await county.logIn(personId))).status).toBe(429)
})

test('applications of whoever is not confirmed stay counted for the day, and no longer', async () => {
  const { person, personId } = await born('蒯十件', 2, '1980-03-05')
  const all = numbers(12)
  for (const number of all.slice(0, 10))
    await verb(person, await filing(person, '蒯别人', number), 'withdrawal')
  expect(await filing(person, '蒯别人', all[10] ?? '')).toContain('request.rate-limited')
  await closed(person)
  expect(await left()).toHaveLength(10)
  const again = await county.logIn(personId)
  await typed(again, '蒯十件', all[11] ?? '')
  expect(await filing(again, '蒯别人', all[10] ?? '')).toContain('request.rate-limited')

  const { database, clock } = county.services
  await createEndRecords({ database, clock })()
  expect(await left()).toHaveLength(10)
  const tomorrow = new Date(Date.parse(clock.now()) + 86_400_000).toISOString() as ReturnType<
    typeof clock.now
  >
  // Whoever has one of the numbers may say tomorrow that it is not theirs; of the one who is known to apply nobody may.
  await rows(sql`update cases set state = jsonb_set(jsonb_set(state, '{identityConfirmed}', 'true'), '{confirmedBy}', '"face-to-face"')
    where id = (select case_id from left_filings order by case_id limit 1)`)
  await createEndRecords({ database, clock: { now: () => tomorrow } })()
  expect(await left()).toHaveLength(9)
})

test('the confirmed too are known by what its owner disowns only after they have left', async () => {
  const owner = await born('蒯晚说')
  const faker = await born('蒯先走', 3, '1980-03-05')
  const id = await filing(faker.person, '蒯晚说', owner.idNumber)
  await verb(faker.person, id, 'withdrawal')
  const told = await faker.person.send<AccountClosing>('GET', '/api/account/closing')
  expect(told.body.holdings).toMatchObject({ disowned: 0, disownable: 1, unconfirmed: false })
  await closed(faker.person)
  await verb(owner.person, id, 'disownment')
  const again = await county.logIn(faker.personId)
  await typed(again, '蒯先走', faker.idNumber)
  expect(await filing(again, '蒯晚说', owner.idNumber)).toContain('application.disowned')
})

test('whose filing was disowned files under that number no more, nor by another WeChat of theirs, nor once more back', async () => {
  const owner = await born('蒯真身')
  const faker = await born('蒯假冒', 3, '1980-03-05')
  const second = await secondOf(faker.personId, '蒯假冒', '1980-03-05')
  const id = await filing(faker.person, '蒯真身', owner.idNumber)
  await verb(owner.person, id, 'disownment')
  expect(await filing(faker.person, '蒯真身', owner.idNumber)).toContain('application.disowned')
  await verb(faker.person, id, 'withdrawal')
  const told = await faker.person.send<AccountClosing>('GET', '/api/account/closing')
  expect(told.body.holdings.disowned).toBe(1)
  await closed(faker.person)

  const again = await county.logIn(faker.personId)
  await typed(again, '蒯假冒', faker.idNumber)
  expect(await filing(again, '蒯真身', owner.idNumber)).toContain('application.disowned')
  // Joined with another WeChat, they are known by either, and by that one alone once they have left with both.
  await confirm(again, { ...faker, name: '蒯假冒' })
  const joined = await county.logIn(second)
  await confirm(joined, { personId: second, name: '蒯假冒', idNumber: faker.idNumber })
  expect(await filing(joined, '蒯真身', owner.idNumber)).toContain('application.disowned')
  await closed(joined)
  const last = await county.logIn(second)
  await typed(last, '蒯假冒', faker.idNumber)
  expect(await filing(last, '蒯真身', owner.idNumber)).toContain('application.disowned')
  // Its owner does, as does anybody for others.
  expect((await fileAllowance(owner.person, '蒯真身', owner.idNumber)).id).toBeTruthy()

  const { database, clock } = county.services
  const later = new Date(Date.parse(clock.now()) + 400 * 86_400_000).toISOString() as ReturnType<
    typeof clock.now
  >
  await createEndRecords({ database, clock: { now: () => later } })()
  const kept = await left()
  expect(kept.map(({ case_id }) => case_id)).toContain(id)
  const openids = await rows<{ openid: string }>(sql`select openid from wechat_identities`)
  expect(openids.filter(({ openid }) => JSON.stringify(kept).includes(openid))).toEqual([])
})
