import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import { type County, caseOf, newcomer, openCounty, type Person } from './county'

// Whoever becomes the owner after somebody filed for them.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const DALIANG = '341821105200'
const BIRTH = '1944-03-05'
const PAPERS = ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）']
const ENTERED = '高龄津贴有人帮你申请了'

async function allowance(
  person: Person,
  { name, idNumber }: { readonly name: string; readonly idNumber: string },
  more: Record<string, unknown> = {},
) {
  const materials = await Promise.all(
    PAPERS.map(async (each) => ({ name: each, files: [await person.upload()] })),
  )
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-005',
      answers: {
        name,
        idNo: idNumber,
        mobile: '15400000003',
        villageCode: DALIANG,
        birth: BIRTH,
        bankCard: '6299000043030583308',
      },
      materials,
      ...more,
    },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return filed.body
}

const born = async (name: string, level: 0 | 2 | 3) => ({
  ...(await newcomer(county, { name, birth: BIRTH, villageCode: DALIANG, level })),
  name,
})

const inboxOf = async (person: Person) => (await person.send<Inbox>('GET', '/api/inbox')).body.items

const entered = async (person: Person) =>
  (await inboxOf(person)).filter(({ title }) => title === ENTERED).map(({ lines }) => lines.join())

async function confirm(person: Person, personId: string, key?: string) {
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  const sending = { body: { code: body.code }, ...(key ? { key } : {}) }
  const answer = await person.send('POST', '/api/account/identity-confirmation', sending)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}

test('who is confirmed later hears at once of each case that others entered, and of each once', async () => {
  const mother = await born('秦月娥', 0)
  const { person: son } = await born('秦有才', 3)
  const first = await allowance(son, mother, { agent: true })
  const typed = await allowance(await county.as('zhao-min'), mother, { channel: 'window', assisted: true })
  const gone = await allowance(son, mother, { agent: true })
  const { version } = await caseOf(son, gone.id)
  await son.send('POST', `/api/cases/${gone.id}/withdrawal`, { body: { version } })

  const { person } = mother
  const own = await person.send('POST', '/api/account/identity', {
    body: { name: mother.name, idNumber: mother.idNumber },
  })
  expect(own.status, JSON.stringify(own.body)).toBe(200)
  // A number that is only typed opens nothing.
  expect(await entered(person)).toEqual([])
  await allowance(person, mother)
  await confirm(person, mother.personId)
  const told = await entered(person)
  expect(told).toHaveLength(2)
  expect(told.join()).toContain(first.caseNumber)
  expect(told.join()).toContain(typed.caseNumber)
  const mine = await person.send<CaseList>('GET', '/api/cases')
  expect(mine.body.items.map(({ id }) => id)).toEqual(expect.arrayContaining([first.id, typed.id]))
  await confirm(person, mother.personId)
  expect(await entered(person)).toHaveLength(2)
})

test('who joins a second account hears nothing twice', async () => {
  const father = await born('秦长寿', 3)
  const { person: son } = await born('秦有福', 3)
  await allowance(son, father, { agent: true })
  expect(await entered(father.person)).toHaveLength(1)
  const { body } = await county.door<{ id: string }>('POST', 'people', {
    name: father.name,
    birth: BIRTH,
    villageCode: DALIANG,
    sameAs: father.personId,
  })
  const second = await county.logIn(body.id)
  await second.send('POST', '/api/account/identity', {
    body: { name: father.name, idNumber: father.idNumber },
  })
  await confirm(second, body.id)
  expect(await entered(second)).toHaveLength(1)
})
